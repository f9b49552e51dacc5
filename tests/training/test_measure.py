"""Measures and calibration on cases small enough to work out by hand."""

from __future__ import annotations

import pytest

from bot.quiz.labels import Attribution, Stance
from bot.quiz.values import Span
from bot.reader.network import Logits
from bot.training.calibrate import at_least, at_most, bare_share, surest, surest_band, temperatures
from bot.training.measure import (
    accuracy,
    any_f1,
    character_f1,
    interval,
    macro_f1,
    overlap_f1,
    spans_agree,
)
from bot.training.rows import Row

Case = tuple[list[Span], list[Span]]

SPANS: list[tuple[Case, float, float, bool]] = [
    (([], []), 0.0, 0.0, True),
    (([(0, 4)], [(0, 4)]), 1.0, 1.0, True),
    (([(0, 4)], [(2, 6)]), 0.5, 1.0, True),
    (([(0, 4)], [(4, 8)]), 0.0, 0.0, False),
    (([(0, 4)], []), 0.0, 0.0, False),
    (([], [(0, 4)]), 0.0, 0.0, False),
    (([(0, 2)], [(0, 2), (9, 11)]), 2 / 3, 2 / 3, False),
]


@pytest.mark.parametrize(("case", "characters", "overlap", "agree"), SPANS)
def test_spans_are_compared_by_characters_and_by_overlap(
    case: Case, characters: float, overlap: float, agree: bool
) -> None:
    """Half a span met is half a hit by characters, and a whole one by overlap."""
    right, found = case
    assert character_f1([right], [found]) == pytest.approx(characters)
    assert overlap_f1([right], [found]) == pytest.approx(overlap)
    assert spans_agree(*case) is agree


def test_whether_anything_is_marked_is_compared_by_sentences() -> None:
    """Where in a sentence a word is marked does not matter, only that one is."""
    assert any_f1([[(0, 4)], []], [[(8, 9)], []]) == 1
    assert any_f1([[(0, 4)], []], [[], [(0, 4)]]) == 0


def test_an_interval_holds_the_figure_and_narrows_with_more_cases() -> None:
    """The same cases give the same interval; four times as many a narrower one; none (0, 0)."""
    few = interval(accuracy, [1] * 50, [1] * 40 + [0] * 10)
    many = interval(accuracy, [1] * 200, [1] * 160 + [0] * 40)
    assert few == interval(accuracy, [1] * 50, [1] * 40 + [0] * 10)
    assert few[0] < 0.8 < few[1]
    assert many[1] - many[0] < few[1] - few[0]
    assert interval(accuracy, [], []) == (0, 0)


def test_macro_f1_is_the_mean_over_labels() -> None:
    """Each label counts alike however rare it is."""
    assert macro_f1("aaab", "aaab") == 1
    assert macro_f1("aaab", "aaaa") == pytest.approx((6 / 7 + 0) / 2)
    assert macro_f1("", "") == 0
    assert accuracy("aaab", "aaaa") == 0.75


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([(0.9, True)] * 50 + [(0.4, False)] * 3, 0.65),
        ([(0.9, True)] * 50 + [(0.8, True)] * 2 + [(0.4, False)] * 50, 0.6),
        ([(0.9, True)] * 50, 0.9),
        ([(0.9, True)] * 5, 1.01),
        ([(0.9, False)] * 20 + [(0.8, True)] * 20, 1.01),
        ([], 1.01),
    ],
)
def test_the_threshold_is_the_lowest_that_is_right_often_enough(
    cases: list[tuple[float, bool]], expected: float
) -> None:
    """It lies midway to the next case below, and above everything when too few bear it out."""
    assert surest(cases) == pytest.approx(expected)


def test_a_bare_share_counts_from_enough_cases_on() -> None:
    """Without a margin, nineteen of twenty right will do, but not of the first few."""
    cases = [(0.9, True)] * 38 + [(0.8, False)] * 2 + [(0.4, False)] * 10
    assert surest(cases, bare_share) == pytest.approx(0.6)
    assert surest(cases) == pytest.approx(0.85)
    assert surest([(0.9, True)] * 20, bare_share) == pytest.approx(1.01)


def test_a_small_sample_bears_out_less_than_its_share() -> None:
    """The more cases, the nearer the bound comes to the share that was right."""
    assert at_least(10, 10) < at_least(100, 100) < 1
    assert at_least(95, 100) < 0.95
    assert at_least(0, 10) == pytest.approx(0)


def test_few_cases_seldom_speak_against_a_share() -> None:
    """A few mistakes in few cases leave room for a high share; the same share of many does not."""
    assert at_most(9, 10) > 0.95 > at_most(90, 100)
    assert at_most(10, 10) == pytest.approx(1)


def test_the_band_of_doubt_holds_the_words_that_go_wrong() -> None:
    """Sentences with a word in the band are not sure; without any that will do, none is."""
    right = [([0.02, 0.95], True)] * 60
    low, high = surest_band([*right, *[([0.02, 0.6], False)] * 10], loaded=0.5)
    assert low < 0.5
    assert 0.6 < high <= 0.95
    assert surest_band([([0.1], False)] * 60, loaded=0.5) == (0, 1)


def test_temperatures_cool_what_is_too_certain() -> None:
    """Logits that claim far more than the labels bear out are divided by more than 1."""
    rows = [
        Row("r", "x", None, stance, Attribution.NONE, (), "r", "b", "dev")
        for stance in (Stance.OPINION, Stance.OPINION, Stance.CLAIM)
    ]
    logits = [Logits(8.0, (0.0, 0.0, 1.0), (), cut=False)] * 3
    fitted = temperatures(rows, logits)
    assert fitted.stance > 4
    assert fitted.source < 1
