"""Sentences and their readings → a draft: sure, varied, balanced, and marked where it is not."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.resources import load_texts
from bot.quiz.labels import Ask, Attribution, Kind
from bot.quiz.values import LoadedSpan, Reading, Source
from bot.reader.doubt import LOW_CONFIDENCE, NOT_A_SENTENCE, NOT_ENGLISH
from bot.reader.sentences import Sentence, split
from bot.sets import checked, limits
from bot.teaching.article import draft, explainer, foreign, slug_of
from bot.teaching.drafts import Draft
from bot.teaching.passages import fits
from tests.chat.dialogs import reading

SOURCE = Source("A title", "not stated", "not stated", "not stated")
EXPLAIN = explainer(load_texts())
FACT = reading(opinion=0.02, named=0.98)
CLAIM = reading(opinion=0.02, named=0.02)
REPORTED = reading(opinion=0.98, named=0.98)
OPINION = reading(opinion=0.98, named=0.02)
UNSURE = replace(reading(opinion=0.6), sure=False, why_unsure=LOW_CONFIDENCE)
WORDS = ("bridge", "river", "council", "harvest", "engine", "winter", "letter", "garden")


def sentence(number: int) -> Sentence:
    """Return a sentence that is like no other, in a paragraph of its own."""
    rng = random.Random(number)
    words = [f"{rng.choice(WORDS)}{rng.choice(WORDS)}" for _ in range(8)]
    text = f"The {' '.join(words)} came."
    return Sentence(text, 0, len(text), text)


def drafted(readings: list[Reading], size: int = 8) -> Draft:
    """Return the draft of as many sentences as there are readings."""
    sentences = [sentence(number) for number in range(len(readings))]
    return draft("a-set", SOURCE, sentences, readings, EXPLAIN, size)


def kinds(made: Draft) -> list[Kind]:
    """Return the kinds of a draft's keys, sorted."""
    return sorted(question.key.kind for question in made.quiz_set.questions if question.key)


def test_the_kinds_are_balanced_as_far_as_they_go() -> None:
    """Of many opinions and few facts a draft takes all facts, and opinions for the rest."""
    made = drafted([OPINION] * 40 + [CLAIM] * 10 + [FACT] + [REPORTED] * 2, 8)
    assert len(made.quiz_set.questions) == 8
    counts = {kind: kinds(made).count(kind) for kind in Kind}
    assert counts[Kind.SOURCED_FACT] == 1
    assert counts[Kind.REPORTED_OPINION] == 2, "neighbours, since there are no others"
    assert abs(counts[Kind.OPINION] - counts[Kind.UNSOURCED_CLAIM]) <= 1


def test_neighbours_are_not_taken_while_there_are_others() -> None:
    """Of many sentences of a kind those that are chosen stand apart."""
    made = drafted([CLAIM, CLAIM, OPINION, OPINION] * 10, 8)
    places = [int(question.id[1:]) for question in made.quiz_set.questions]
    assert all(after - before >= 2 for before, after in pairwise(places))


def test_what_is_sure_comes_before_what_is_not() -> None:
    """A doubtful sentence is taken when nothing sure is left, and is marked."""
    made = drafted([UNSURE, UNSURE, *[OPINION, CLAIM] * 4], 4)
    assert not [one for one in made.proposals.values() if one.why]
    made = drafted([OPINION, CLAIM, UNSURE], 8)
    doubted = [id_ for id_, one in made.proposals.items() if one.why == LOW_CONFIDENCE]
    assert doubted == ["s003"]


def test_every_question_waits_to_be_looked_at() -> None:
    """All questions are open, in the order of the article, with key, explanation and proposal."""
    made = drafted([OPINION, CLAIM, FACT], 8)
    assert made.open == ("s001", "s002", "s003") == tuple(made.proposals)
    for question in made.quiz_set.questions:
        assert question.key
        assert question.explain


def test_words_that_push_are_proposed() -> None:
    """Loaded words stand in the key, and a sentence of which they are unsure is marked."""
    end = sentence(0).text.index(" ", 4)
    pushed = replace(OPINION, loaded=(LoadedSpan(4, end, 0.9),), loaded_sure=False)
    made = drafted([pushed, CLAIM], 8)
    first, second = made.quiz_set.questions
    assert first.key
    assert first.key.loaded == made.proposals["s001"].words == ((4, end),)
    assert first.ask == second.ask == (Ask.KIND, Ask.LOADED)
    assert not made.proposals["s001"].words_sure


