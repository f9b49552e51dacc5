"""An article's sentences and their readings → a draft of a quiz set. Pure and deterministic.

The most certain and most varied sentences are taken, the kinds in turn as far as the article has
them. What the classifier doubts is marked; a text that is not English comes without keys.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.quiz.labels import Ask, Attribution, Kind
from bot.quiz.values import Key, Question, QuizSet, Reading, Source, Span
from bot.reader.doubt import EMPTY, NOT_A_SENTENCE, NOT_ENGLISH, TOO_LONG
from bot.reader.sentences import Sentence
from bot.sets import limits
from bot.sets.spans import mark_parts
from bot.teaching.drafts import Draft, Proposal
from bot.teaching.furniture import is_furniture
from bot.teaching.passages import fits, passage_of
from bot.texts import Texts

SIZE = 16
"""Questions of a draft: two rounds of eight, and what a person looks through in ten minutes."""

SENTENCES = 600
"""Sentences of an article that are read: thirty pages; each takes about ten milliseconds."""

FEWEST_WORDS = 6
"""Words below which a sentence is a heading, a caption or a fragment more often than not."""

ALIKE = 0.5
"""Share of common words (Jaccard) from which two sentences ask the same."""

APART = 2
"""Places that chosen sentences are apart, while the article has others."""

MOSTLY = 0.5
"""Share of sentences that are not English from which the text is not."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_CLOSED = re.compile(r"[.!?…][\"'”’)\]]*\Z")

EXPLAIN_TEXT = {
    Kind.SOURCED_FACT: "draft-explain-sourced_fact",
    Kind.UNSOURCED_CLAIM: "draft-explain-unsourced_claim",
    Kind.REPORTED_OPINION: "draft-explain-reported_opinion",
    Kind.OPINION: "draft-explain-opinion",
}

VAGUE_TEXT = {
    Kind.UNSOURCED_CLAIM: "draft-explain-vague_claim",
    Kind.OPINION: "draft-explain-vague_opinion",
}
"""What is explained instead where a source is hinted at."""

Explain = Callable[[Reading], str]
"""Gives the first explanation of what was read, which a person is to check and replace."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    sentence: Sentence
    reading: Reading
    words: frozenset[str]

    @property
    def weight(self) -> tuple[bool, float]:
        return self.reading.sure, self.reading.p_kind


def draft(
    slug: str,
    source: Source,
    sentences: Sequence[Sentence],
    readings: Sequence[Reading],
    explain: Explain,
    size: int = SIZE,
    language: str = "en",
) -> Draft:
    """Return a draft of at most `size` questions, in the order of the article.

    Empty when no sentence can be asked about.
    """
    candidates = [
        _Candidate(place, sentence, reading, _words(sentence.text))
        for place, (sentence, reading) in enumerate(zip(sentences, readings, strict=True))
        if _askable(sentence, reading)
    ]
    foreign = [one for one in candidates if one.reading.why_unsure == NOT_ENGLISH]
    english = len(foreign) <= MOSTLY * len(candidates)
    pool = [one for one in candidates if one not in foreign] if english else candidates
    chosen = _chosen(pool, size) if english else _spread(pool, size)
    taken = sorted(chosen, key=lambda one: one.place)
    questions = tuple(
        _question(one, sentences, source, explain if english else None) for one in taken
    )
    return Draft(
        QuizSet(slug, source.title, language, source, questions),
        open=tuple(question.id for question in questions),
        proposals={
            question.id: _proposal(one) for question, one in zip(questions, taken, strict=True)
        },
    )


def explainer(texts: Texts) -> Explain:
    """Return what gives a first explanation of what was read."""

    def explain(reading: Reading) -> str:
        if reading.attribution is Attribution.VAGUE:
            return texts.plain(VAGUE_TEXT[reading.kind])
        return texts.plain(EXPLAIN_TEXT[reading.kind])

    return explain


def foreign(made: Draft) -> bool:
    """Whether a draft is of a text that is not English, so that every key is left to a person."""
    return any(one.why == NOT_ENGLISH for one in made.proposals.values())


def slug_of(title: str, tail: str) -> str:
    """Return a slug for a title; `tail` keeps it apart from others of the same title."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    stem = "-".join(words)[: limits.SLUG - len(tail) - 1].strip("-")
    return f"{stem or 'article'}-{tail}"


