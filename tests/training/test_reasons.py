"""The measures of the judge on cases small enough to work out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.labels import Attribution, Kind, ReasonLabel, Stance
from bot.reader.card import load_card
from bot.reader.network import Reasoned
from bot.reader.reader import MODEL_DIRECTORY
from bot.training.agreement import compared
from bot.training.calibrate import reason_cuts, reason_temperature
from bot.training.measure import kappa, off_called_good, weighted_kappa
from bot.training.reasons import by_words, pairs_in_order
from bot.training.rows import AnswerRow, Row, Second

GOOD, PARTLY, OFF = ReasonLabel.GOOD, ReasonLabel.PARTLY, ReasonLabel.OFF


def answer(text: str, label: ReasonLabel, pair: str = "", second: ReasonLabel = OFF) -> AnswerRow:
    """Make a row about one passage."""
    return AnswerRow(
        "r-1-1",
        "It fell.",
        "It fell.",
        Kind.UNSOURCED_CLAIM,
        text,
        label,
        "r",
        "test",
        second,
        pair,
    )


def test_kappa_is_agreement_beyond_chance() -> None:
    """All alike is 1, as often as by chance 0; neither side ever varying leaves nothing to miss."""
    assert kappa("aabb", "aabb", "ab") == 1
    assert kappa("aabb", "abab", "ab") == 0
    assert kappa("aaaa", "aaaa", "ab") == 1


def test_a_miss_by_two_costs_four_times_a_miss_by_one() -> None:
    """Off called good weighs more than off called partly."""
    near = weighted_kappa([OFF, PARTLY, GOOD], [PARTLY, PARTLY, GOOD])
    far = weighted_kappa([OFF, PARTLY, GOOD], [GOOD, PARTLY, GOOD])
    assert far < near < 1
    assert off_called_good([OFF, OFF, GOOD], [GOOD, PARTLY, GOOD]) == 0.5
    assert off_called_good([GOOD], [GOOD]) == 0


def test_a_pair_is_in_order_when_the_better_answer_is_worth_more() -> None:
    """Both orders in the rows count alike; an answer without a pair, or alike, does not count."""
    rows = [answer("a", GOOD, "p1"), answer("b", OFF, "p1"), answer("c", OFF)]
    assert pairs_in_order(rows, [0.4, 0.3, 1]) == [True]
    assert pairs_in_order(rows[::-1], [1, 0.4, 0.3]) == [False]
    assert pairs_in_order(rows[:1], [1]) == []
    assert pairs_in_order([rows[1], answer("d", OFF, "p1")], [1, 0]) == []


def test_the_cuts_call_good_hardly_anything_that_is_off() -> None:
    """Where answers that are off look good, the cut for good lies above them."""
    clear, alike = Reasoned((4.0, 0.0, 0.0), cut=False), Reasoned((2.0, 0.0, 0.0), cut=False)
    rows = [answer("a", GOOD)] * 60 + [answer("b", OFF)] * 60
    found = [clear] * 60 + [alike] * 60
    card = load_card(MODEL_DIRECTORY)
    temperatures = card.temperatures.model_copy(update={"reason": 1.0})
    partly, good = reason_cuts(rows, found, card.model_copy(update={"temperatures": temperatures}))
    assert partly < good
    assert 0.84 < good < 0.98


def test_the_baseline_goes_by_the_words_of_the_answer() -> None:
    """Words seen with a label speak for it."""
    train = [answer("nobody says who", GOOD), answer("it is true", OFF), answer("true, true", OFF)]
    rows = [answer("says nobody", GOOD), answer("true", OFF)]
    assert by_words(train, rows) == [GOOD, OFF]


def test_the_temperature_of_reasons_cools_what_is_too_certain() -> None:
    """Logits that are wrong one time in three are divided by more than 1."""
    rows = [answer("a", label) for label in (GOOD, GOOD, OFF)]
    assert reason_temperature(rows, [Reasoned((6.0, 0.0, 0.0), cut=False)] * 3) > 2


def test_agreement_is_counted_per_head() -> None:
    """Rows with both passes count; each head has its share and its kappa."""
    second = Second(Stance.CLAIM, Attribution.NAMED, ((0, 3),))
    row = Row("r", "Rot.", None, Stance.CLAIM, Attribution.NONE, ((0, 3),), "r", "b", "dev")
    paired = replace(row, second=second)
    found = {one.name: one for one in compared("both", [row, paired], [answer("a", OFF)])}
    assert found["stance: share alike"].value == 1
    assert found["kind: share alike"].value == 0
    assert found["loaded words: sentences alike"].value == 1
    assert found["reason: share alike"].n == 1
    assert compared("both", [row], []) == []


@pytest.mark.parametrize("label", list(ReasonLabel))
def test_a_judge_that_agrees_has_a_kappa_of_one(label: ReasonLabel) -> None:
    """One label alone leaves nothing to miss."""
    assert weighted_kappa([label], [label]) == 1
