"""`whosays play`: the whole bot in a terminal, with no token and no network."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TextIO

from rich.console import Console

from bot.app.bot import Bot, Surroundings
from bot.app.resources import load_texts, now
from bot.chat.buttons import CONTINUING, Begin, encode
from bot.local.people import View
from bot.local.request import LocalRequest
from bot.local.telegram import Telegram
from bot.local.terminal import Session, Terminal
from bot.settings import Settings
from bot.store import learners, roles, rounds
from bot.store.database import Store
from bot.store.roles import Role

PLAYER = 1
"""Telegram id of the person at the terminal; no account on Telegram has it."""

OWN_BITS = 50
"""Bits of the ids that are made up here, of updates and of seeded players, who have no past.

They are far above what Telegram gives out: a bot that runs on the same data would otherwise take
Telegram's next updates for ones that it has handled.
"""

_TOKEN = "1:stand-in"  # noqa: S105 - the stand-in takes any
_BEGINS = encode(Begin())


async def play(
    settings: Settings,
    *,
    quiz_set: str,
    seed: int | None,
    role: Role = Role.LEARNER,
    stream: TextIO,
    console: Console,
    interactive: bool,
    folder: Path,
) -> None:
    """Play in the terminal until the round is over (in a pipe) or the input ends.

    With a seed the round depends on nothing but the seed and the sets: it is played by somebody
    new, whose past cannot change which questions come.
    """
    person_id = PLAYER if seed is None else _own_id()
    with Store(settings.database, settings.backups) as store:
        store.write_now(lambda db: rounds.forget_messages(db, person_id))
        store.write_now(lambda db: _appoint(db, person_id, role))
        # Over the data of a live bot, whose learners are not here, pushes are left to that bot.
        alone = not learners.others(store.reader, PLAYER, below=1 << OWN_BITS)
    telegram = Telegram(now, first_update=_own_id())
    person = telegram.user(person_id, "you")
    around = Surroundings(
        Random(seed), catches_up=False, delivers=alone, pause=_at_once, watches=False
    )
    # The stand-in calls nobody.
    polled = replace(settings, webhook_url="")
    bot = Bot(polled, LocalRequest(telegram), _TOKEN, around)
    async with bot:
        terminal = Terminal(
            telegram,
            person,
            load_texts(),
            console,
            stream,
            interactive=interactive,
            folder=folder,
        )
        opened = asyncio.Event()
        reading = asyncio.create_task(_read_ahead(bot, opened))
        session = Session(
            idle=lambda: _idle(bot, telegram, opened),
            is_continue=lambda data: data.startswith(CONTINUING),
            finished=lambda: (
                role is Role.LEARNER
                and not interactive
                and _over(bot.store, person_id, telegram.chat(person))
            ),
            opening=f"/quiz {quiz_set}".strip() if role is Role.LEARNER else "/start",
            closing="/cancel" if role is Role.LEARNER else "",
        )
        await terminal.run(session)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def _appoint(db: sqlite3.Connection, person_id: int, role: Role) -> None:
    """Give the person at the terminal their role in this store."""
    learner = learners.enrol(db, person_id, now())
    if role is not roles.of(db, learner):
        roles.withdraw(db, learner, None, now())
        if role is not Role.LEARNER:
            roles.grant(db, learner, role, None, now())


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def _own_id() -> int:
    return (1 << OWN_BITS) + secrets.randbits(OWN_BITS - 1)


async def _idle(bot: Bot, telegram: Telegram, opened: asyncio.Event) -> None:
    """Return when the bot has taken in, handled and answered everything that was said."""
    while telegram.unconfirmed:  # noqa: ASYNC110 - the stand-in has no loop to signal from
        await asyncio.sleep(0.001)
    await bot.idle()
    opened.set()


async def _read_ahead(bot: Bot, opened: asyncio.Event) -> None:
    """Let the first question go out, then read the passages."""
    await opened.wait()
    await bot.read_ahead()


def _over(store: Store, person_id: int, view: View) -> bool:
    """Whether the last thing said was the end of a round."""
    learner = learners.find(store.reader, person_id)
    if learner is None or rounds.open_of(store.reader, learner) is not None:
        return False
    return view.asking is not None and any(button.data == _BEGINS for button in view.asking.buttons)
