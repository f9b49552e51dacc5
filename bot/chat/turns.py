"""What a journey gives back: what to write and what to say.

A journey writes and sends nothing itself; the shell does both, the writes in one transaction with
the done mark of the update, the calls after it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from bot.chat import says
from bot.chat.event import Event
from bot.quiz.labels import GradedBy, Verdict
from bot.store.calls import Call
from bot.texts import Markup

Write = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True, slots=True)
class Grading:
    """One answer that was graded, for those who watch the machine: who graded, and how.

    `seconds` is how long it took, the machine's reading included. `sure` is what the machine said
    of itself, None where it had no part.
    """

    seconds: float
    by: GradedBy
    verdict: Verdict
    sure: bool | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to; `wakes` is whether pushes may then have something to send.

    `toast` is a line that fades away, for a press; see `acknowledging` for when it is shown.
    """

    says: tuple[Call, ...] = ()
    writes: tuple[Write, ...] = ()
    wakes: bool = False
    gradings: tuple[Grading, ...] = ()
    toast: str = ""

    def then(self, other: Turn) -> Turn:
        """Return this turn followed by another."""
        return Turn(
            self.says + other.says,
            self.writes + other.writes,
            self.wakes or other.wakes,
            self.gradings + other.gradings,
            self.toast or other.toast,
        )


def reply(event: Event, html: Markup, keyboard: says.Keyboard = ()) -> Turn:
    """Say something in the chat that the event came from."""
    return Turn((says.send(event.chat_id, html, keyboard),))


def acknowledge(event: Event, text: str = "") -> Turn:
    """Answer a press with a line that fades away where there is a text; it is answered anyway."""
    return Turn() if event.callback_id is None else Turn(toast=text)
