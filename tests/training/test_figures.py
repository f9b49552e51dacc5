"""The figures of the installed card, against the model beside it."""

from __future__ import annotations

import pytest

from bot.reader.card import load_card
from bot.reader.reader import MODEL_DIRECTORY, Reader
from bot.training.agreement import agreement
from bot.training.evaluate import spot_figures, table
from bot.training.reasons import SPOT, as_answer, spot
from bot.training.rows import DEV, TEST, TRAIN, load_answers, load_own, usable


def test_the_cards_figures_are_those_of_the_model() -> None:
    """The first rows of the test split, read anew, give the figures that the card states."""
    reader = Reader.load()
    rows = usable(load_own(), TEST)[:SPOT]
    measured = spot_figures(rows, reader.read_many([(row.text, row.context) for row in rows]))
    answers = usable(load_answers(), TEST)[:SPOT]
    measured += spot(answers, reader.judge_many([as_answer(row) for row in answers]))
    for figure in measured:
        stated = reader.card.figure(figure.name, figure.split)
        # Another processor may round one doubtful sentence the other way.
        assert figure.value == pytest.approx(stated.value, abs=1.5 / SPOT), figure.name
        assert figure.n == stated.n, figure.name
    assert table(measured).row_count == len(measured)


def test_the_model_beats_the_commonest_label_by_far() -> None:
    """What the heads are measured by exceeds its baseline, for reasons by a little less."""
    card = load_card(MODEL_DIRECTORY)
    for name, least in (
        ("stance macro-F1", 0.4),
        ("source macro-F1", 0.4),
        ("kind accuracy", 0.4),
        ("kind macro-F1", 0.4),
        ("reason accuracy", 0.2),
        ("reason macro-F1", 0.2),
        ("reason weighted kappa", 0.2),
    ):
        figure = card.figure(name, TEST)
        assert figure.baseline is not None
        assert figure.value > figure.baseline + least, name


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
    answers = load_answers()
    assert card.data[1].rows == len(usable(answers, TRAIN))
    assert card.figure("reason accuracy", TEST).n == len(usable(answers, TEST))


def test_the_card_states_how_far_the_two_passes_agree() -> None:
    """The agreement on the card is that of the committed rows."""
    card = load_card(MODEL_DIRECTORY)
    for figure in agreement(load_own(), load_answers()):
        assert card.figure(figure.name, figure.split) == figure
