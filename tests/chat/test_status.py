"""How the bot is: what operators are shown when they ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.resources import resources
from bot.local.values import Account
from bot.reader.card import load_card
from bot.store.roles import Role
from tests.chat.dialogs import Chat, FakeReader, Without, check, failing_journeys, verify
from tests.chat.people import somebody
from tests.chat.sets import asks, seeds
from tests.operate.graded import graded

MODEL = load_card(resources("reader") / "model").version


@pytest.fixture
def operator(chat: Chat) -> Account:
    """Return somebody who operates the chat's bot."""
    return somebody(chat, 11, Role.OPERATOR)


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
            "Waiting now: 0 updates to handle, 0 whose answers are to be sent",
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
