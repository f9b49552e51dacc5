"""The two transitions of a round: showing the next question and answering the one shown.

    state of the item   event    →  state        gives
    not shown           show        shown        the round with the clock started
    shown               answer      answered     the round and a log entry
    anything else       either      unchanged    Stale, with the reason

Nothing is mutated; an event that does not fit changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.quiz.labels import Verdict
from bot.quiz.marking import fits, mark
from bot.quiz.rounds.state import Answer, LogEntry, Round, Stale, StaleReason


def show(round_: Round, position: int, now: datetime) -> Round | Stale:
    """Put the item at a position before the learner; Stale when it is not that item's turn."""
    if round_.closed:
        return Stale(StaleReason.CLOSED)
    if position < round_.shown:
        return Stale(StaleReason.ANSWERED)
    if position != round_.position or round_.done:
        return Stale(StaleReason.NOT_SHOWN)
    return replace(round_, shown=position + 1, shown_at=now)


def answer(round_: Round, said: Answer, now: datetime) -> tuple[Round, LogEntry] | Stale:
    """Grade an answer to the item shown; Stale, with nothing changed, when it does not fit.

    A late answer is kept with what it would have been held against, and earns nothing.
    """
    if (out_of_turn := stale(round_, said)) is not None:
        return out_of_turn
    item = round_.current
    grade = mark(
        item.question,
        item.ask,
        said.said,
        item.reading,
        said.judgement,
        over_costs=round_.options.over_costs,
    )
    if round_.late(now):
        grade = replace(grade, score=0.0, verdict=Verdict.LATE)
    seconds = (now - round_.shown_at).total_seconds() if round_.shown_at else None
    entry = LogEntry(
        learner=round_.learner,
        round_id=round_.id,
        position=said.position,
        item=item,
        said=said.said,
        grade=grade,
        at=now,
        seconds=seconds,
    )
    answered = replace(round_, grades=(*round_.grades, grade))
    return replace(answered, closed=answered.done), entry


def stale(round_: Round, said: Answer) -> Stale | None:
    """Return why an answer does not fit, None where it does; nothing needs to be read for that."""
    reason = _staleness(round_, said)
    return None if reason is None else Stale(reason)


def _staleness(round_: Round, said: Answer) -> StaleReason | None:
    if said.round_id != round_.id:
        return StaleReason.OTHER_ROUND
    if said.position < round_.position:
        return StaleReason.ANSWERED
    if round_.closed:
        return StaleReason.CLOSED
    if said.position > round_.position or round_.shown <= said.position:
        return StaleReason.NOT_SHOWN
    if not fits(round_.current.ask, said.said):
        return StaleReason.NOT_ASKED
    return None
