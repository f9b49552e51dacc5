"""Grading again from the shell: the same plan and the same rows as in the chat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.console import Console
from rich.table import Table

from bot.errors import ClassError
from bot.quiz.values import Grade, QuizSet
from bot.store.database import Store
from bot.teaching import settling
from bot.teaching.classbook import plan_of
from bot.teaching.library import Library
from bot.teaching.regrades import Plan


def print_plan(console: Console, store: Store, slug: str, *, lower: bool) -> Plan:
    """Print who would change, from what to what; ClassError for a set that is not there."""
    library = Library(store)
    plan = plan_of(store.reader, library, _found(library, slug), lower=lower)
    if plan.felt:
        table = Table("answer", "learner", "question", "asked", "now", "then")
        for change in plan.felt:
            one = change.result
            cells = (str(one.answer), f"#{one.learner}", one.question, str(one.ask))
            table.add_row(*cells, _worth(one.grade), _worth(change.grade))
        console.print(table)
    console.print(f"{len(plan.felt)} grades would change")
    if plan.unfelt:
        console.print(f"{plan.unfelt} answers are as wrong by the new key as by the old one")
    if plan.spared:
        console.print(f"{plan.spared} scores would fall and are left: --may-lower lets them")
    return plan


def apply(store: Store, slug: str, plan: Plan, now: datetime, say: Callable[[str], object]) -> None:
    """Do what was printed."""
    version = _found(Library(store), slug).version
    store.write_now(lambda db: settling.apply(db, plan, version, None, now))
    say(f"{len(plan.felt)} answers have a new grade; the old ones stay in the log")


def undo(store: Store, slug: str, now: datetime, say: Callable[[str], object]) -> None:
    """Let the grades before the newest regrade stand again."""
    _found(Library(store), slug)
    count = store.write_now(lambda db: settling.undo(db, slug, None, now))
    say(f"{count} answers have their earlier grade again")


def _found(library: Library, slug: str) -> QuizSet:
    quiz_set = library.find(slug)
    if quiz_set is None:
        there = ", ".join(one.slug for one in library.everything()) or "none"
        raise ClassError(f"there is no set {slug!r}; there are: {there}")
    return quiz_set


def _worth(grade: Grade) -> str:
    return f"{grade.verdict} {grade.score:.2f}"
