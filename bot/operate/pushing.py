"""`whosays push`: writing a push that the running bot sends, and the table of pushes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import PushError
from bot.quiz.options import Options
from bot.store import classes, deliveries, pushes
from bot.store.classes import Class
from bot.store.database import Store
from bot.store.deliveries import DeliveryState
from bot.store.pushes import Push, PushState
from bot.teaching import pushes as teaching
from bot.teaching.library import Library
from bot.teaching.pushes import PushProblem
from bot.teaching.times import TimeProblem, read_moment, shown

_PROBLEMS = {
    PushProblem.NO_QUESTIONS: "no question of the set can be answered with these kinds",
    PushProblem.DEADLINE_FIRST: "the deadline has to come after it goes out",
    PushProblem.REMINDER_FIRST: "the reminder has to come after it goes out",
    PushProblem.REMINDER_LAST: "the reminder has to come before the deadline",
}
_TIME_PROBLEMS = {
    TimeProblem.UNREADABLE: 'is no time such as "tomorrow 9:00" or "2026-12-01 09:00"',
    TimeProblem.PAST: "is over already",
    TimeProblem.FAR: "is more than a year away",
    TimeProblem.SKIPPED: "does not exist: clocks are put forward over it",
}


def find_class(db: sqlite3.Connection, name: str) -> Class:
    """Return the class of a code, a number or a name; PushError for none or several."""
    by_code = classes.by_code(db, name)
    if by_code is not None:
        return by_code
    everything = classes.everything(db)
    found = [each for each in everything if name in (str(each.id), each.name)]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{each.code} ({each.name})" for each in everything) or "none"
    raise PushError(f"{len(found)} classes are called {name!r}; by code there are: {there}")


def write_push(
    store: Store,
    slug: str,
    class_name: str,
    options: Options,
    times: tuple[str, str, int | None],
    now: datetime,
) -> str:
    """Write a push and return in a line what will be sent; PushError for what cannot be.

    `times` are when to send and until when, as typed and empty for now and never, and how many
    hours before the deadline to remind.
    """
    at, deadline, remind = times
    class_ = find_class(store.reader, class_name)
    library = Library(store)
    sets = {one.slug: one for one in library.newest()}
    if slug not in sets:
        raise PushError(f"there is no set {slug!r}; there are: {', '.join(sets) or 'none'}")
    until = _moment("--deadline", deadline, class_, now) if deadline else None
    if remind is not None and until is None:
        raise PushError("--remind needs a --deadline")
    push = Push(
        id=0,
        class_id=class_.id,
        slug=slug,
        version=sets[slug].version,
        options=options,
        state=PushState.WAITING,
        send_at=_moment("--at", at, class_, now) if at else now,
        deadline=until,
        remind_at=until - timedelta(hours=remind) if until and remind is not None else None,
    )
    problem = teaching.problem(library, push, now)
    if problem is not None:
        raise PushError(_PROBLEMS[problem])
    number = store.write_now(lambda db: pushes.create(db, push))
    learners = len(classes.members(store.reader, class_.id))
    return _line(replace(push, id=number), sets[slug].title, class_, learners)


def print_pushes(console: Console, store: Store) -> None:
    """Print all pushes with how far each has come, the newest first."""
    found = pushes.confirmed(store.reader)
    if not found:
        console.print("Nothing was pushed yet.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("push", "set", "class", "state", "at", "until", "sent", "opened", "finished"):
        table.add_column(name, no_wrap=True)
    table.add_column("troubles")
    for push in found:
        table.add_row(*(Text(cell) for cell in _cells(store.reader, push)))
    console.print(table)


def cancel(store: Store, number: int) -> None:
    """Stop a push; PushError for one that is not there or is through."""
    if pushes.load(store.reader, number) is None:
        raise PushError(f"there is no push {number}")
    if not store.write_now(lambda db: pushes.cancel(db, number)):
        raise PushError(f"push {number} is through and cannot be stopped")


def _moment(option: str, typed: str, class_: Class, now: datetime) -> datetime:
    found = read_moment(typed, class_.zone, now)
    if isinstance(found, TimeProblem):
        here = f"it is {shown(now, class_.zone)} in {ZoneInfo(class_.zone)}"
        raise PushError(f"{option} {typed!r} {_TIME_PROBLEMS[found]} ({here})")
    return found


def _line(push: Push, title: str, class_: Class, learners: int) -> str:
    when = shown(push.send_at, class_.zone) if push.send_at else "now"
    until = f", until {shown(push.deadline, class_.zone)}" if push.deadline else ""
    return (
        f'push {push.id}: "{title}" to {class_.name} ({learners} learners),'
        f" {when}{until} ({class_.zone}); the running bot sends it"
    )


def _cells(db: sqlite3.Connection, push: Push) -> Sequence[str]:
    class_ = classes.load(db, push.class_id)
    zone, name = (class_.zone, class_.name) if class_ else ("UTC", "")
    rows = deliveries.of_push(db, push.id)
    states = Counter(row.state for row in rows)
    troubles = [
        f"{states[state]} {state}"
        for state in (DeliveryState.BLOCKED, DeliveryState.FAILED, DeliveryState.UNKNOWN)
        if states[state]
    ]
    return (
        str(push.id),
        f"{push.slug} v{push.version}",
        name,
        push.state,
        shown(push.send_at, zone) if push.send_at else "",
        shown(push.deadline, zone) if push.deadline else "",
        f"{states[DeliveryState.SENT]}/{len(rows)}" if rows else "",
        str(sum(row.opened for row in rows)) if rows else "",
        str(sum(row.finished for row in rows)) if rows else "",
        ", ".join(troubles),
    )
