"""What operators are told when something goes wrong, and when it is over."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import alerts, watch
from bot.app.resources import resources
from bot.local.faults import ApiError
from bot.local.values import Account
from bot.operate.vitals import Vitals, vitals
from bot.operate.watch import Kind
from bot.store import inbox, roles
from bot.store.roles import Role
from bot.transport.intake import Alarm
from tests.chat.dialogs import Chat, check, failing_journeys, verify
from tests.chat.people import somebody
from tests.chat.sets import asks, seeds


@pytest.fixture
def operator(chat: Chat) -> Account:
    """Return somebody who operates the chat's bot."""
    return somebody(chat, 11, Role.OPERATOR)


async def told(chat: Chat, person: Account) -> str:
    """Return what the bot tells somebody when it looks at itself, updates coming in as ever."""
    await chat.say("/help")
    before = len(chat.telegram.chat(person).sent)
    await chat.bot.watch.look()
    return "\n".join(message.text for message in chat.telegram.chat(person).sent[before:])


async def test_a_trouble_is_told_to_operators_once(chat: Chat, operator: Account) -> None:
    """Operators, and nobody else, are told what began and what is over, each once."""
    other = somebody(chat, 13, Role.OPERATOR)
    learner = somebody(chat, 14)
    for person in (operator, other, learner):
        await chat.say("/start", person)
    with failing_journeys():
        await verify(chat, [("/quiz", "1 of 1"), ("Opinion", "Something went wrong")])
    failed = "⚠️ One update failed in the last hour."
    check(await told(chat, operator), failed)
    assert failed in chat.telegram.chat(other).last.text
    for _ in range(3):
        assert await told(chat, operator) == ""
    chat.clock.pass_(minutes=61)
    check(await told(chat, operator), "✅ No update has failed for an hour.")
    assert await told(chat, operator) == ""
    assert "Who says?" in chat.telegram.chat(learner).last.text


