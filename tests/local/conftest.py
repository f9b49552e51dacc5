"""A clock that is set by hand, a stand-in for Telegram and a person who has written to the bot."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.local.telegram import Telegram
from bot.local.values import Account


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass, in the words of timedelta."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """Return a clock at nine on a Saturday."""
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    """Return a Telegram where nobody is yet."""
    return Telegram(clock)


@pytest.fixture
def ada(telegram: Telegram) -> Account:
    """Ada, who pressed Start; the bot has been told and has confirmed it."""
    person = telegram.user(11, "Ada", "en")
    telegram.say(person, "/start")
    confirm(telegram)
    return person


def confirm(telegram: Telegram) -> None:
    """Take everything that waits for the bot and confirm it."""
    for update in updates(telegram):
        telegram.call("getUpdates", {"offset": number(update) + 1})


def updates(telegram: Telegram, **params: object) -> list[dict[str, object]]:
    """Return the updates that wait."""
    found = telegram.call("getUpdates", params)
    assert isinstance(found, list)
    return found


def number(update: dict[str, object]) -> int:
    """Return an update's number."""
    found = update["update_id"]
    assert isinstance(found, int)
    return found


# The head of a PNG picture of 640 by 480, which is all that anybody here looks at.
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (640).to_bytes(4) + (480).to_bytes(4) + bytes(8)


def keyboard(*rows: object) -> dict[str, object]:
    """Return a reply_markup."""
    return {"inline_keyboard": [*rows]}


def button(text: object = "x", **action: object) -> dict[str, object]:
    """Return a button that sends "d", or does what it is told to."""
    return {"text": text, **(action or {"callback_data": "d"})}


def send(telegram: Telegram, person: Account, text: str, *rows: object, **rest: object) -> int:
    """Send HTML as the bot; return the message's number."""
    markup = {"reply_markup": keyboard(*rows)} if rows else {}
    params = {"chat_id": person.id, "text": text, "parse_mode": "HTML", **markup, **rest}
    telegram.call("sendMessage", params)
    return telegram.chat(person).last.id
