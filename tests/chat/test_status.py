"""How the bot is: what operators are shown when they ask, and told when they do not."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import alerts
from bot.app.resources import resources
from bot.local.faults import ApiError, flood
from bot.local.values import Account
from bot.operate.watch import Kind
from bot.reader.card import load_card
from bot.store import inbox
from bot.store.roles import Role
from bot.transport.intake import Alarm
from tests.chat.dialogs import Chat, FakeReader, Without, check, failing_journeys, verify
from tests.chat.people import somebody
from tests.chat.sets import asks, seeds
from tests.operate.graded import graded

MODEL = load_card(resources("reader") / "model").version


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


async def test_the_status_of_a_bot_that_is_well(chat: Chat, operator: Account) -> None:
    """An operator sees that all is well, and the figures to judge by."""
    await verify(chat, [("/quiz", "1 of 1"), ("[Sourced fact]", "Right.")])
    chat.clock.pass_(days=1, hours=4, minutes=59)
    backups = chat.settings.backups
    backups.mkdir()
    (backups / "whosays-20260303T090000Z.sqlite3").write_bytes(b"")
    await chat.say("/start")
    check(
        await chat.say("/status", operator),
        (
            "🩺 Who Says 0.1.0, up for 1 day 4 h",
            "✅ All is well.",
            "Updates handled: 1 in the last hour, 1 in 24 hours",
            "Waiting now: 0 updates to handle, the answers to 0 to send",
            "Failed in 24 hours: 0",
            f"Classifier: {MODEL}, works",
            "Not sure: it has graded nothing yet",
            "free; the database takes",
            "Last backup: 4 h 59 min ago",
            Without("⚠️"),
        ),
    )


@pytest.mark.parametrize("role", [Role.LEARNER, Role.INSTRUCTOR])
async def test_the_status_is_for_operators(chat: Chat, role: Role) -> None:
    """Nobody else is shown how the bot is, nor has the command in the help."""
    person = somebody(chat, 12, role)
    refused = ("/status is for those who teach with me.", Without("handled"))
    await verify(chat, [("/status", refused), ("/help", Without("/status"))], person)


async def test_the_status_shows_what_is_wrong(tmp_path: Path) -> None:
    """Failures, a classifier that does not work, doubts and a late backup are told first."""
    reader = FakeReader(broken=True)
    async with Chat(tmp_path, seeds(asks("reason", reason=["Monday"])), reader=reader) as chat:
        operator = somebody(chat, 11, Role.OPERATOR)
        graded(chat.bot.store, [("reader", "right")] * 950 + [("reader", "unsure")] * 250)
        chat.clock.pass_(days=2, hours=1)
        await verify(chat, [("/quiz", "1 of 1")])
        with failing_journeys():
            await chat.say("it reads so")
        check(
            await chat.say("/status", operator),
            (
                Without("All is well"),
                "⚠️ The classifier does not work.",
                "⚠️ The classifier is unsure far more often. 100 % of its last answers, 15 % of",
                "⚠️ Backups have stopped. The last one is 2 days 1 h old.",
                "⚠️ One update failed in the last hour.",
                "Failed in 24 hours: 1",
                f"Classifier: {MODEL}, does not work",
                "Not sure: 100 % of the last 200 answers that it graded, 5 % of 1,000 before",
                "Last backup: none yet",
            ),
        )


async def test_a_status_without_backups(tmp_path: Path) -> None:
    """Where no backups are to be made, none is missed; what was not sent is counted."""
    async with Chat(tmp_path, seeds(asks()), backup_every=0) as chat:
        operator = somebody(chat, 11, Role.OPERATOR)
        chat.clock.pass_(days=30)
        check(await chat.say("/status", operator), ("All is well", "Backups: none, as set"))


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


@pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)
async def test_what_reaches_no_operator_is_told_later(chat: Chat, operator: Account) -> None:
    """While nothing can be sent, a trouble stays new, and so it is told as soon as it can be."""
    await chat.say("/start", operator)
    chat.bot.watch.alarmed(Alarm.CONFLICT)
    chat.telegram.refuse_next("sendMessage", flood(1_000))
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


async def test_polls_that_stopped(chat: Chat, operator: Account) -> None:
    """Ninety seconds without a good poll are told, and the first good one after them."""
    await chat.say("/start", operator)
    chat.clock.pass_(seconds=91)
    await chat.bot.watch.look()
    check(chat.telegram.chat(operator).last.text, "The last good poll was 1 min 31 s ago.")
    check(await told(chat, operator), "I get updates again.")


async def test_a_store_that_cannot_be_written(chat: Chat, operator: Account) -> None:
    """An update that could not be written is kept, logged and told."""
    await chat.say("/start", operator)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "done", fail)
        with capture_logs() as logs:
            assert await chat.say("/help") == ""
    assert "update handled" in [line["event"] for line in logs]
    assert chat.waits()
    await chat.bot.watch.look()
    check(chat.telegram.chat(operator).last.text, "I cannot write to the database.")


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
