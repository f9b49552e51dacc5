"""Options: what they may be, how they are kept, and what they do to a round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.answers import Chosen, Marked, Passed
from bot.quiz.labels import Ask, Kind, Verdict
from bot.quiz.marking import mark
from bot.quiz.options import (
    SECONDS,
    SIZE,
    USUAL,
    Feedback,
    Options,
    Order,
    from_json,
    narrowed,
    offered,
)
from bot.quiz.rounds import Round, in_order
from bot.quiz.rounds.state import GRACE
from bot.quiz.tally import Graded, kinds_said, progress, tally
from tests.quiz.builders import NOW, TEXT, answering, item, question, quiz_set, showing, spans_of

OPTIONS = st.builds(
    Options,
    kinds=st.lists(st.sampled_from(Kind), min_size=2, unique=True).map(tuple) | st.just(()),
    feedback=st.sampled_from(Feedback),
    retry=st.booleans(),
    over_costs=st.booleans(),
    seconds=st.none() | st.integers(*SECONDS),
    order=st.sampled_from(Order),
    size=st.none() | st.integers(*SIZE),
)
FACT, CLAIM, REPORTED, OPINION = Kind


@given(OPTIONS)
def test_there_and_back(options: Options) -> None:
    """Options come back from their JSON as they were."""
    assert from_json(options.to_json()) == options


def test_usual_options_need_no_words() -> None:
    """A round that a learner begins has the empty JSON that the store fills in by itself."""
    assert USUAL.to_json() == "{}"
    assert from_json("{}") == USUAL


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"kinds": (FACT,)}, "kinds"),
    ({"kinds": (FACT, FACT)}, "kinds"),
    ({"seconds": 4}, "seconds"),
    ({"seconds": 3601}, "seconds"),
    ({"size": 0}, "size"),
    ({"size": 51}, "size"),
]


@pytest.mark.parametrize(("given_", "named"), REFUSED)
def test_what_makes_no_sense_is_refused(given_: dict[str, object], named: str) -> None:
    """Values out of bounds are an error that names the option."""
    with pytest.raises(ValueError, match=named):
        Options(**given_)  # type: ignore[arg-type] # as a table has them


def test_unknown_options_are_refused() -> None:
    """JSON that no version of ours wrote is an error and not half read."""
    with pytest.raises(ValueError, match="unknown options: colour"):
        from_json('{"colour": "red"}')


OFFERS = [
    ((), tuple(Kind), tuple(Kind)),
    ((OPINION, FACT), tuple(Kind), (FACT, OPINION)),
    ((FACT, OPINION), (OPINION, FACT), (OPINION, FACT)),
    ((FACT, OPINION), (FACT, CLAIM), (FACT, CLAIM)),
]


@pytest.mark.parametrize(("wished", "of_set", "expected"), OFFERS)
def test_which_kinds_are_offered(
    wished: tuple[Kind, ...], of_set: tuple[Kind, ...], expected: tuple[Kind, ...]
) -> None:
    """Of a set's kinds those that are wished for, unless that leaves nothing to tell apart."""
    assert offered(of_set, Options(kinds=wished)) == expected


def test_nothing_is_asked_that_no_button_answers() -> None:
    """Questions whose kind is not offered lose that question; what asks nothing else is out."""
    asked = quiz_set(
        question(kind=FACT, name="kept"),
        question(kind=CLAIM, name="reason-only"),
        question(kind=CLAIM, name="out", ask=(Ask.KIND,)),
        question(kind=None, name="keyless", ask=(Ask.KIND, Ask.LOADED)),
        question(kind=REPORTED, name="open", borderline=True),
    )
    found = narrowed(asked, Options(kinds=(FACT, OPINION)))
    assert found.kinds == (FACT, OPINION)
    assert {each.id: each.ask for each in found.questions} == {
        "kept": tuple(Ask),
        "reason-only": (Ask.LOADED, Ask.REASON),
        "keyless": (Ask.LOADED,),
    }
    assert narrowed(asked, USUAL) is asked


def test_fixed_order_is_the_files() -> None:
    """A fixed round has the questions as the file has them, each with the first thing it asks."""
    names = ["c", "a", "b"]
    asks = (Ask.REASON, Ask.KIND)
    fixed = quiz_set(*(question(name=name, ask=asks) for name in names))
    assert [each.question.id for each in in_order([fixed]).items] == names
    assert [each.question.id for each in in_order([fixed], 2).items] == names[:2]
    assert {each.ask for each in in_order([fixed]).items} == {Ask.REASON}


OVER = [
    (("despot",), ("despot", "Monday"), 0.5, 1.0),
    (("despot", "Monday"), ("despot",), 0.5, 0.5),
    ((), ("despot",), 0.0, 1.0),
    (("despot",), ("Monday",), 0.0, 0.0),
]


@pytest.mark.parametrize(("loaded", "marked", "costing", "free"), OVER)
def test_marking_too_much(
    loaded: tuple[str, ...], marked: tuple[str, ...], costing: float, free: float
) -> None:
    """Where over-marks cost nothing only what was missed takes points away."""
    asked = question(loaded=loaded)
    said = Marked(spans_of(TEXT, *marked))
    assert mark(asked, Ask.LOADED, said, None).score == costing
    assert mark(asked, Ask.LOADED, said, None, over_costs=False).score == free


LIMIT = Options(seconds=30)
IN_TIME = timedelta(seconds=30) + GRACE
LATE = [
    (LIMIT, None, IN_TIME, False),
    (LIMIT, None, IN_TIME + timedelta(milliseconds=1), True),
    (USUAL, None, timedelta(days=1), False),
    (USUAL, timedelta(hours=1), timedelta(hours=1), False),
    (USUAL, timedelta(hours=1), timedelta(hours=1, seconds=1), True),
]


@pytest.mark.parametrize(("options", "deadline", "after", "late"), LATE)
def test_what_is_late(
    options: Options, deadline: timedelta | None, after: timedelta, late: bool
) -> None:
    """An answer is late after the time for its question or the deadline of its round."""
    until = None if deadline is None else NOW + deadline
    shown = showing(Round(1, 1, (item(),), options=options, deadline=until))
    round_, entry = answering(shown, Chosen(Kind.OPINION), NOW + after)
    assert (entry.grade.verdict is Verdict.LATE) is late
    assert entry.grade.score == (0.0 if late else 1.0)
    assert entry.grade.expected == Kind.OPINION
    assert round_.done


@pytest.mark.parametrize("said", [Chosen(Kind.OPINION), Chosen(Kind.SOURCED_FACT), Passed()])
def test_late_answers_say_nothing_about_the_learner(said: Chosen | Passed) -> None:
    """They stand in no count of skill, in no progress line and in no discernment."""
    shown = showing(Round(1, 1, (item(),), options=LIMIT))
    _, entry = answering(shown, said, NOW + timedelta(minutes=5))
    answers = [Graded(Ask.KIND, said, entry.grade)]
    counts = tally(answers)
    assert (counts.late, counts.points, counts.kind_total, counts.open) == (1, 0.0, 0, 0)
    assert kinds_said(answers) == []
    assert progress(answers, Ask.KIND) == []
