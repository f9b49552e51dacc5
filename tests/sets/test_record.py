"""Sets as records for the store: nothing is lost, equal content has one fingerprint."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SetError
from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Key, Passage, Question, QuizSet, Source
from bot.sets import fingerprint, from_record, to_record

TEXT = st.text(max_size=12)
PLACE = st.integers(0, 20)
SOURCES = st.builds(Source, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
KEYS = st.builds(
    Key,
    st.sampled_from(Kind),
    st.lists(st.tuples(PLACE, PLACE), max_size=3).map(tuple),
    st.lists(TEXT, max_size=3).map(tuple),
)
QUESTIONS = st.builds(
    Question,
    id=TEXT,
    passage=st.builds(Passage, TEXT, PLACE, PLACE),
    ask=st.lists(st.sampled_from(Ask), max_size=3).map(tuple),
    source=SOURCES,
    key=st.none() | KEYS,
    explain=TEXT,
    borderline=st.booleans(),
    invented=st.booleans(),
    tags=st.lists(TEXT, max_size=2).map(tuple),
)
SETS = st.builds(
    QuizSet,
    slug=TEXT,
    title=TEXT,
    language=TEXT,
    source=SOURCES,
    questions=st.lists(QUESTIONS, max_size=3).map(tuple),
    kinds=st.lists(st.sampled_from(Kind), max_size=4).map(tuple),
    version=st.integers(0, 9),
)

DAMAGED: list[Any] = [
    {},
    [],
    None,
    {"set": "a", "title": "", "language": "", "source": {}, "questions": [], "version": 0},
]


@given(SETS)
@settings(deadline=None, max_examples=40)
def test_round_trip(quiz_set: QuizSet) -> None:
    """A set comes back from its record, through JSON, as it was."""
    record = to_record(quiz_set)
    assert json.loads(json.dumps(record)) == record
    assert from_record(json.loads(json.dumps(record))) == quiz_set


@given(SETS)
@settings(deadline=None, max_examples=20)
def test_fingerprint_of_content(quiz_set: QuizSet) -> None:
    """The fingerprint holds for every version and through the store, and changes with a text."""
    mark = fingerprint(quiz_set)
    assert fingerprint(replace(quiz_set, version=quiz_set.version + 1)) == mark
    assert fingerprint(from_record(to_record(quiz_set))) == mark
    assert fingerprint(replace(quiz_set, title=quiz_set.title + ".")) != mark


def test_fingerprint_is_stable(demo_set: QuizSet) -> None:
    """The fingerprint of the small set is the same in every release: stores compare with it."""
    expected = "11eac908f68034a3c18706c61a0ee298fc3486c2febcfd4c901ff63b39802952"
    assert fingerprint(demo_set) == expected


def test_compact(demo_set: QuizSet) -> None:
    """What is empty, usual or the set's own is left out of a record."""
    record = to_record(demo_set)
    assert record["questions"][1] == {
        "id": "two",
        "passage": "It rained on Monday.",
        "ask": ["kind"],
    }
    assert "kinds" not in to_record(replace(demo_set, kinds=tuple(Kind)))


@pytest.mark.parametrize("record", DAMAGED)
def test_damaged_record(record: Any) -> None:
    """A record that is none raises SetError."""
    with pytest.raises(SetError, match="a stored quiz set is damaged"):
        from_record(record)
