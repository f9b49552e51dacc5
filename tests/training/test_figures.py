"""The figures of the installed card, against the model and the rows beside it."""

from __future__ import annotations

import pytest

from bot.reader.card import load_card
from bot.reader.reader import MODEL_DIRECTORY, Reader
from bot.training.agreement import PASSES, agreement
from bot.training.corpus import Corpus
from bot.training.evaluate import OWN_SPLIT, SPOT, spot_figures, table
from bot.training.report import readme
from bot.training.rows import TEST, TRAIN, usable


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Every committed row; no public text."""
    return Corpus.load(None)


def test_the_cards_figures_are_those_of_the_model(corpus: Corpus) -> None:
    """The first rows of the test split, read anew, give the figures that the card states."""
    reader = Reader.load()
    measured = spot_figures(reader, usable(corpus.own, TEST), corpus.judged(TEST))
    for figure in measured:
        stated = reader.card.figure(figure.name, figure.split)
        # Another processor may round one doubtful sentence the other way.
        assert figure.value == pytest.approx(stated.value, abs=1.5 / SPOT), figure.name
        assert figure.n == stated.n, figure.name
    assert table(measured).row_count == len(measured) == 3


@pytest.mark.parametrize(
    ("name", "rival", "least"),
    [
        ("stance macro-F1", "majority", 0.4),
        ("source macro-F1", "majority", 0.4),
        ("kind accuracy", "majority", 0.4),
        ("kind accuracy", "cue words", 0.2),
        ("kind macro-F1", "TF-IDF", 0.1),
        ("kind macro-F1", "frozen encoder", 0.1),
        ("loaded character F1", "cue words", 0.2),
        ("reason macro-F1", "words alone", 0.1),
        ("reason weighted kappa", "likeness", 0.2),
        ("reason pairs in right order", "likeness", 0.2),
    ],
)
def test_the_model_beats_what_it_is_measured_beside(name: str, rival: str, least: float) -> None:
    """On the test split it is far above every way that needs no such model."""
    figure = load_card(MODEL_DIRECTORY).figure(name, OWN_SPLIT)
    assert figure.value > figure.others[rival] + least


def test_what_the_model_is_sure_of_is_right() -> None:
    """Sure answers on the test split were right nine times in ten or more, and not too few."""
    card = load_card(MODEL_DIRECTORY)
    assert card.figure("sure accuracy", OWN_SPLIT).value >= 0.9
    assert card.figure("sure coverage", OWN_SPLIT).value >= 0.4


def test_hardly_a_reason_that_is_off_is_called_good() -> None:
    """On the test split fewer than one in ten of them are, and next to none surely."""
    card = load_card(MODEL_DIRECTORY)
    assert card.figure("off called good", OWN_SPLIT).value < 0.1
    assert card.figure("reason sure accuracy", OWN_SPLIT).value > 0.85


def test_the_exported_file_says_what_torch_says() -> None:
    """No probability on the test split is off by more than 0.02, and no label is another."""
    card = load_card(MODEL_DIRECTORY)
    for what in ("", ", reasons"):
        assert card.figure(f"largest difference from torch{what}", TEST).value <= 0.02
        assert card.figure(f"labels that differ from torch{what}", TEST).value == 0


def test_every_figure_on_cases_has_an_interval_around_it() -> None:
    """A share or an F1 lies within the interval that is stated with it."""
    measured = [one for one in load_card(MODEL_DIRECTORY).figures if one.low is not None]
    assert len(measured) > 30
    for one in measured:
        assert one.high is not None
        assert (one.low or 0) <= one.value <= one.high, one


def test_the_card_belongs_to_the_committed_rows(corpus: Corpus) -> None:
    """The card counts the rows that are committed for training and test."""
    card = load_card(MODEL_DIRECTORY)
    assert card.data[0].rows == len(usable(corpus.own, TRAIN))
    assert card.figure("kind accuracy", OWN_SPLIT).n == len(usable(corpus.own, TEST))
    assert card.data[1].rows == len(corpus.judged(TRAIN))
    assert card.figure("reason accuracy", OWN_SPLIT).n == len(corpus.judged(TEST))


def test_the_card_states_how_far_the_two_passes_agree(corpus: Corpus) -> None:
    """The agreement on the card is that of the committed rows."""
    card = load_card(MODEL_DIRECTORY)
    found = agreement(corpus)
    assert {one.split for one in found} == {PASSES}
    for figure in found:
        assert card.figure(figure.name, figure.split) == figure


def test_the_readme_is_that_of_the_card() -> None:
    """README.md is generated from the card: nobody changed it by hand."""
    shown = (MODEL_DIRECTORY / "README.md").read_text(encoding="utf-8")
    assert shown == readme(load_card(MODEL_DIRECTORY))
