"""After /forget nothing that is written beside the store says who somebody was or what they wrote.

Files, logs, metrics and new backups name and quote nobody; an old backup gives nobody back.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from bot.local.faults import blocked
from bot.local.values import Account
from tests.abuse.test_forgetting import dumped, everything
from tests.abuse.test_secrets import logged, shown
from tests.chat.classroom import Classroom, classroom, sent, write
from tests.chat.dialogs import Chat, check, failing_journeys, verify
from tests.chat.sets import BUDGET, asks
from tests.chat.taught import chat_of

__all__ = ["logged"]

ME = 6_060_606_060
USERNAME, NAME, NICKNAME = "my_user_name_here", "Only Me By Name", "Nickname-of-mine"
REASON, OBJECTION, STRAY = "only-I-would-reason-so", "objecting-in-my-words", "a-stray-word-of-me"
WORDS = (REASON, OBJECTION, STRAY)
TRACES = (str(ME), USERNAME, NAME, NICKNAME, *WORDS)

FILES = {
    "log.csv": ("export", "--with-text", "--to"),
    "log.jsonl": ("export", "--with-text", "--to"),
    "log.parquet": ("export", "--with-text", "--to"),
    "class.csv": ("results", "1", "--with-identities", "--csv"),
    "class.jsonl": ("results", "1", "--with-identities", "--jsonl"),
}
"""Every file that a command writes about answers, with all that can be asked for."""

SAID = {
    "log.txt": ("log",),
    "log.json": ("log", "--json"),
    "class.txt": ("results", "1"),
    "questions.txt": ("results", "1", "--questions"),
    "stats.txt": ("stats",),
}
"""Every command that prints about answers."""

BEFORE = {*FILES, "log.txt", "log.json", "class.txt", "store", "chat.csv", "chat.jsonl", "backup"}
"""Where there is something to be found before."""


def traced(held: dict[str, bytes]) -> dict[str, list[str]]:
    """Return what of the person stands where."""
    found = {
        name: [one for one in TRACES if one.encode() in content] for name, content in held.items()
    }
    return {name: there for name, there in found.items() if there}


async def lived(room: Classroom) -> Account:
    """Let somebody join a class, answer and object in their words, and run into failures."""
    chat = room.chat
    me = chat.telegram.user(ME, NAME)
    object.__setattr__(me, "username", USERNAME)
    write(chat, lambda db: db.execute("UPDATE classes SET code = 'AAAAAAA'"))
    await verify(chat, [("/join AAAAAAA", "Class 7b"), ("[Choose a nickname]", ())], me)
    await chat.say(NICKNAME, me)
    await sent(room, "[Order: composed]")
    await verify(chat, [("[Begin ▶]", ()), ("the office said so", ())], room.pupils[0])
    for said in ("[Begin ▶]", REASON, "[I disagree]", OBJECTION, "[Next ▶]", REASON):
        await chat.say(said, me)
    with failing_journeys():
        await chat.say("/quiz", me)
        await chat.say(STRAY, me)
        await chat.say("[Not sure]", me)
    chat.telegram.refuse_next("sendMessage", blocked())
    await chat.say(STRAY, me)
    await chat.arrive("message", {"message_id": "odd", "from": {"id": ME}, "text": STRAY})
    return me


async def written(chat: Chat, data: Path, out: Path) -> dict[str, bytes]:
    """Return all that is written about answers now, by what it is; the folder is there."""
    for name, command in FILES.items():
        await shown(data, *command, str(out / name))
    for name, command in SAID.items():
        (out / name).write_text(await shown(data, *command), encoding="utf-8")
    held = everything(out)
    await shown(data, "backup", "--to", str(out / "copies"))
    held["backup"] = b"".join(everything(out / "copies").values())
    await verify(chat, [("/results", "Class 7b"), ("[Files with Telegram ids]", ())])
    sent_files = [message.document for message in chat.messages() if message.document][-2:]
    for name, document in zip(("chat.csv", "chat.jsonl"), sent_files, strict=True):
        assert document is not None
        held[name] = document.content
    held["store"] = dumped(chat.settings.database)
    held["metrics"] = chat.bot.watch.scraped()
    return held


@pytest.mark.parametrize("logged", ["json"], indirect=True)
async def test_files_name_nobody_who_was_forgotten(tmp_path: Path, logged: StringIO) -> None:
    """Every file, page and backup that is made after /forget is without a trace.

    So are the log lines of the whole run: they never held one.
    """
    data, first, then = (tmp_path / name for name in ("data", "before", "after"))
    first.mkdir()
    then.mkdir()
    questions = (asks("reason"), asks("reason", BUDGET, reason=("x",)))
    async with chat_of(data, questions) as chat:
        room = await classroom(chat, 1)
        me = await lived(room)
        before = await written(chat, data, first)
        assert {*traced(before)} >= BEFORE, "there is something to be forgotten"
        await chat.say("/forget", me)
        check(await chat.say("[Yes, forget me]", me), "I know nothing about you any more")
        after = await written(chat, data, then)
    assert {*after} == {*before}
    assert traced(after) == {}
    assert "update failed" in logged.getvalue()
    assert traced({"logged": logged.getvalue().encode()}) == {}


async def test_an_old_backup_gives_nobody_back(tmp_path: Path) -> None:
    """A backup holds who was there when it was made; put in place, they are deleted from it too.

    Once it is given up for newer ones, no backup holds them.
    """
    data = tmp_path / "data"
    async with chat_of(data, (asks("reason"), asks("reason", BUDGET, reason=("x",)))) as chat:
        me = await lived(await classroom(chat, 1))
        await shown(data, "backup")
        (old,) = (data / "backups").glob("*")
        held = old.read_bytes()
        await chat.say("/forget", me)
        await chat.say("[Yes, forget me]", me)
    assert traced({"old": held})
    await shown(data, "restore", str(old), "--force")
    live = {name: each for name, each in everything(data).items() if name != old.name}
    assert traced(live) == {}
    with closing(sqlite3.connect(data / "whosays.sqlite3")) as db:
        assert db.execute("SELECT count(*) FROM learners").fetchone() == (2,), "others are there"
    await shown(data, "backup", "--keep", "1")
    assert traced(everything(data)) == {}
