"""Showing and answering: what moves a round on, and what is stale and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, Kind, ReasonLabel, Verdict
from bot.quiz.rounds import Answer, LogEntry, Round, Stale, StaleReason, answer, show
from tests.quiz.builders import (
    NOW,
    answering,
    item,
    judgement,
    playing,
    question,
    reading,
    round_of,
    showing,
)

RIGHT, WRONG = Chosen(Kind.OPINION), Chosen(Kind.SOURCED_FACT)
ITEMS = (item(question(name="a")), item(question(name="b"), Ask.LOADED), item(question(name="c")))

FRESH = round_of(*ITEMS)
SHOWN = showing(FRESH)
SECOND, _ = playing(FRESH, RIGHT)
SECOND_SHOWN = showing(SECOND)
FINISHED, _ = playing(FRESH, RIGHT, Marked(()), RIGHT)
CANCELLED = replace(SHOWN, closed=True)
EMPTY = round_of()

# the round, the answer → why it changes nothing
STALE: list[tuple[Round, Answer, StaleReason]] = [
    (SHOWN, Answer(2, 0, RIGHT), StaleReason.OTHER_ROUND),
    (FINISHED, Answer(2, 0, RIGHT), StaleReason.OTHER_ROUND),
    (CANCELLED, Answer(1, 0, RIGHT), StaleReason.CLOSED),
    (FINISHED, Answer(1, 3, RIGHT), StaleReason.CLOSED),
    (SECOND, Answer(1, 0, RIGHT), StaleReason.ANSWERED),
    (SECOND, Answer(1, 0, WRONG), StaleReason.ANSWERED),
    (SECOND_SHOWN, Answer(1, 0, WRONG), StaleReason.ANSWERED),
    (FINISHED, Answer(1, 2, WRONG), StaleReason.ANSWERED),
    (replace(SECOND, closed=True), Answer(1, 0, WRONG), StaleReason.ANSWERED),
    (SHOWN, Answer(1, -1, RIGHT), StaleReason.ANSWERED),
    (FRESH, Answer(1, 0, RIGHT), StaleReason.NOT_SHOWN),
    (SHOWN, Answer(1, 1, Marked(())), StaleReason.NOT_SHOWN),
    (SECOND, Answer(1, 1, Marked(())), StaleReason.NOT_SHOWN),
    (SECOND_SHOWN, Answer(1, 2, RIGHT), StaleReason.NOT_SHOWN),
    (EMPTY, Answer(1, 0, RIGHT), StaleReason.NOT_SHOWN),
    (SHOWN, Answer(1, 0, Marked(())), StaleReason.NOT_ASKED),
    (SHOWN, Answer(1, 0, Reasoned("so")), StaleReason.NOT_ASKED),
    (SECOND_SHOWN, Answer(1, 1, RIGHT), StaleReason.NOT_ASKED),
]

# the round, the position to show → why it is not that one's turn
NOT_TO_BE_SHOWN: list[tuple[Round, int, StaleReason]] = [
    (FRESH, 1, StaleReason.NOT_SHOWN),
    (SHOWN, 0, StaleReason.ANSWERED),
    (SHOWN, 1, StaleReason.NOT_SHOWN),
    (SECOND, 0, StaleReason.ANSWERED),
    (SECOND, 2, StaleReason.NOT_SHOWN),
    (CANCELLED, 1, StaleReason.CLOSED),
    (FINISHED, 3, StaleReason.CLOSED),
    (EMPTY, 0, StaleReason.NOT_SHOWN),
]


@pytest.mark.parametrize(("round_", "said", "reason"), STALE)
def test_an_answer_out_of_turn_is_stale(round_: Round, said: Answer, reason: StaleReason) -> None:
    """A late, double, early or foreign answer gives a reason instead of a round and a log entry."""
    assert answer(round_, said, NOW) == Stale(reason)


@pytest.mark.parametrize(("round_", "position", "reason"), NOT_TO_BE_SHOWN)
def test_a_question_out_of_turn_is_not_shown(
    round_: Round, position: int, reason: StaleReason
) -> None:
    """Only the next question of an open round can be shown, and only once."""
    assert show(round_, position, NOW) == Stale(reason)


def test_every_reason_for_staleness_has_its_case() -> None:
    """The table above leaves no reason out."""
    assert {reason for _, _, reason in STALE} == set(StaleReason)


def test_stale_answers_leave_no_trace() -> None:
    """A round played with stale answers thrown in between ends as one without them."""
    said: tuple[Said, ...] = (RIGHT, Marked(()), WRONG)
    round_ = FRESH
    for turn in said:
        round_ = showing(round_)
        before = replace(round_)
        for stale in (
            Answer(1, 0, WRONG),
            Answer(9, round_.position, turn),
            Answer(1, 2, Passed()),
        ):
            if stale.position != round_.position or stale.round_id != 1:
                assert isinstance(answer(round_, stale, NOW), Stale)
        assert round_ == before
        round_, _ = answering(round_, turn)
    assert round_ == playing(FRESH, *said)[0]


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        (ReasonLabel.GOOD, Verdict.RIGHT),
        (ReasonLabel.PARTLY, Verdict.PARTLY),
        (ReasonLabel.OFF, Verdict.WRONG),
    ],
)
def test_a_judgement_comes_with_its_reason(label: ReasonLabel, verdict: Verdict) -> None:
    """What the machine makes of a reason is handed in beside it, and graded by and logged."""
    shown = round_of(item(ask=Ask.REASON), shown=True)
    after, entry = answering(shown, Reasoned("so"), judged=judgement(label))
    assert entry.grade.verdict is verdict
    assert (entry.grade.model_label, entry.grade.model_sure) == (label, True)
    assert after.grades == (entry.grade,)


def test_showing_starts_the_clock() -> None:
    """A shown question waits for its answer, from the moment at which it was shown."""
    assert not FRESH.waiting
    assert SHOWN.waiting
    assert (SHOWN.shown, SHOWN.shown_at, SHOWN.position) == (1, NOW, 0)
    assert FRESH.shown == 0


def test_an_answer_is_graded_and_logged() -> None:
    """The log entry says who answered what where, how it was graded, when and how fast."""
    read = reading(Kind.OPINION)
    asked = item(question(kind=None), slug="s", version=3, read=read)
    round_ = round_of(asked, number=7, learner=5, shown=True)
    after, entry = answering(round_, WRONG, NOW + timedelta(seconds=4.5))
    assert (entry.learner, entry.round_id, entry.position) == (5, 7, 0)
    assert (entry.item, entry.said, entry.at) == (asked, WRONG, NOW + timedelta(seconds=4.5))
    assert entry.seconds == 4.5
    assert (entry.grade.verdict, entry.grade.model_version) == (Verdict.WRONG, "m-1")
    assert after.grades == (entry.grade,)


def test_the_last_answer_closes_the_round() -> None:
    """A round is open until its last question is answered and done from then on."""
    assert (SECOND.closed, SECOND.done) == (False, False)
    assert (FINISHED.closed, FINISHED.done) == (True, True)
    assert (FINISHED.position, len(FINISHED.grades)) == (3, 3)


def test_a_round_that_was_shown_before_its_clock_was_kept_has_no_seconds() -> None:
    """Without a moment of showing the time an answer took is unknown, not zero."""
    _, entry = answering(replace(SHOWN, shown_at=None), RIGHT)
    assert entry.seconds is None


events = st.lists(
    st.tuples(
        st.sampled_from(["show", "answer"]),
        st.integers(1, 2),
        st.integers(0, 3),
        st.sampled_from([RIGHT, WRONG, Marked(()), Passed(), Reasoned("so")]),
    ),
    max_size=30,
)


@given(events)
@settings(max_examples=80, deadline=None)
def test_any_presses_in_any_order_answer_each_question_once(
    presses: list[tuple[str, int, int, Said]],
) -> None:
    """Whatever is pressed when, the log holds each position once, in order, as the grades do."""
    round_, log = FRESH, list[LogEntry]()
    for event, number, position, said in presses:
        if event == "show":
            shown = show(round_, position, NOW)
            round_ = round_ if isinstance(shown, Stale) else shown
        else:
            after = answer(round_, Answer(number, position, said), NOW)
            if not isinstance(after, Stale):
                round_, entry = after
                log.append(entry)
    assert [entry.position for entry in log] == list(range(len(log)))
    assert round_.grades == tuple(entry.grade for entry in log)
    assert round_.closed is (len(log) == len(ITEMS))
