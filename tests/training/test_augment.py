"""Changed rows keep their labels, and their spans still name the same words."""

from __future__ import annotations

import random

import pytest

from bot.quiz.labels import Attribution
from bot.training.augment import scare_quoted
from bot.training.rows import Row, load_own


@pytest.mark.parametrize("seed", range(3))
def test_quotation_marks_move_no_label(seed: int) -> None:
    """The loaded words are the same before and after, and the context holds the new sentence."""
    chance = random.Random(seed)
    changed = 0
    for row in load_own():
        quoted = scare_quoted(row, chance)
        changed += quoted is not row
        assert words(quoted) == words(row)
        assert (quoted.stance, quoted.source) == (row.stance, row.source)
        assert quoted.context is None or quoted.text in quoted.context
    assert changed > 100


def test_a_sentence_that_credits_someone_is_left_alone() -> None:
    """Marks in a sentence with a source may be its quotation, so none are put there."""
    for row in load_own():
        if row.source is not Attribution.NONE or '"' in row.text:
            assert scare_quoted(row, random.Random(1)) is row


def words(row: Row) -> list[str]:
    """Return the loaded words of a row, in order."""
    return [row.text[start:end].strip('"“”‘’') for start, end in row.loaded]