async def test_a_restart_tells_nothing_twice(tmp_path: Path) -> None:
    """What operators were told is remembered over a restart, and so is told to be over."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        operator = somebody(chat, 11, Role.OPERATOR)
        await chat.say("/start", operator)
        with failing_journeys():
            await verify(chat, [("/quiz", "1 of 1"), ("Opinion", "Something went wrong")])
        check(await told(chat, operator), "One update failed")
    async with Chat(tmp_path, seeds(asks()), after=chat) as again:
        assert await told(again, operator) == ""
        again.clock.pass_(minutes=61)
        check(await told(again, operator), "No update has failed for an hour.")


async def test_what_reaches_no_operator_is_told_later(chat: Chat, operator: Account) -> None:
    """While nothing can be sent, a trouble stays new, and so it is told as soon as it can be."""
    await chat.say("/start", operator)
    chat.bot.watch.alarmed(Alarm.CONFLICT)
    chat.telegram.refuse_next("sendMessage", ApiError(401, "Unauthorized"))
    await chat.bot.watch.look()
    assert chat.bot.watch._alerts.told == frozenset()
    await chat.bot.watch.look()
    check(chat.telegram.chat(operator).last.text, "⚠️ Another process takes my updates.")


async def test_an_operator_who_blocked_the_bot(chat: Chat, operator: Account) -> None:
    """Nobody is written to again and again who does not want it."""
    await chat.say("/start", operator)
    chat.telegram.block(operator)
    chat.bot.watch.alarmed(Alarm.CONFLICT)
    await chat.bot.watch.look()
    assert chat.bot.watch._alerts.told == {Kind.CONFLICT}


async def test_a_bot_without_operators_tells_its_log(chat: Chat) -> None:
    """With nobody to tell, a trouble stands in the log, once."""
    chat.bot.watch.alarmed(Alarm.CONFLICT)
    with capture_logs() as logs:
        await chat.bot.watch.look()
        await chat.bot.watch.look()
    assert [line["kind"] for line in logs if line["event"] == "trouble"] == ["conflict"]


async def test_a_conflict_is_over_when_polls_go_well(chat: Chat, operator: Account) -> None:
    """Another process with the token makes some polls fail; good ones in between end nothing."""
    await chat.say("/start", operator)
    refusal = ApiError(409, "Conflict: terminated by other getUpdates request")
    chat.telegram.refuse_next("getUpdates", refusal)
    chat.telegram.say(chat.person, "/help")
    await chat.idle()
    chat.clock.pass_(seconds=30)
    chat.telegram.refuse_next("getUpdates", refusal)
    await chat.say("/help")
    await asyncio.sleep(1)
    await chat.say("/help")
    check(await told(chat, operator), "Another process takes my updates.")
    chat.clock.pass_(minutes=3)
    check(await told(chat, operator), "Nobody else takes my updates any more.")


async def test_an_alarm_that_goes_on_is_not_over(chat: Chat, operator: Account) -> None:
    """A webhook shows life while Telegram cannot reach it: that is over when it is, not before."""
    await chat.say("/start", operator)
    alarms: list[Alarm] = [Alarm.WEBHOOK]
    chat.bot.watch.listening(lambda: alarms[0] if alarms else None)
    chat.bot.watch.alarmed(Alarm.WEBHOOK, "Connection refused")
    check(await told(chat, operator), "Telegram cannot reach my webhook.")
    chat.clock.pass_(minutes=30)
    assert await told(chat, operator) == ""
    alarms.clear()
    check(await told(chat, operator), "Telegram reaches my webhook again.")


async def test_polls_that_stopped(chat: Chat, operator: Account) -> None:
    """Ninety seconds without a good poll are told, and the first good one after them."""
    await chat.say("/start", operator)
    chat.clock.pass_(seconds=91)
    await chat.bot.watch.look()
    check(chat.telegram.chat(operator).last.text, "The last good poll was 1 min 31 s ago.")
    check(await told(chat, operator), "I get updates again.")


def full(*_: object) -> None:
    """Fail as SQLite does on a full disk."""
    raise sqlite3.OperationalError("database or disk is full")


async def test_a_store_that_cannot_be_written(chat: Chat, operator: Account) -> None:
    """An update that could not be written is kept, logged, told and handled when it can be."""
    await chat.say("/start", operator)
    with pytest.MonkeyPatch.context() as patch, capture_logs() as logs:
        patch.setattr(inbox, "done", full)
        chat.telegram.say(chat.person, "/help")
        async with asyncio.timeout(10):
            while "update handled" not in [line["event"] for line in logs]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert chat.waits()
        await chat.bot.watch.look()
    check(chat.telegram.chat(operator).last.text, "I cannot write to the database.")
    await chat.idle()
    check(chat.messages()[-1].text, "What I can do")
    assert not chat.waits()


async def test_a_database_that_cannot_be_read(chat: Chat, operator: Account) -> None:
    """Where a look at the database fails, that is told, and all that was known stays as it was."""
    await chat.say("/start", operator)
    await chat.bot.watch.look()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watch, "vitals", full)
        patch.setattr(roles, "holders", full)
        await chat.bot.watch.look()
    check(chat.telegram.chat(operator).last.text, "I cannot write to the database.")
    chat.clock.pass_(minutes=3)
    check(await told(chat, operator), "I can write to the database again.")


async def test_a_model_whose_files_are_gone(tmp_path: Path) -> None:
    """A classifier in memory works on; that it will not after a restart is told before that."""
    model = tmp_path / "model"
    model.mkdir()
    for file in (resources("reader") / "model").iterdir():
        (model / file.name).write_bytes(file.read_bytes())
    async with Chat(tmp_path, seeds(asks()), model=model) as chat:
        operator = somebody(chat, 11, Role.OPERATOR)
        await chat.say("/start", operator)
        assert await told(chat, operator) == ""
        (model / "model.onnx").unlink()
        check(await told(chat, operator), "The classifier does not work.")


async def test_a_memory_that_cannot_be_kept(chat: Chat, operator: Account) -> None:
    """Where what was told cannot be written down, it is still told once in a run."""
    (chat.settings.data / alerts.MEMORY).mkdir()
    await chat.say("/start", operator)
    chat.bot.watch.alarmed(Alarm.CONFLICT)
    check(await told(chat, operator), "Another process takes my updates.")
    assert await told(chat, operator) == ""


async def test_the_bot_looks_at_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to ask: the bot looks again and again, also after a look that failed."""
    monkeypatch.setattr(watch, "EVERY", 0.01)
    looks = []

    def fails_once(*given: Any) -> Vitals:
        looks.append(given)
        if len(looks) == 1:
            raise LookupError("nobody expected this")
        return vitals(*given)

    monkeypatch.setattr(watch, "vitals", fails_once)
    with capture_logs() as logs:
        async with Chat(tmp_path, seeds(asks())) as chat:
            chat.bot.watch.alarmed(Alarm.CONFLICT)
            async with asyncio.timeout(10):
                while not chat.bot.watch._alerts.told:  # noqa: ASYNC110 - nothing tells of a look
                    await asyncio.sleep(0.01)
    events = [line["event"] for line in logs]
    assert events.index("the bot could not be looked at") < events.index("trouble")
