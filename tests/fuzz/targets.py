"""What is fuzzed: a function of bytes for each parser, and the seeds that it begins from.

A target returns whatever the bytes are; what it raises is a finding. Nothing here knows the fuzzer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database
from telegram import Bot

from bot.chat import buttons
from bot.chat import event as events
from bot.errors import SetError
from bot.local.telegram_html import parse_html
from bot.sets import FORMATS, read_file
from bot.store import arrivals
from bot.store.migrations import migrations
from bot.teaching.names import clean_name, looks
from bot.teaching.times import read_moment
from bot.texts import escaped
from bot.texts.texts import undirected
from bot.transport import admission
from bot.transport.parsing import parse
from tests.abuse.raw import TEXTS, message, press
from tests.abuse.words import HOSTILE
from tests.sets.samples import GOOD

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_INBOX = sqlite3.connect(":memory:")
migrations.apply(Database(_INBOX))
_BOT = Bot("123456:fuzzing")


@dataclass(frozen=True, slots=True)
class Target:
    """A parser under test."""

    run: Callable[[bytes], None]
    seeds: Sequence[bytes]


def body(data: bytes) -> None:
    """Check that any body of a request is kept, and what is new of it has a number."""
    kept = arrivals.keep(_INBOX, [admission._read(data)], NOW)
    assert len(kept.updates) + len(kept.unusable) <= 1
    assert all(one["update_id"] > 0 for one in kept.updates)
    _INBOX.execute("DELETE FROM inbox")


def update(data: bytes) -> None:
    """Check that an update cannot be parsed, or is one that the bot can look at."""
    try:
        raw = json.loads(data)
        parsed = parse(raw if isinstance(raw, dict) else {"message": raw}, _BOT)
    except Exception:
        return
    if events.sender_of(parsed) is not None:
        event = events.read(parsed, 1, NOW)
        for text in (event.text, event.quote, event.data):
            (text or "").encode()


def button(data: bytes) -> None:
    """Check that data of a button is none of ours, or stands for a press of ours."""
    found = buttons.decode(data.decode(errors="replace"))
    if found is not None and len(":".join([found.code, *found.parts()]).encode()) <= 64:
        assert buttons.decode(buttons.encode(found)) == found


def set_file(ending: str) -> Callable[[bytes], None]:
    """Return what reads a file by an ending: it is a set, or an error that names the file."""

    def read(data: bytes) -> None:
        try:
            read_file(data, f"x.{ending}")
        except SetError as error:
            said = str(error)
        else:
            said = "x."
        assert said.startswith("x.")

    return read


def time(data: bytes) -> None:
    """Check that typed words are a moment to come, or a problem."""
    found = read_moment(data.decode(errors="replace"), "Europe/Berlin", NOW)
    if isinstance(found, datetime):
        assert found.utcoffset() is not None
        assert found >= NOW


def html(data: bytes) -> None:
    """Check that an escaped text is HTML that shows it, but for turning controls."""
    text = data.decode(errors="replace").replace("\r", "").replace("\0", "")
    assert parse_html(escaped(text)).text == undirected(text)


def name(data: bytes) -> None:
    """Check that a clean name stays as it is, and looks like something."""
    found = clean_name(data.decode(errors="replace"), 60)
    if found is not None:
        assert clean_name(found, 60) == found
        assert looks(found)


def _updates() -> list[bytes]:
    whole = [{"update_id": 1, "message": message(5, text)} for text in TEXTS]
    pressed = {"update_id": 2, "callback_query": press(5)}
    return [json.dumps(one).encode() for one in [*whole, pressed]]


def _written() -> list[bytes]:
    return [text.encode(errors="replace") for text in HOSTILE.values()]


def _buttons() -> list[bytes]:
    return [f"{one.code}:1:0:opinion".encode() for one in buttons.ALL]


TARGETS = {
    "webhook": Target(body, _updates()),
    "update": Target(update, _updates()),
    "button": Target(button, _buttons()),
    "time": Target(time, [b"tomorrow 9:00", b"2026-12-01 09:00", b"fri 18", b"in 2 hours"]),
    "html": Target(html, _written()),
    "name": Target(name, _written()),
    **{ending: Target(set_file(ending), [GOOD[ending]]) for ending in FORMATS if ending in GOOD},
}