def _askable(sentence: Sentence, reading: Reading) -> bool:
    """Whether a sentence is running text that fits: no heading, byline or fragment."""
    return (
        reading.why_unsure not in (EMPTY, NOT_A_SENTENCE, TOO_LONG)
        and fits(sentence.text)
        and len(sentence.text.split()) >= FEWEST_WORDS
        and _CLOSED.search(sentence.text) is not None
        and not is_furniture(sentence)
    )


def _chosen(pool: Sequence[_Candidate], size: int) -> list[_Candidate]:
    """Take the kinds in turn, of each the surest that is not like, or beside, one taken.

    First each kind up to an equal share, sure ones before others; then whatever there is.
    """
    share = -(-size // len(Kind))
    sure = [one for one in pool if one.reading.sure]
    chosen: list[_Candidate] = []
    for source, apart, most in (
        (sure, APART, share),
        (sure, 1, share),
        (pool, 1, share),
        (sure, APART, size),
        (sure, 1, size),
        (pool, 1, size),
    ):
        _fill(chosen, source, size, apart, most)
    return chosen


def _fill(
    chosen: list[_Candidate], pool: Sequence[_Candidate], size: int, apart: int, most: int
) -> None:
    """Add to what is chosen, the scarcest kind first, at most `most` of a kind."""
    by_kind = {
        kind: sorted(
            (one for one in pool if one.reading.kind is kind and one not in chosen),
            key=lambda one: one.weight,
            reverse=True,
        )
        for kind in Kind
    }
    while len(chosen) < size:
        taken = Counter(one.reading.kind for one in chosen)
        left = [kind for kind in Kind if by_kind[kind] and taken[kind] < most]
        if not left:
            return
        candidate = by_kind[min(left, key=lambda kind: taken[kind])].pop(0)
        if all(_differ(candidate, one, apart) for one in chosen):
            chosen.append(candidate)


def _spread(pool: Sequence[_Candidate], size: int) -> list[_Candidate]:
    """Take sentences from all over a text that cannot be read."""
    step = max(1, -(-len(pool) // size))
    return list(pool[::step])


def _differ(one: _Candidate, other: _Candidate, apart: int) -> bool:
    common = len(one.words & other.words) / (len(one.words | other.words) or 1)
    return abs(one.place - other.place) >= apart and common < ALIKE


def _question(
    one: _Candidate, sentences: Sequence[Sentence], source: Source, explain: Explain | None
) -> Question:
    reading = one.reading
    ask: tuple[Ask, ...] = (Ask.KIND,)
    if explain is not None and (reading.loaded_sure or reading.loaded):
        ask = (Ask.KIND, Ask.LOADED)
    return Question(
        id=f"s{one.place + 1:03}",
        passage=passage_of(sentences, one.place),
        ask=ask,
        source=source,
        key=Key(reading.kind, _loaded(one)) if explain is not None else None,
        explain=explain(reading) if explain is not None else "",
    )


def _proposal(one: _Candidate) -> Proposal:
    reading = one.reading
    return Proposal(reading.p_kind, reading.why_unsure, _loaded(one), reading.loaded_sure)


def _loaded(one: _Candidate) -> tuple[Span, ...]:
    """Return the loaded words as a file can name them: wherever they stand as whole words."""
    text = one.sentence.text
    likely = sorted(one.reading.loaded, key=lambda span: -span.p)
    parts = list(dict.fromkeys(text[span.start : span.end] for span in likely))
    return mark_parts(text, parts[: limits.LOADED])[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
