"""Placing typed words in a passage: what counts as quoted, what is a stray."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.quiz.answers import Placed, place, words

TARGET = "The minister’s circus act of a budget will ruin a generation, said the despot-in-chief."

# what was typed → the words found in the target, the strays
TYPED: list[tuple[str, list[str], list[str]]] = [
    ("circus act", ["circus act"], []),
    ("CIRCUS ACT", ["circus act"], []),
    ("  circus   act!  ", ["circus act"], []),
    ("circus akt", ["circus act"], []),
    ("cirkus", ["circus"], []),
    ("minister's", ["minister’s"], []),
    ("minister’s", ["minister’s"], []),
    ("despot–in–chief", ["despot-in-chief"], []),
    ("circus act, ruin", ["circus act", "ruin"], []),
    ("ruin,circus act", ["circus act", "ruin"], []),
    ("circus act; ruin / budget", ["circus act", "budget", "ruin"], []),
    ("circus act\nruin", ["circus act", "ruin"], []),
    ("circus act and ruin", ["circus act", "ruin"], []),
    ("circus act … ruin", ["circus act", "ruin"], []),
    ("ruin, ruin", ["ruin"], []),
    ('"circus act" pushes', ["circus act"], []),
    ("“circus act” is mocking and “ruin” is loud", ["circus act", "ruin"], []),
    ("„circus act“", ["circus act"], []),
    ("«ruin»", ["ruin"], []),
    ("circus act, tyrant", ["circus act"], ["tyrant"]),
    ("tyrant", [], ["tyrant"]),
    ('"tyrant"', [], ["tyrant"]),
    ("budget circus", [], ["budget circus"]),
    ("TARGET of", [], ["TARGET of"]),
    ("no", [], ["no"]),
    ("axt", [], ["axt"]),
    ("!?", [], ["!?"]),
    ("", [], []),
    (" , ; \n", [], []),
]

PLAIN = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8)


@pytest.mark.parametrize(("typed", "found", "strays"), TYPED)
def test_typed_words_are_found_where_they_stand(
    typed: str, found: list[str], strays: list[str]
) -> None:
    """Case, quotes and one slip do not matter; parts stand apart; what is not there is a stray."""
    placed = place(TARGET, typed)
    assert [TARGET[start:end] for start, end in placed.spans] == found
    assert list(placed.strays) == strays


def test_the_whole_target_typed_is_one_span() -> None:
    """A copied sentence is one marking, not one for every comma in it."""
    assert [TARGET[a:b] for a, b in place(TARGET, TARGET).spans] == [TARGET.rstrip(".")]


def test_words_between_dashes_can_be_quoted() -> None:
    """A dash without spaces parts words, so that the one between two of them can be found."""
    target = "The strike—disastrous—hit."
    assert [target[a:b] for a, b in place(target, "disastrous").spans] == ["disastrous"]


def test_letters_that_grow_when_lowered_do_not_move_the_spans() -> None:
    """A capital that becomes two characters in lower case shifts nothing behind it."""
    target = "İİİ spoke of the despot"
    assert [target[a:b] for a, b in place(target, "the DESPOT").spans] == ["the despot"]


def test_the_closest_words_win() -> None:
    """Where one place is alike and another the same, the same one is found."""
    target = "The budgets passed the budget."
    assert place(target, "budget").spans == ((23, 29),)


def test_a_word_that_stands_twice_is_its_first() -> None:
    """Of two places that are equally alike the first one is meant."""
    assert place("A despot is a despot.", "despot").spans == ((2, 8),)


@pytest.mark.parametrize(
    ("target", "typed"), [("He is his.", "i"), ("Not so.", "no"), ("It is.", "its")]
)
def test_short_words_are_never_taken_for_one_another(target: str, typed: str) -> None:
    """Two different short words are no slip of each other."""
    assert place(target, typed) == Placed((), (typed,))


@given(st.text(max_size=60), st.text(max_size=60))
@example("İ", "i̇")
@example("ﬁne ẞ", "FINE ss")
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_typed_at_any_text(target: str, typed: str) -> None:
    """Whatever is typed, placing never fails; spans are ordered, not empty and in the target."""
    placed = place(target, typed)
    assert all(0 <= start < end <= len(target) for start, end in placed.spans)
    assert all(one < other for one, other in pairwise(placed.spans))
    assert all(stray == stray.strip() != "" for stray in placed.strays)


@given(st.lists(PLAIN, min_size=1, max_size=12), st.data())
@settings(max_examples=100, deadline=None)
def test_every_run_of_words_can_be_quoted(sentence: list[str], data: st.DataObject) -> None:
    """Any words in a row are found as they stand, in capitals too."""
    target = " ".join(sentence)
    first = data.draw(st.integers(0, len(sentence) - 1))
    last = data.draw(st.integers(first, len(sentence) - 1))
    run = " ".join(sentence[first : last + 1])
    placed = place(target, run.upper())
    assert [target[a:b] for a, b in placed.spans] == [run]
    assert placed.strays == ()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Putin’s despot-in-chief", ["Putin’s", "despot-in-chief"]),
        ("4,000 of 2.5 and more.", ["4,000", "of", "2.5", "and", "more"]),
        ("despot,octopus", ["despot", "octopus"]),
        ("— … !", []),
    ],
)
def test_words_with_a_joint_are_one_word(text: str, whole: list[str]) -> None:
    """Hyphens, apostrophes and the marks within a number do not part a word; a comma does."""
    assert [text[a:b] for a, b in words(text)] == whole
