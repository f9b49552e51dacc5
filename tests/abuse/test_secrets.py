"""Everything that a full run writes, looked through for secrets and for who is who."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from bot.cli import main
from bot.operate import logs
from bot.operate.review.snapshot import build
from bot.store.roles import Role
from tests.chat.dialogs import START, Chat, failing_journeys, verify
from tests.chat.people import found, new_class, somebody
from tests.chat.sets import BUDGET, asks, seeds

TOKEN = "123456:stand-in"
SECRETS = {
    "TOKEN": "7654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
    "REVIEW_PASSWORD": "review-password-review-password",
}
TYPED, NICKNAME, OBJECTION = "only-I-would-type-this", "Nickname-of-mine", "objecting-in-my-words"
PUPIL, TEACHER = 4_040_404_040, 5_050_505_050
LINK = re.compile(r"start=i-(\S+)")
IDENTITIES = (str(PUPIL), str(TEACHER), NICKNAME, "Person 4040404040", "pupil_user_name")


@pytest.fixture(params=["lines", "json"])
def logged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Return the log of a run at DEBUG, in one of its two formats."""
    root = logging.getLogger()
    handlers, level, before = [*root.handlers], root.level, structlog.get_config()
    stream = StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure("DEBUG", as_json=request.param == "json", secret=TOKEN)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


async def played(folder: Path) -> tuple[list[str], bytes]:
    """Let a class be made, joined, played in and argued in; return the keys and the metrics."""
    asked = seeds(asks("reason"), asks("reason", BUDGET, reason=("x",)))
    async with Chat(folder, asked) as chat:
        teacher = somebody(chat, TEACHER, Role.OPERATOR)
        pupil = chat.telegram.user(PUPIL, "Person 4040404040")
        object.__setattr__(pupil, "username", "pupil_user_name")
        code = await new_class(chat, teacher)
        keys = [found(LINK, await chat.say(f"/invite {of}", teacher)) for of in ("", "operator")]
        keys.append(found(LINK, await chat.forge("ci:1", person=teacher)))
        await verify(chat, [(f"/join {code}", "Class 7b")], pupil)
        await chat.say("[Choose a nickname]", pupil)
        await chat.say(NICKNAME, pupil)
        await chat.say("/quiz", pupil)
        for step in (TYPED, "[I disagree]", OBJECTION, "[Next ▶]", TYPED):
            await chat.say(step, pupil)
        with failing_journeys():
            await chat.say("/quiz", pupil)
            await chat.say("[Not sure]", pupil)
        await chat.say(f"/claim {keys[0]}", pupil)
        await chat.bot.watch.look()
        return keys, chat.bot.watch.scraped()


async def shown(folder: Path, *arguments: str) -> str:
    """Return all that a command prints, errors too."""
    # Commands bring event loops of their own.
    return await asyncio.to_thread(_shown, folder, *arguments)


def _shown(folder: Path, *arguments: str) -> str:
    env = {f"WHOSAYS_{name}": value for name, value in SECRETS.items()}
    env |= {"WHOSAYS_DATA": str(folder), "WHOSAYS_WEBHOOK_URL": "https://bot.example/hook"}
    result = CliRunner().invoke(main, arguments, env=env)
    return f"{result.output}{result.stderr}{result.exception or ''}"


def held_below(folder: Path) -> dict[str, bytes]:
    """Return what every file below a folder holds."""
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def test_nothing_that_is_written_holds_a_secret(tmp_path: Path, logged: StringIO) -> None:
    """No key, token or password is in any file, log, page, error or command's output."""
    data, out = tmp_path / "data", tmp_path / "out"
    out.mkdir()
    keys, metrics = await played(data)
    (out / "metrics").write_bytes(metrics)
    build(data / "whosays.sqlite3", out / "review.db", START, lambda *_: None, with_text=False)
    said = {
        "settings": await shown(data, "settings"),
        "doctor": await shown(data, "doctor"),
        "backup": await shown(data, "backup"),
        "stats": await shown(data, "stats"),
        "csv": await shown(data, "export", "--to", str(out / "log.csv")),
        "jsonl": await shown(data, "export", "--to", str(out / "log.jsonl"), "--with-text"),
        "an error": await shown(data, "restore", str(tmp_path)),
        "a bad setting": await shown(data, "push", "nothing", "nowhere"),
    }
    assert said["settings"].count("(set)") == len(SECRETS), "they are there to be found"
    (out / "said").write_text("\n".join(said.values()), encoding="utf-8")
    (out / "logged").write_text(logged.getvalue(), encoding="utf-8")
    assert "update failed" in logged.getvalue(), "a failure is among what is logged"
    secrets = [*SECRETS.values(), SECRETS["TOKEN"].partition(":")[2], *keys, TOKEN]
    held = held_below(tmp_path)
    assert len(held) > 6
    assert not [(name, one) for name, b in held.items() for one in secrets if one.encode() in b]


async def test_who_is_who_stands_in_the_store_alone(tmp_path: Path) -> None:
    """Exports, the snapshot, metrics and what commands print name nobody and quote nobody."""
    data, out = tmp_path / "data", tmp_path / "out"
    out.mkdir()
    _, metrics = await played(data)
    build(data / "whosays.sqlite3", out / "review.db", START, lambda *_: None, with_text=False)
    await shown(data, "export", "--to", str(out / "log.csv"))
    await shown(data, "export", "--to", str(out / "log.jsonl"))
    (out / "metrics").write_bytes(metrics)
    for command in ("doctor", "settings", "stats"):
        (out / command).write_text(await shown(data, command), encoding="utf-8")
    private = [*IDENTITIES, TYPED, OBJECTION]
    held = held_below(out)
    assert {"log.csv", "review.db", "metrics"} <= {*held}
    assert not [(name, one) for name, b in held.items() for one in private if one.encode() in b]
    with closing(sqlite3.connect(data / "whosays.sqlite3")) as db:
        stored = "\n".join(db.iterdump())
    assert TYPED in stored, "what is looked for is there to be found"
    assert NICKNAME in stored
    assert str(PUPIL) in stored
    assert "pupil_user_name" not in stored
    assert "Person 4040404040" not in stored