FURNITURE = [
    "Photo: somebody else here now.",
    "By Ann Author and others in town",
    "Read more here",
    "",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture_is_left_out(text: str) -> None:
    """Headings, captions and fragments are not asked about."""
    furniture = Sentence(text, 0, len(text), text)
    readings = [CLAIM, replace(CLAIM, sure=False, why_unsure=NOT_A_SENTENCE) if text else CLAIM]
    made = draft("a-set", SOURCE, [sentence(1), furniture], readings, EXPLAIN)
    assert [question.id for question in made.quiz_set.questions] == ["s001"]


def test_near_equal_sentences_are_taken_once() -> None:
    """Of two sentences that share most of their words one is asked about."""
    text = "The harvest on the silver mountain failed again this winter."
    like = text.replace("again", "badly")
    sentences = [Sentence(one, 0, len(one), one) for one in (text, sentence(1).text, like)]
    made = draft("a-set", SOURCE, sentences, [CLAIM] * 3, EXPLAIN)
    assert len(made.quiz_set.questions) == 2


def test_a_foreign_text_gets_no_keys() -> None:
    """Of a text that is not English sentences are taken from all over, without keys."""
    other = replace(CLAIM, sure=False, why_unsure=NOT_ENGLISH)
    made = drafted([other] * 20, 4)
    assert foreign(made)
    assert [question.id for question in made.quiz_set.questions] == ["s001", "s006", "s011", "s016"]
    assert all(question.key is None for question in made.quiz_set.questions)
    assert not foreign(drafted([CLAIM] * 5 + [other], 4))


def test_words_that_push_more_than_once() -> None:
    """A loaded word is proposed wherever it stands, as a file that names it would have it."""
    text = "This circus of a council is a worse circus than any circus was before."
    pushed = replace(OPINION, loaded=(LoadedSpan(5, 11, 0.9),))
    one = Sentence(text, 0, len(text), text)
    (question,) = draft("a-set", SOURCE, [one], [pushed], EXPLAIN).quiz_set.questions
    assert question.key
    assert [text[start:end] for start, end in question.key.loaded] == ["circus"] * 3


def test_what_is_hinted_at_is_explained_so() -> None:
    """An explanation says whether nobody is credited or somebody who is only hinted at."""
    vague = {Attribution.NAMED: 0.0, Attribution.VAGUE: 0.9, Attribution.NONE: 0.1}
    hinted = replace(CLAIM, p_source=vague, attribution=Attribution.VAGUE)
    first, second = drafted([hinted, CLAIM]).quiz_set.questions
    assert "hinted" in first.explain
    assert "hinted" not in second.explain


def test_a_repeated_sentence_stands_alone() -> None:
    """A sentence that its paragraph has twice is quoted without it, so that the set is sound."""
    sentences = split("It is so very bad for all of us. It is so very bad for all of us. Yes.")
    made = draft("a-set", SOURCE, sentences, [OPINION] * 3, EXPLAIN)
    assert [one.passage.text for one in made.quiz_set.questions] == [sentences[0].text]
    assert checked(made.quiz_set) == made.quiz_set


@pytest.mark.parametrize("sign", ["x", "&", "🙂"])
def test_as_much_of_a_paragraph_as_fits(sign: str) -> None:
    """Of a long paragraph as many sentences are quoted around the target as a message holds."""
    filler = f"The council of {sign * 20} sold many houses in the year before last."
    text = "This shameful circus will ruin a whole generation of tenants."
    sentences = split(" ".join([filler] * 20 + [text] + [filler] * 20))
    readings = [OPINION if one.text == text else UNSURE for one in sentences]
    made = draft("a-set", SOURCE, sentences, readings, EXPLAIN, 1)
    (question,) = made.quiz_set.questions
    assert question.passage.target == text
    assert question.passage.text.count(filler) >= 2
    assert fits(question.passage.text)
    assert not fits(f"{filler} {question.passage.text}")
    assert checked(made.quiz_set) == made.quiz_set


def test_a_long_paragraph_is_not_quoted_whole() -> None:
    """The paragraph comes along while a message can hold it; else the sentence stands alone."""
    text = sentence(1).text
    short, long = f"Before. {text} After.", f"{'Before. ' * 200}{text}"
    for paragraph, passage in ((short, short), (long, text)):
        one = Sentence(text, 0, len(text), paragraph)
        (question,) = draft("a-set", SOURCE, [one], [CLAIM], EXPLAIN).quiz_set.questions
        assert question.passage.text == passage
        assert question.passage.target == text


SLUGS = [
    ("Rain & <b>Storm</b>!", "ab", "rain-b-storm-b-ab"),
    ("Кримський міст", "ab", "article-ab"),
    ("x" * 50, "abcde", f"{'x' * (limits.SLUG - 6)}-abcde"),
]


@pytest.mark.parametrize(("title", "tail", "slug"), SLUGS)
def test_slugs(title: str, tail: str, slug: str) -> None:
    """A slug is made of what of a title can stand in a link, and fits."""
    assert slug_of(title, tail) == slug
    assert len(slug) <= limits.SLUG


@given(st.text(max_size=400), st.integers(1, 20), st.randoms(use_true_random=False))
def test_any_text_gives_a_sound_draft(text: str, size: int, rng: random.Random) -> None:
    """Whatever the text, a draft is no longer than asked for, and its set passes the checks."""
    sentences = split(text)
    found = [rng.choice([FACT, CLAIM, REPORTED, OPINION, UNSURE]) for _ in sentences]
    made = draft("a-set", SOURCE, sentences, found, EXPLAIN, size)
    assert len(made.quiz_set.questions) <= size
    if made.quiz_set.questions:
        assert checked(made.quiz_set) == made.quiz_set
    assert made == draft("a-set", SOURCE, sentences, found, EXPLAIN, size)
