"""The figures of the installed card, against the model beside it."""

from __future__ import annotations

import pytest

from bot.reader.card import load_card
from bot.reader.reader import MODEL_DIRECTORY, Reader
from bot.training.evaluate import SPOT, spot_figures, table
from bot.training.rows import DEV, TEST, TRAIN, load_own, usable


def test_the_cards_figures_are_those_of_the_model() -> None:
    """The first rows of the test split, read anew, give the figures that the card states."""
    reader = Reader.load()
    rows = usable(load_own(), TEST)[:SPOT]
    measured = spot_figures(rows, reader.read_many([(row.text, row.context) for row in rows]))
    for figure in measured:
        stated = reader.card.figure(figure.name, figure.split)
        # Another processor may round one doubtful sentence the other way.
        assert figure.value == pytest.approx(stated.value, abs=1.5 / SPOT), figure.name
        assert figure.n == stated.n, figure.name
    assert table(measured).row_count == len(measured)


def test_the_model_beats_the_commonest_label_by_far() -> None:
    """Every figure on the test split that has a baseline exceeds it by 0.4 at the least."""
    on_test = [one for one in load_card(MODEL_DIRECTORY).figures if one.split == TEST]
    with_baseline = [one for one in on_test if one.baseline is not None]
    assert len(with_baseline) == 4
    for figure in with_baseline:
        assert figure.baseline is not None
        assert figure.value > figure.baseline + 0.4, figure.name


def test_what_the_model_is_sure_of_is_right() -> None:
    """Sure answers on the test split were right nine times in ten or more, and not too few."""
    card = load_card(MODEL_DIRECTORY)
    assert card.figure("sure accuracy", TEST).value >= 0.9
    assert card.figure("sure coverage", TEST).value >= 0.4


def test_the_card_belongs_to_the_committed_rows() -> None:
    """The card counts the rows that are committed for training, dev and test."""
    card = load_card(MODEL_DIRECTORY)
    own = load_own()
    assert card.data[0].rows == len(usable(own, TRAIN))
    assert card.figure("kind accuracy", TEST).n == len(usable(own, TEST))
    assert card.figure("largest difference from torch", DEV).n == len(usable(own, DEV))
