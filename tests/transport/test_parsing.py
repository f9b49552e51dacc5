"""Raw updates as objects: what is needed of them, and nothing of what is not."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from bot.transport.parsing import parse
from tests.telegram_server.updates import pressed, said

BOT = Bot("471147:AA-not-a-real-token-but-of-its-shape_0")


def test_a_press_says_who_pressed_what_under_which_message() -> None:
    """Of the message under which it was made the chat and the id are kept."""
    update = parse(pressed(5, "k:1:0:opinion", 31, person=77), BOT)
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    assert (update.update_id, query.id, query.data) == (5, "5", "k:1:0:opinion")
    assert (query.message.message_id, query.message.chat.id) == (31, 77)
    assert update.effective_user is not None
    assert update.effective_user.id == 77
    assert update.effective_chat is not None
    assert update.effective_chat.type == "private"


def test_a_press_under_a_message_that_is_not_told() -> None:
    """A press in an inline message comes without one, and is an update all the same."""
    raw = pressed(5, "x", 31)
    del raw["callback_query"]["message"]
    update = parse(raw, BOT)
    assert update.callback_query is not None
    assert update.callback_query.message is None


def test_of_a_reply_the_message_that_it_answers_is_named_only() -> None:
    """What was answered is our own words, and only which message it was is kept."""
    raw = said(6, "an answer")
    raw["message"]["reply_to_message"] = {**said(5, "a question")["message"], "message_id": 4}
    update = parse(raw, BOT)
    assert update.message is not None
    assert update.message.text == "an answer"
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == 4
    assert update.message.reply_to_message.text is None


@pytest.mark.parametrize("missing", ["id", "from", "chat_instance"])
def test_a_press_without_its_parts_cannot_be_read(missing: str) -> None:
    """What the Bot API always sends is not made up where it is missing."""
    raw: dict[str, Any] = pressed(5, "x", 31)
    del raw["callback_query"][missing]
    with pytest.raises(KeyError):
        parse(raw, BOT)
