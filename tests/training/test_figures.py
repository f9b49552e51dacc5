"""The figures of the installed card, against the model beside it."""

from __future__ import annotations

import pytest

from bot.reader import Reader
from bot.training.evaluate import certainty_figures, label_figures, loaded_figures, table
from bot.training.rows import DEV, TEST, TRAIN, load_own, usable


def test_the_cards_figures_are_those_of_the_model() -> None:
    """The test split, read by the installed reader, gives the figures that the card states."""
    reader = Reader.load()
    own = load_own()
    test = usable(own, TEST)
    readings = reader.read_many([(row.text, row.context) for row in test])
    measured = [
        *label_figures(test, readings, usable(own, TRAIN)),
        *loaded_figures(test, readings),
        *certainty_figures(test, readings),
    ]
    for figure in measured:
        stated = reader.card.figure(figure.name, figure.split)
        # Another processor may round a borderline sentence the other way.
        assert figure.value == pytest.approx(stated.value, abs=0.02), figure.name
        assert figure.n == pytest.approx(stated.n, abs=3), figure.name
    assert table(measured).row_count == len(measured)


def test_the_model_beats_the_commonest_label_by_far() -> None:
    """Every figure of the card that has a baseline exceeds it by a quarter at the least."""
    with_baseline = [one for one in Reader.load().card.figures if one.baseline is not None]
    assert len(with_baseline) >= 4
    for figure in with_baseline:
        assert figure.baseline is not None
        assert figure.value > figure.baseline + 0.25, figure.name


def test_the_card_counts_the_rows_it_was_trained_on() -> None:
    """The rows the card names are the committed train rows, so data and model belong together."""
    card = Reader.load().card
    own = load_own()
    assert card.data[0].rows == len(usable(own, TRAIN))
    assert card.figure("largest difference from torch", DEV).value < 0.1
