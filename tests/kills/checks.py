"""What must hold after everything was handled, whatever happened before.

The log: every answer that somebody gave is in it exactly once, as it was said; of several to one
question the first counts. Nothing is in it that nobody said.

A chat ends on the right message: of the messages that offer to go on, the newest one offers what
the store is waiting for:

    the learner's open round            the newest offer
    its question is shown, unanswered   the answers to that question, or to resume that round
    its last question is answered       the next question of that round, or to resume it
    there is none                       to finish the last round, or to begin another (to resume one
                                        that is done comes to the same as to finish it)

And no question of a round was ever sent in a second message, unless the learner asked for it to be
shown again: a message that arrived while the bot was killed is in the chat and yet not known to the
bot, which then offers to show the question instead of doing so.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.buttons import Begin, Finish, Next, Press, Resume
from bot.local.values import Message
from tests.kills.learners import ANSWERS, Given, Question, offers


def log_faults(db: sqlite3.Connection, given: Iterable[Given]) -> list[str]:
    """Return what is wrong with the score log: answers lost, doubled, changed or made up."""
    said: dict[Question, Given] = {}
    for each in sorted(given, key=lambda each: each.update_id):
        said.setdefault((each.round_id, each.position), each)
    rows = db.execute("SELECT round, position, said FROM answers").fetchall()
    times = Counter((round_id, position) for round_id, position, _ in rows)
    found = [f"lost: {each}" for question, each in said.items() if question not in times]
    found += [f"{number} times: {question}" for question, number in times.items() if number > 1]
    for round_id, position, words in rows:
        answer = said.get((round_id, position))
        if answer is None:
            found.append(f"said by nobody: {round_id}:{position} {words}")
        elif json.loads(words) != answer.said:
            found.append(f"said otherwise: {words} and not {answer}")
    return found


def rounds_faults(db: sqlite3.Connection, telegram_id: int, begun: int) -> list[str]:
    """Return whether there are other rounds of a learner than were begun."""
    query = "SELECT count(*) FROM rounds JOIN identities USING (learner) WHERE telegram_id = ?"
    (there,) = db.execute(query, (telegram_id,)).fetchone()
    return [] if there == begun else [f"learner {telegram_id}: {there} rounds of {begun} begun"]


def lost(db: sqlite3.Connection, given: Iterable[Given]) -> tuple[int, int]:
    """Return how many of the answered questions are not in the log, and how many there were."""
    asked = {(each.round_id, each.position) for each in given}
    there = {*db.execute("SELECT round, position FROM answers").fetchall()}
    return len(asked - there), len(asked)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands by the store; no round where none was ever begun."""

    round_id: int | None
    answered: int
    waiting: bool
    closed: bool
    done: bool


def standing(db: sqlite3.Connection, telegram_id: int) -> Standing:
    """Return where a learner stands: in the open round, else after the last one."""
    row = db.execute(
        "SELECT rounds.id, shown, closed, json_array_length(items),"
        " (SELECT count(*) FROM answers WHERE round = rounds.id)"
        " FROM rounds JOIN identities USING (learner) WHERE telegram_id = ?"
        " ORDER BY closed, started_at DESC, rounds.rowid DESC LIMIT 1",
        (telegram_id,),
    ).fetchone()
    if row is None:
        return Standing(None, 0, waiting=False, closed=True, done=False)
    round_id, shown, closed, total, answered = row
    waiting, done = shown > answered, answered == total
    return Standing(round_id, answered, waiting=waiting, closed=bool(closed), done=done)


def chat_faults(messages: Sequence[Message], stands: Standing) -> list[str]:
    """Return what is wrong with the end of a chat."""
    found = offers(messages)
    if not found:
        return ["nothing is offered"]
    if any(_fits(press, stands) for _, press in found[0].presses):
        return []
    return [f"ends on {found[0]} while {stands}"]


def shown_faults(shown: Mapping[Question, int], resumed: Mapping[int, int]) -> list[str]:
    """Return which questions were sent again unasked, with how often their rounds were resumed."""
    return [
        f"sent {number} times: {question}"
        for question, number in shown.items()
        if number > 1 + resumed.get(question[0], 0)
    ]


def _fits(press: Press, stands: Standing) -> bool:
    """Whether a press goes on from where a learner stands."""
    match press:
        case Resume(round_id=round_id):
            return round_id == stands.round_id and (stands.done or not stands.closed)
        case Next(round_id=round_id, position=position):
            here = (round_id, position) == (stands.round_id, stands.answered)
            return here and not stands.closed and not stands.waiting
        case Finish():
            return stands.closed
        case Begin():
            return stands.closed
    return (
        isinstance(press, ANSWERS)
        and not stands.closed
        and stands.waiting
        and (press.round_id, press.position) == (stands.round_id, stands.answered)
    )
