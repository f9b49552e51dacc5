"""A bot with somebody in every role, and one of everything that a button can be about.

An instructor leads a class, a helper helps, a pupil learns in it and has rounds in every state; a
stranger leads another class with a helper of theirs. Whoever presses what is nobody else's is
tried out on this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any, get_type_hints

from bot.chat import buttons, routes
from bot.chat.buttons import Press
from bot.chat.buttons import push as push_buttons
from bot.chat.event import Event
from bot.chat.turns import Turn
from bot.local.values import Account
from bot.quiz import rounds as core
from bot.quiz.answers import Marked, Passed
from bot.quiz.labels import Ask, Kind
from bot.quiz.options import Feedback, Options
from bot.quiz.rounds import Answer, Item, Round, Stale
from bot.store import classes, drafts, log, pushes, regrades, results, rounds
from bot.store.pushes import Push, PushState
from bot.store.regrades import Why
from bot.store.roles import Role
from bot.teaching.drafts import Draft, to_json
from tests.chat.classroom import number
from tests.chat.dialogs import START, Chat
from tests.chat.people import somebody
from tests.chat.sets import asks, asks_loaded, seeds

NOBODY_S = 999_999_999_999_999
"""A number that nothing has."""

OF_ROLES: dict[str, Role] = {
    "newcomer": Role.LEARNER,
    "learner elsewhere": Role.LEARNER,
    "learner whose it is": Role.LEARNER,
    "co-instructor elsewhere": Role.LEARNER,
    "co-instructor": Role.LEARNER,
    "instructor elsewhere": Role.INSTRUCTOR,
    "instructor": Role.INSTRUCTOR,
    "operator": Role.OPERATOR,
}
"""Who is there, by what they are to the class, with the role that the store holds of them."""

ROUNDS = {"kind": 71, "loaded": 72, "done": 73, "next": 74, "deferred": 75}
"""Rounds of the pupil: waiting for a kind, for words, at an end, before the next, all deferred."""

DRAFT, OBJECTED, REGRADED = 81, (1, 2), 5


@dataclass(frozen=True)
class Scene:
    """The chat, everybody in it, and the numbers of what there is."""

    chat: Chat
    people: dict[str, Account]
    class_id: int
    draft_push: int
    sent_push: int
    slug: str = "little"

    def value(self, press: type[Press], name: str) -> Any:
        """Return what a field of a press holds where it is about the class or its pupil."""
        override = _OVERRIDES.get((press, name))
        if override is not None:
            return override
        by_name = {
            "class_id": self.class_id,
            "draft_id": DRAFT,
            "push": self.draft_push,
            "round_id": ROUNDS["done"],
            "position": 0,
            "slug": self.slug,
            "subject": f"d.{DRAFT}",
            "answer": OBJECTED[0],
            "question": "q0",
            "kind": Kind.OPINION,
            "start": 0,
            "end": 4,
            "listing": buttons.Listing.CLASSES,
            "about": self.class_id,
            **dict.fromkeys(("value", "place", "newest", "page"), 1),
            "field": push_buttons.Field.FEEDBACK,
            "when": push_buttons.When.SEND,
        }
        if press is buttons.Open and name == "push":
            return self.sent_push
        return by_name[name]

    def presses(self, of: type[Press]) -> Iterator[Press]:
        """Return presses of a type about the class or its pupil: one for each yes and no in it."""
        hints = get_type_hints(of)
        choices = [
            (True, False) if hints[one.name] is bool else (self.value(of, one.name),)
            for one in fields(of)
        ]
        for values in product(*choices):
            yield of(*values)

    def event(self, who: str, text: str | None = None, press: Press | None = None) -> Event:
        """Return the event of somebody who writes or presses."""
        person = self.people[who]
        event = Event(1, person.id, person.id, number(self.chat, person), START, message_id=1)
        if press is None:
            return replace(event, text=text)
        return replace(event, callback_id="1", data=buttons.encode(press))

    def filled(self, data: str) -> str:
        """Return data of a button with the numbers of the class and the push in their places."""
        return data.format(class_id=self.class_id, draft_push=self.draft_push)

    async def turn(self, who: str, text: str | None = None, press: Press | None = None) -> Turn:
        """Return what the bot would do; nothing of it is written or sent."""
        return await routes.answer(self.chat.bot.desk, self.event(who, text, press))


def nobodys(press: Press) -> Press:
    """Return a press of the same type about things that are not there."""
    changes = {
        one.name: _nothing(getattr(press, one.name))
        for one in fields(press)
        if not isinstance(getattr(press, one.name), (bool, StrEnum))
    }
    return replace(press, **changes)


def out_of_range(press: Press) -> Press | None:
    """Return a press about the same things at a place that they do not have."""
    places = {"position": 7, "place": 99, "page": 99, "start": 10**6, "end": 10**7, "value": 10**14}
    changes = {one.name: places[one.name] for one in fields(press) if one.name in places}
    return replace(press, **changes) if changes else None


def _nothing(value: object) -> object:
    if isinstance(value, int):
        return NOBODY_S
    return f"d.{'9' * 30}" if str(value).startswith("d.") else "none"


_OVERRIDES: dict[tuple[type[Press], str], Any] = {
    (buttons.Choose, "round_id"): ROUNDS["kind"],
    (buttons.NotSure, "round_id"): ROUNDS["kind"],
    (buttons.NothingLoaded, "round_id"): ROUNDS["loaded"],
    (buttons.Resume, "round_id"): ROUNDS["kind"],
    (buttons.Next, "round_id"): ROUNDS["next"],
    (buttons.Next, "position"): 1,
    (buttons.Page, "round_id"): ROUNDS["deferred"],
    (buttons.Overview, "round_id"): ROUNDS["deferred"],
    (buttons.RekeyWords, "answer"): OBJECTED[1],
    (buttons.Accept, "answer"): OBJECTED[0],
    (buttons.Rekey, "kind"): Kind.OPINION,
}


def chat_of(folder: Path, after: Chat | None = None) -> Chat:
    """Return a chat whose bot knows one set, of a question of each kind of asking."""
    asked = seeds(asks(), asks_loaded(), asks(kind="sourced_fact"))
    return Chat(folder, asked, after=after)


async def scene(chat: Chat) -> Scene:
    """Put everybody and everything there is into the store of an open chat."""
    people = {
        name: somebody(chat, 1_000 + n, role) for n, (name, role) in enumerate(OF_ROLES.items())
    }
    for person in people.values():
        chat.telegram.say(person, "/start")
    await chat.idle()
    numbers = {name: number(chat, person) for name, person in people.items()}
    # Read here, since the writer's thread has another connection.
    chat.bot.desk.library.version("little", 1)
    return chat.bot.store.write_now(lambda db: _filled(db, chat, people, numbers))


def _filled(
    db: sqlite3.Connection, chat: Chat, people: dict[str, Account], numbers: dict[str, int]
) -> Scene:
    pupil, teacher = numbers["learner whose it is"], numbers["instructor"]
    ours = classes.create(db, "Class 7b", "AAAAAAA", "UTC", START)
    other = classes.create(db, "Other", "BBBBBBB", "UTC", START)
    classes.add_instructor(db, ours, teacher, leads=True)
    classes.add_instructor(db, ours, numbers["co-instructor"], leads=False)
    classes.add_instructor(db, other, numbers["instructor elsewhere"], leads=True)
    classes.add_instructor(db, other, numbers["co-instructor elsewhere"], leads=False)
    classes.join(db, ours, pupil, START)
    classes.join(db, other, numbers["learner elsewhere"], START)
    db.execute("UPDATE sets SET published_by = ?", (teacher,))
    made = Push(0, ours, "little", 1, made_by=teacher)
    sent = pushes.create(db, replace(made, state=PushState.SENT))
    draft_push = pushes.draft(db, made)
    library = chat.bot.desk.library
    quiz_set = replace(library.version("little", 1), slug="fresh")
    body = to_json(Draft(quiz_set, open=tuple(one.id for one in quiz_set.questions)))
    drafts.add(db, DRAFT, teacher, body, START)
    _rounds(db, chat, pupil, sent)
    return Scene(chat, people, ours, draft_push, sent)


def _rounds(db: sqlite3.Connection, chat: Chat, pupil: int, push: int) -> None:
    """Let the pupil have rounds in every state, two answers that they disagree with, a regrade."""
    kind, words, third = (
        chat.bot.desk.library.item("little", 1, f"q{n}", ask, taught=False)
        for n, ask in enumerate((Ask.KIND, Ask.LOADED, Ask.KIND))
    )
    deferred = Options(feedback=Feedback.DEFERRED)
    _round(db, Round(ROUNDS["done"], pupil, (kind, words), push=push), answers=2)
    _round(db, Round(ROUNDS["deferred"], pupil, (kind, words), options=deferred), answers=2)
    _round(db, Round(ROUNDS["next"], pupil, (kind, third)), answers=1)
    _round(db, Round(ROUNDS["loaded"], pupil, (words,)), answers=0)
    _round(db, Round(ROUNDS["kind"], pupil, (kind,)), answers=0)
    # The bot itself leaves one open at most; each of these is to be pressed in.
    still_open = (ROUNDS["loaded"], ROUNDS["next"])
    db.execute("UPDATE rounds SET closed = 0 WHERE id IN (?, ?)", still_open)
    db.execute("UPDATE rounds SET closed = 1 WHERE id = ?", (ROUNDS["deferred"],))
    for position in (0, 1):
        log.dispute(db, pupil, ROUNDS["done"], position, START)
    regraded = results.load(db, REGRADED)
    assert regraded is not None
    regrades.add(db, REGRADED, regraded.grade, 1, None, Why.KEY_CHANGED, START)


def _round(db: sqlite3.Connection, round_: Round, answers: int) -> None:
    shown = core.show(round_, 0, START)
    assert not isinstance(shown, Stale)
    rounds.begin(db, shown, START)
    for position in range(answers):
        said = Passed() if _asks_kind(shown.items[position]) else Marked(())
        answered = core.answer(shown, Answer(round_.id, position, said, None), START)
        assert not isinstance(answered, Stale)
        shown, entry = answered
        log.add(db, entry)
        if position + 1 < answers:
            following = core.show(shown, position + 1, START)
            assert not isinstance(following, Stale)
            shown = following
    rounds.save(db, shown)


def _asks_kind(item: Item) -> bool:
    return item.ask is Ask.KIND
