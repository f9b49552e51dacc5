"""Discernment: what is counted, and what sensitivity and lean make of the counts."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.quiz.discernment import ENOUGH, Axis, Counts, count, discern
from bot.quiz.labels import Kind

# kind, is it an opinion, is it without a source?
SIGNALS = [
    (Kind.SOURCED_FACT, False, False),
    (Kind.UNSOURCED_CLAIM, False, True),
    (Kind.REPORTED_OPINION, True, False),
    (Kind.OPINION, True, True),
]

# signals, hits, others, false alarms → d′, c; by hand from a table of the normal distribution,
# with half an answer added to each cell. First line: (20 + .5) / 26 = .7885, z = .8011 and
# (10 + .5) / 26 = .4038, z = -.2434.
WORKED = [
    (25, 20, 25, 10, 1.0445, -0.2789),
    (20, 15, 20, 5, 1.2750, 0.0),
    (20, 10, 20, 2, 1.1798, 0.5899),
    (10, 9, 10, 1, 2.1936, 0.0),
    (20, 20, 20, 0, 3.9615, 0.0),
    (20, 20, 20, 20, 0.0, -1.9808),
    (20, 0, 20, 0, 0.0, 1.9808),
    (20, 5, 20, 15, -1.2750, 0.0),
]

sizes = st.integers(1, 400)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """Draw counts with answers in both classes."""
    signals, others = draw(sizes), draw(sizes)
    return Counts(signals, draw(st.integers(0, signals)), others, draw(st.integers(0, others)))


@pytest.mark.parametrize(("kind", "opinion", "unsourced"), SIGNALS)
def test_each_axis_takes_two_kinds_for_its_signal(
    kind: Kind, opinion: bool, unsourced: bool
) -> None:
    """Opinions are the signal of stance, kinds without a source that of source."""
    assert Axis.STANCE.signal(kind) is opinion
    assert Axis.SOURCE.signal(kind) is unsourced


def test_counting_keeps_hits_and_false_alarms_apart() -> None:
    """Each (expected, said) pair counts on the side of what was expected, by what was said."""
    answers = [
        (Kind.OPINION, Kind.REPORTED_OPINION),
        (Kind.OPINION, Kind.UNSOURCED_CLAIM),
        (Kind.SOURCED_FACT, Kind.OPINION),
        (Kind.SOURCED_FACT, Kind.SOURCED_FACT),
        (Kind.UNSOURCED_CLAIM, Kind.SOURCED_FACT),
    ]
    assert count(Axis.STANCE, answers) == Counts(signals=2, hits=1, others=3, false_alarms=1)
    assert count(Axis.SOURCE, answers) == Counts(signals=3, hits=1, others=2, false_alarms=1)


@pytest.mark.parametrize(
    ("signals", "others", "enough"),
    [(ENOUGH, ENOUGH, True), (ENOUGH - 1, 500, False), (500, ENOUGH - 1, False)],
)
def test_both_classes_need_enough_answers(signals: int, others: int, enough: bool) -> None:
    """A lopsided history is not enough, however long it is."""
    assert Counts(signals, 0, others, 0).enough is enough


@pytest.mark.parametrize(
    ("signals", "hits", "others", "false_alarms", "sensitivity", "lean"), WORKED
)
def test_worked_examples(
    signals: int, hits: int, others: int, false_alarms: int, sensitivity: float, lean: float
) -> None:
    """Classes of one size give the d′ and c of the textbook's log-linear correction."""
    found = discern(Counts(signals, hits, others, false_alarms))
    assert found.sensitivity == pytest.approx(sensitivity, abs=5e-4)
    assert found.lean == pytest.approx(lean, abs=5e-4)


def test_the_interval_of_a_worked_example() -> None:
    """The 95 % interval is that of Gourevitch and Galanter, worked by hand for 15 and 5 of 20."""
    # H = 15.5/21 = .7381, density at z = .6375: .3256; each class .7381·.2619/(21·.3256²) = .0868
    found = discern(Counts(20, 15, 20, 5))
    assert found.high - found.sensitivity == pytest.approx(1.96 * (2 * 0.0868) ** 0.5, abs=2e-3)
    assert found.sensitivity - found.low == pytest.approx(found.high - found.sensitivity)


@given(sizes, sizes)
@settings(max_examples=100, deadline=None)
def test_calling_everything_one_name_is_no_skill(signals: int, others: int) -> None:
    """One answer to everything gives d′ of exactly 0, whatever the sizes of the classes."""
    everything = discern(Counts(signals, signals, others, others))
    nothing = discern(Counts(signals, 0, others, 0))
    assert everything.sensitivity == nothing.sensitivity == 0
    assert everything.lean < 0 < nothing.lean


@given(st.integers(ENOUGH, 400), st.integers(ENOUGH, 400))
@settings(max_examples=50, deadline=None)
def test_perfect_answers_are_excellent(signals: int, others: int) -> None:
    """Perfect answers to enough questions give a high, finite d′; reversed ones its negative."""
    perfect = discern(Counts(signals, signals, others, 0))
    assert 3 < perfect.sensitivity < 10
    assert perfect.low > 0
    reversed_ = discern(Counts(signals, 0, others, others))
    assert reversed_.sensitivity == pytest.approx(-perfect.sensitivity)


@given(counts())
@settings(max_examples=50, deadline=None)
def test_the_interval_holds_its_sensitivity(found: Counts) -> None:
    """The interval of d′ contains it."""
    seen = discern(found)
    assert seen.low < seen.sensitivity < seen.high


@given(counts(), st.integers(2, 20))
@settings(max_examples=50, deadline=None)
def test_more_answers_narrow_the_interval(found: Counts, times: int) -> None:
    """The same rates from more answers give a narrower interval."""
    assume(0 < found.hits < found.signals and 0 < found.false_alarms < found.others)
    few = discern(found)
    many = discern(
        Counts(
            found.signals * times,
            found.hits * times,
            found.others * times,
            found.false_alarms * times,
        )
    )
    assert many.high - many.low < few.high - few.low


@given(counts())
@settings(max_examples=50, deadline=None)
def test_a_further_hit_and_a_further_false_alarm_pull_apart(found: Counts) -> None:
    """A hit more raises d′, a false alarm more lowers it, and both lean to calling more."""
    assume(found.hits < found.signals and found.false_alarms < found.others)
    before = discern(found)
    hit = discern(Counts(found.signals, found.hits + 1, found.others, found.false_alarms))
    alarm = discern(Counts(found.signals, found.hits, found.others, found.false_alarms + 1))
    assert alarm.sensitivity < before.sensitivity < hit.sensitivity
    assert hit.lean < before.lean
    assert alarm.lean < before.lean


@given(counts())
@settings(max_examples=50, deadline=None)
def test_naming_the_other_class_the_signal_mirrors_the_lean(found: Counts) -> None:
    """Swapping what is called the signal keeps d′ and turns the lean round."""
    mirrored = discern(
        Counts(
            found.others,
            found.others - found.false_alarms,
            found.signals,
            found.signals - found.hits,
        )
    )
    straight = discern(found)
    assert mirrored.sensitivity == pytest.approx(straight.sensitivity, abs=1e-9)
    assert mirrored.lean == pytest.approx(-straight.lean, abs=1e-9)


@pytest.mark.parametrize("empty", [Counts(), Counts(5, 3, 0, 0), Counts(0, 0, 5, 3)])
def test_a_class_without_answers_has_no_discernment(empty: Counts) -> None:
    """Where one class has no answers there is nothing to tell apart, and it is said so."""
    with pytest.raises(ValueError, match="both classes"):
        discern(empty)
