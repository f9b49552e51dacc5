"""Readings, kept by text and model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.quiz.labels import Kind
from bot.quiz.values import Passage, Reading
from bot.store import readings
from bot.store.database import Store
from tests.quiz.builders import TEXT, reading

PASSAGE = Passage(TEXT, 0, len(TEXT))
PARAGRAPH = f"{TEXT} It rained."

READINGS = [
    *(reading(kind, loaded=("despot", "Monday")) for kind in Kind),
    reading(Kind.OPINION, sure=False, loaded_sure=False),
    replace(reading(), p_opinion=1 / 3, why_unsure="too_long", sure=False),
]


def save(store: Store, passage: Passage, read: Reading) -> None:
    """Keep a reading."""
    store.write_now(lambda db: readings.save(db, passage, read))


@pytest.mark.parametrize("read", READINGS)
def test_a_reading_comes_back_as_it_was(store: Store, path: Path, read: Reading) -> None:
    """Labels, probabilities, words and doubts survive being kept, in their own types."""
    save(store, PASSAGE, read)
    store.close()
    with Store(path) as again:
        found = readings.load(again.reader, PASSAGE, "m-1")
    assert found == read
    assert found is not None
    assert (found.kind, found.p_kind) == (read.kind, read.p_kind)


def test_each_model_reads_for_itself(store: Store) -> None:
    """A new model's reading stands beside the old one's; its own later one replaces it."""
    old, new = reading(), replace(reading(Kind.SOURCED_FACT), model="m-2")
    save(store, PASSAGE, old)
    assert readings.load(store.reader, PASSAGE, "m-2") is None
    save(store, PASSAGE, new)
    save(store, PASSAGE, replace(old, sure=False))
    assert readings.load(store.reader, PASSAGE, "m-1") == replace(old, sure=False)
    assert readings.load(store.reader, PASSAGE, "m-2") == new


@pytest.mark.parametrize(
    "passage",
    [
        Passage(PARAGRAPH, 0, len(TEXT)),
        Passage(PARAGRAPH, 0, len(PARAGRAPH)),
        Passage(TEXT, 4, len(TEXT)),
    ],
)
def test_a_sentence_is_read_in_its_paragraph(store: Store, passage: Passage) -> None:
    """The same sentence in another paragraph, or another part of this one, is not read yet."""
    save(store, PASSAGE, reading())
    assert readings.load(store.reader, passage, "m-1") is None
