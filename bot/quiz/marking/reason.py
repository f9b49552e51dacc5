"""Marking a learner's own reason by the keyed cues and by a judgement of it.

Cues can recognise a good reason and cannot prove a bad one: a paraphrase they do not know is as
good as a quotation (codebook, "Reasons"). So they come first, and where none is named a sure
judgement decides:

    cues named   judgement       →  verdict      score   graded by
    yes          sure of off        UNSURE       1       the reader, for a person to settle
    yes          any other, none    RIGHT        1       the key
    no           sure of good       RIGHT        1       the reader
    no           sure of partly     PARTLY       1/2     the reader
    no           sure of off        WRONG        0       the reader
    no           unsure, none       UNSURE       1       the reader, for a person to settle

A borderline question turns PARTLY and WRONG into BORDERLINE, worth 1.
"""

from __future__ import annotations

import re

from bot.quiz.answers import words
from bot.quiz.labels import GradedBy, ReasonLabel, Verdict
from bot.quiz.marking.machine import with_judgement
from bot.quiz.values import Grade, Judgement, Question

NEGATORS = frozenset(
    {
        "no",
        "not",
        "nobody",
        "none",
        "never",
        "nothing",
        "without",
        "neither",
        "nor",
        "cannot",
        "isnt",
        "doesnt",
        "dont",
        "didnt",
        "wasnt",
        "arent",
        "no-one",
        "hardly",
    }
)
"""Words that turn a cue round, beside all in "n't"; cue and answer must agree on holding one."""

FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "in",
        "is",
        "it",
        "its",
        "just",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "s",
        "she",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)
"""English words that carry no cue of their own."""

QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")

COPIED_SHARE = 0.7
"""Share of the target's words from which an answer repeats the passage rather than reads it."""


_WORTH = {
    ReasonLabel.GOOD: (Verdict.RIGHT, 1.0),
    ReasonLabel.PARTLY: (Verdict.PARTLY, 0.5),
    ReasonLabel.OFF: (Verdict.WRONG, 0.0),
}


def mark_reason(question: Question, text: str, judgement: Judgement | None) -> Grade:
    """Grade a reason by the table above; without a sure judgement nothing is marked down."""
    cues = question.key.reason if question.key else ()
    matched = () if _repeats(question.passage.target, text) else matching(cues, text)
    sure = judgement.label if judgement and judgement.sure else None
    by = GradedBy.READER
    if matched and sure is not ReasonLabel.OFF:
        verdict, score, by = Verdict.RIGHT, 1.0, GradedBy.KEY
    elif matched or sure is None:
        verdict, score = Verdict.UNSURE, 1.0
    else:
        verdict, score = _WORTH[sure]
    if question.borderline and verdict in (Verdict.PARTLY, Verdict.WRONG):
        verdict, score = Verdict.BORDERLINE, 1.0
    grade = Grade(
        score=score,
        verdict=verdict,
        graded_by=by,
        expected="; ".join(cues),
        explanation=question.explain,
        matched=matched,
    )
    return with_judgement(grade, judgement)


def matching(cues: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the cues that a text plainly names.

    A cue is named by the words it quotes, in their order, or by all its content words; either way
    cue and text must agree on whether they hold a negation.
    """
    return tuple(cue for cue in cues if _quotes(cue, text) or _says(cue, text))


def _quotes(cue: str, text: str) -> bool:
    """Whether a text holds the words that a cue has in quotation marks."""
    said = f" {' '.join(_in_order(text))} "
    for quoted in QUOTED.findall(cue):
        run = f" {' '.join(_in_order(quoted))} "
        if run.strip() and run in said and not _negators(said.replace(run, " ")):
            return True
    return False


def _says(cue: str, text: str) -> bool:
    """Whether a text holds all content words of a cue, in any order and with other endings."""
    wanted, said = _words(cue), _words(text)
    content = wanted - FUNCTION_WORDS - _negators(cue)
    return (
        bool(content)
        and all(any(_same(word, other) for other in said) for word in content)
        and bool(_negators(cue)) == bool(_negators(text))
    )


def _negators(text: str) -> set[str]:
    return {word for word in _words(text) if word in NEGATORS or word.endswith("n't")}


def _in_order(text: str) -> list[str]:
    plain = text.lower().replace("’", "'")
    return [plain[a:b] for a, b in words(plain)]


def _words(text: str) -> set[str]:
    return set(_in_order(text))


def _same(cue_word: str, said_word: str) -> bool:
    """Whether two words differ by an ending at most ("predicts", "prediction")."""
    stem = min(len(cue_word), len(said_word), max(5, len(cue_word) - 3))
    return cue_word == said_word or (stem >= 5 and cue_word[:stem] == said_word[:stem])


def _repeats(target: str, text: str) -> bool:
    """Whether an answer is mostly the passage copied out."""
    of_target = _words(target) - FUNCTION_WORDS
    copied = of_target & _words(text)
    return len(of_target) > 4 and len(copied) >= COPIED_SHARE * len(of_target)
