"""Looking through a draft: what each decision changes, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.labels import Kind
from bot.quiz.values import Key, Span
from bot.teaching import drafts
from bot.teaching.drafts import Difference, Draft, Proposal, difference
from tests.quiz.builders import question, quiz_set

ONE = replace(question(name="one"), key=Key(Kind.OPINION, ((0, 3),), ("cue",)), explain="Because.")
TWO = question(kind=None, name="two")
DRAFT = Draft(
    quiz_set(ONE, TWO, version=0),
    notes=("a note",),
    open=("one", "two"),
    proposals={"one": Proposal(0.9, "low_confidence", ((0, 3),), words_sure=False)},
)


def test_a_draft_survives_the_store() -> None:
    """What is kept of a draft gives it back."""
    assert drafts.from_json(drafts.to_json(DRAFT)) == DRAFT


def test_keeping_goes_on() -> None:
    """A kept question is no longer open and stays in the set."""
    kept = drafts.kept(DRAFT, "one")
    assert kept.current == TWO
    assert kept.quiz_set == DRAFT.quiz_set
    assert drafts.kept(kept, "two").current is None


def test_dropping_takes_out() -> None:
    """A dropped question is in the set no more."""
    dropped = drafts.dropped(DRAFT, "one")
    assert dropped.quiz_set.questions == (TWO,)
    assert dropped.open == ("two",)


def test_another_kind_drops_what_was_said_for_the_old_one() -> None:
    """Cues and explanation of another kind go; loaded words stay; the same kind changes nothing."""
    changed = drafts.with_kind(DRAFT, "one", Kind.UNSOURCED_CLAIM).quiz_set.question("one")
    assert changed.key == Key(Kind.UNSOURCED_CLAIM, ((0, 3),))
    assert changed.explain == ""
    assert drafts.with_kind(DRAFT, "one", Kind.UNSOURCED_CLAIM).proposals["one"].p == 0
    assert drafts.with_kind(DRAFT, "one", Kind.OPINION) == DRAFT
    keyed = drafts.with_kind(DRAFT, "two", Kind.OPINION).quiz_set.question("two")
    assert keyed.key == Key(Kind.OPINION)


MARKED: list[tuple[Span, bool, tuple[Span, ...]]] = [
    ((0, 3), False, ()),
    ((0, 3), True, ((0, 3),)),
    ((5, 8), True, ((0, 3), (5, 8))),
    ((5, 8), False, ((0, 3),)),
    ((0, 8), True, ((0, 8),)),
    ((1, 2), True, ((0, 3),)),
]


@pytest.mark.parametrize(("span", "called", "loaded"), MARKED)
def test_words_are_marked(span: Span, *, called: bool, loaded: tuple[Span, ...]) -> None:
    """Words become loaded, or are no more; of words inside others the larger part counts."""
    changed = drafts.with_word(DRAFT, "one", span, loaded=called)
    key = changed.quiz_set.question("one").key
    assert key
    assert key.loaded == loaded
    assert span in changed.proposals["one"].words


def test_words_need_a_key() -> None:
    """Without a kind there is no key for words to stand in."""
    assert drafts.with_word(DRAFT, "two", (0, 3), loaded=True) == DRAFT


def test_what_changed_between_versions() -> None:
    """Questions are compared by their ids."""
    before = quiz_set(ONE, TWO)
    after = quiz_set(question(name="one"), question(name="three"))
    assert difference(before, after) == Difference(("three",), ("one",), ("two",))
    assert difference(before, before) == Difference((), (), ())
