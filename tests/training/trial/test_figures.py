"""Figures and intervals of a trial, against plain measures, worked examples and simulation."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import Kind, ReasonLabel
from bot.quiz.values import Span
from bot.training import measure
from bot.training.trial.compare import Difference, Heads, Verdict, compare, sentence, verdict
from bot.training.trial.heads import (
    Case,
    Head,
    Measured,
    by_class,
    confusion,
    counts,
    figures,
    kappa,
    macro_f1,
)
from bot.training.trial.intervals import clopper_pearson, matched, tellable, wilson
from bot.training.trial.words import Marked, characters, f1, word_figures

REASONS = measure.WORST_FIRST
LABELS = st.lists(st.tuples(st.sampled_from(REASONS), st.sampled_from(REASONS)), min_size=1)
SPAN = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda x: (x[0], x[0] + x[1]))
SPANS = st.lists(st.tuples(st.lists(SPAN, max_size=3), st.lists(SPAN, max_size=3)), min_size=1)


def head(pairs: list[tuple[ReasonLabel, ReasonLabel]], p: float = 0.9) -> Head:
    """Make the head for reasons of (expected, found)."""
    cases = tuple(Case(i, a, b, p, sure=True) for i, (a, b) in enumerate(pairs))
    return Head("reason", REASONS, cases)


def kinds(right: list[bool]) -> Head:
    """Make the head for kinds, right or wrong line by line."""
    found = [Kind.OPINION if one else Kind.SOURCED_FACT for one in right]
    cases = tuple(Case(i, Kind.OPINION, one, 0.8, sure=True) for i, one in enumerate(found))
    return Head("kind", tuple(Kind), cases)


def named(found: list[Measured], name: str) -> Measured:
    """Pick a figure."""
    return next(one for one in found if one.name == name)


@settings(max_examples=60, deadline=None)
@given(pairs=LABELS)
def test_sums_say_what_the_plain_measures_say(
    pairs: list[tuple[ReasonLabel, ReasonLabel]],
) -> None:
    """Macro F1 and kappa of summed counts are those of the labels."""
    one = head(pairs)
    table = confusion(counts(one).sum(0), one)
    expected, found = [a for a, _ in pairs], [b for _, b in pairs]
    assert macro_f1(table) == pytest.approx(measure.macro_f1(expected, found))
    assert kappa(table) == pytest.approx(measure.weighted_kappa(expected, found))


@settings(max_examples=60, deadline=None)
@given(pairs=SPANS)
def test_summed_characters_give_the_plain_f1(pairs: list[tuple[list[Span], list[Span]]]) -> None:
    """The F1 of loaded words is that of the card's measure."""
    cases = tuple(Marked(i, tuple(a), tuple(b), sure=True) for i, (a, b) in enumerate(pairs))
    plain = measure.character_f1([a for a, _ in pairs], [b for _, b in pairs])
    assert f1(characters(cases).sum(0)) == pytest.approx(plain)


@settings(max_examples=20, deadline=None)
@given(pairs=LABELS)
def test_every_figure_lies_in_its_interval(pairs: list[tuple[ReasonLabel, ReasonLabel]]) -> None:
    """Also where a measure errs to one side in samples."""
    for one in figures(head(pairs)):
        assert one.between is not None
        low, high = one.between
        assert low - 1e-9 <= one.value <= high + 1e-9
        assert one.n > 0


def test_calibration_is_the_distance_of_confidence_from_the_share_right() -> None:
    """Nine in ten sure and six in ten right is an error of three tenths."""
    good, off = ReasonLabel.GOOD, ReasonLabel.OFF
    found = figures(head([(good, good)] * 6 + [(off, good)] * 4))
    assert named(found, "calibration error").value == pytest.approx(0.3)
    assert named(found, "off called good").value == 1
    assert named(found, "off called good").n == 4


def test_precision_and_recall_are_told_of_labels_that_occur() -> None:
    """A label that is neither there nor said has no row."""
    rows = by_class(kinds([True] * 3 + [False]))
    assert [label for label, _, _ in rows] == [Kind.SOURCED_FACT, Kind.OPINION]
    assert [(one.n, one.value) for one in rows[1][1:]] == [(3, 1), (4, 0.75)]
    assert [(one.n, one.value) for one in rows[0][1:]] == [(1, 0), (0, 0)]


def test_words_that_nobody_labelled_give_no_figure() -> None:
    """Where nothing is loaded only how much was left clean can be told."""
    clean = word_figures((Marked(1, (), (), sure=True), Marked(2, (), ((0, 4),), sure=False)))
    assert {one.name for one in clean} == {
        "sentences right",
        "clean ones left clean",
        "sure",
        "right when sure",
    }
    assert named(clean, "clean ones left clean").value == 0.5
    assert word_figures(()) == []


WILSON = [(0, 0, (0, 1)), (0, 10, (0, 0.2775)), (5, 10, (0.2366, 0.7634)), (10, 10, (0.7225, 1))]
EXACT = [(0, 0, (0, 1)), (0, 10, (0, 0.3085)), (5, 10, (0.1871, 0.8129)), (10, 10, (0.6915, 1))]


@pytest.mark.parametrize(("right", "n", "expected"), WILSON)
def test_a_share_has_wilsons_interval(right: int, n: int, expected: tuple[float, float]) -> None:
    """All right of a few is no certainty."""
    assert wilson(right, n) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("right", "n", "expected"), EXACT)
def test_an_exact_interval_is_clopper_and_pearsons(
    right: int, n: int, expected: tuple[float, float]
) -> None:
    """The ends are those of published tables."""
    assert clopper_pearson(right, n) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("ours", "theirs", "n", "apart"),
    [
        (5, 0, 100, False),
        (6, 0, 100, True),
        (6, 0, 6, True),
        (9, 1, 50, True),
        (8, 2, 50, False),
        (0, 0, 1000, False),
        (0, 6, 100, True),
    ],
)
def test_models_are_told_apart_where_mcnemars_exact_test_does(
    ours: int, theirs: int, n: int, apart: bool
) -> None:
    """Five lines to none are not enough (p = 0.0625), six are (p = 0.031)."""
    low, high = matched(ours, theirs, n)
    assert (low > 0 or high < 0) is apart
    assert low <= (ours - theirs) / n <= high
    assert matched(theirs, ours, n) == pytest.approx((-high, -low))


def test_equal_models_are_seldom_called_different_and_differences_are_covered() -> None:
    """In simulated files the true difference lies within the interval 95 times in 100 or more."""
    chance = np.random.default_rng(5)
    for only_ours, only_theirs in ((0.1, 0.1), (0.2, 0.05), (0.02, 0.0)):
        drawn = chance.multinomial(80, (only_ours, only_theirs, 1 - only_ours - only_theirs), 300)
        ends = [matched(int(a), int(b), 80) for a, b, _ in drawn]
        held = [low - 1e-9 <= only_ours - only_theirs <= high + 1e-9 for low, high in ends]
        assert sum(held) / len(held) >= 0.95


def test_so_few_lines_can_never_tell_models_apart() -> None:
    """Six lines are the fewest, and more are needed where several heads are compared."""
    assert [tellable(n) for n in (5, 6)] == [False, True]
    assert not tellable(6, 0.05 / 3)


def heads(right: list[bool], marks: list[Span | None]) -> Heads:
    """Make what is compared: kinds, and lines on which (0, 4) is loaded."""
    found = (Marked(i, ((0, 4),), (one,) if one else (), sure=True) for i, one in enumerate(marks))
    return Heads((kinds(right),), tuple(found))


def test_a_head_is_better_only_where_its_lines_show_it() -> None:
    """Kinds differ on many lines; the words on four, which is too few whatever a bootstrap says."""
    ours = heads([True] * 40, [(0, 4)] * 20)
    theirs = heads([True] * 20 + [False] * 20, [(0, 4)] * 16 + [None] * 4)
    kind, words = compare(ours, theirs)
    assert (kind.verdict, kind.differing) == (Verdict.BETTER, 20)
    assert (words.verdict, words.differing) == (Verdict.UNDECIDED, 4)
    assert words.between[0] == 0
    assert [one.verdict for one in compare(theirs, ours)] == [Verdict.WORSE, Verdict.UNDECIDED]


def test_stance_has_a_say_where_more_lines_have_it_than_kinds() -> None:
    """What kinds are made of is not counted twice."""
    kind = kinds([True] * 10)
    stance = Head("stance", kind.labels, kind.cases)
    more = Head("stance", kind.labels, kinds([True] * 11).cases)
    for other, expected in ((stance, ["kind"]), (more, ["kind", "stance"])):
        both = Heads((kind, other), ())
        assert [one.head for one in compare(both, both)] == expected


def difference(name: str, low: float, high: float) -> Difference:
    """Make a difference with this interval."""
    return Difference(name, "accuracy", 50, 0.5, 0.5, 9, (low, high))


PLAIN: list[tuple[list[Difference], Verdict, str]] = [
    ([], Verdict.UNDECIDED, "On these 50 lines there is nothing that both A and B can do."),
    (
        [difference("kind", -0.1, 0.2)],
        Verdict.UNDECIDED,
        "On these 50 lines A and B cannot be told apart.",
    ),
    (
        [difference("kind", 0.1, 0.2), difference("reason", -0.1, 0.2)],
        Verdict.BETTER,
        "On these 50 lines A is better than B at kinds; at reasons the two cannot be told apart.",
    ),
    (
        [difference("kind", -0.3, -0.2), difference("loaded words", -0.3, -0.1)],
        Verdict.WORSE,
        "On these 50 lines A is worse than B at kinds and loaded words.",
    ),
    (
        [difference("kind", 0.1, 0.2), difference("reason", -0.2, -0.1)],
        Verdict.MIXED,
        "On these 50 lines A is better than B at kinds, and worse at reasons.",
    ),
    ([difference("kind", 0.0, 0.2)], Verdict.UNDECIDED, "cannot be told apart"),
]


@pytest.mark.parametrize(("found", "expected", "plain"), PLAIN)
def test_the_verdict_is_one_sentence_as_certain_as_its_intervals(
    found: list[Difference], expected: Verdict, plain: str
) -> None:
    """Better or worse is said of the heads whose interval leaves out nought, and of no other."""
    assert verdict(found) is expected
    assert plain in sentence(found, 50, "A", "B")


def test_the_same_cases_give_the_same_figures() -> None:
    """Samples are seeded."""
    chance = random.Random(1)
    pairs = [(chance.choice(REASONS), chance.choice(REASONS)) for _ in range(40)]
    assert figures(head(pairs)) == figures(head(pairs))
