"""What the bot sends, people see; what people do, the bot is told."""

from collections.abc import Callable

import pytest

from bot.local.entities import Entity
from bot.local.faults import PersonError
from bot.local.telegram import Telegram
from bot.local.values import Account

from .conftest import PNG, Clock, button, confirm, number, send, updates


def told(telegram: Telegram) -> list[str]:
    """Return the kinds of the updates that wait."""
    return [next(kind for kind in each if kind != "update_id") for each in updates(telegram)]


def test_a_message_is_seen_as_it_was_formatted(telegram: Telegram, ada: Account) -> None:
    """Text, entities and buttons arrive, and the answer is the message that was sent."""
    rows = [button("Yes", callback_data="y")], [button("Read", url="example.org")]
    send(telegram, ada, "<b>Who</b> says?", *rows)
    seen = telegram.chat(ada).last
    assert (seen.text, seen.html) == ("Who says?", "<b>Who</b> says?")
    assert [(b.text, b.data, b.url) for b in seen.buttons] == [
        ("Yes", "y", ""),
        ("Read", "", "http://example.org/"),
    ]
    assert seen.json()["entities"] == [{"type": "bold", "offset": 0, "length": 3}]


def test_an_edit_replaces_words_and_buttons(telegram: Telegram, ada: Account, clock: Clock) -> None:
    """An edit without buttons takes the buttons away and marks the message as edited."""
    message = send(telegram, ada, "before", [button()])
    clock.move(seconds=5)
    telegram.call("editMessageText", {"chat_id": ada.id, "message_id": message, "text": "after"})
    seen = telegram.chat(ada).last
    assert (seen.id, seen.text, seen.buttons, seen.edited) == (message, "after", (), clock.now)


def test_changing_buttons_alone_is_no_edit(telegram: Telegram, ada: Account) -> None:
    """A change of buttons leaves words and date as they were."""
    message = send(telegram, ada, "x", [button()])
    telegram.call("editMessageReplyMarkup", {"chat_id": ada.id, "message_id": message})
    assert (telegram.chat(ada).last.buttons, telegram.chat(ada).last.edited) == ((), None)


def test_a_deleted_message_is_gone(telegram: Telegram, ada: Account) -> None:
    """A bot may delete its own message and, in a private chat, the person's."""
    message = send(telegram, ada, "x")
    for each in (1, message):
        assert telegram.call("deleteMessage", {"chat_id": ada.id, "message_id": each})
    assert telegram.chat(ada).messages == ()


def test_a_reply_to_a_message_that_is_gone(telegram: Telegram, ada: Account) -> None:
    """A bot may ask to send a reply all the same; a reply shows what it replies to."""
    lenient = {"message_id": 77, "allow_sending_without_reply": True}
    send(telegram, ada, "x", reply_parameters=lenient)
    assert telegram.chat(ada).last.reply_to is None
    send(telegram, ada, "y", reply_parameters={"message_id": 1})
    replied = telegram.chat(ada).last.reply_to
    assert replied is not None
    assert replied.text == "/start"


def test_files_go_both_ways(telegram: Telegram, ada: Account) -> None:
    """A picture, a document and a person's file arrive whole; getFile names where they are."""
    caption = {"chat_id": ada.id, "caption": "<i>c</i>", "parse_mode": "HTML"}
    telegram.call("sendPhoto", caption, {"photo": ("chart.png", PNG)})
    photo = telegram.chat(ada).last
    assert photo.photo is not None
    assert (photo.photo.content, photo.html) == (PNG, "<i>c</i>")
    sizes = photo.json()["photo"]
    assert isinstance(sizes, list)
    assert (sizes[0]["width"], sizes[0]["height"]) == (640, 480)

    telegram.call("sendDocument", {"chat_id": ada.id}, {"document": ("a.csv", b"a,b")})
    document = telegram.chat(ada).last.document
    assert document is not None
    again = {"chat_id": ada.id, "document": document.id}
    telegram.call("sendDocument", again)
    assert telegram.chat(ada).last.document == document

    telegram.attach(ada, "set.yaml", b"title: x", "my set")
    sent = telegram.chat(ada).messages[-1]
    assert sent.document is not None
    found = telegram.call("getFile", {"file_id": sent.document.id})
    assert isinstance(found, dict)
    assert telegram.download(str(found["file_path"])) == b"title: x"


def test_a_toast_is_seen(telegram: Telegram, ada: Account) -> None:
    """A press is told to the bot with its data; the answer shows as a toast."""
    message = send(telegram, ada, "x", [button("Yes", callback_data="y")])
    telegram.press(ada, message, "Yes")
    [update] = updates(telegram)
    query = update["callback_query"]
    assert isinstance(query, dict)
    assert (query["data"], query["message"]["message_id"]) == ("y", message)
    telegram.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "Right"})
    assert [(toast.text, toast.alert) for toast in telegram.chat(ada).toasts] == [("Right", False)]


def test_a_forged_press_on_a_message_that_is_gone(telegram: Telegram, ada: Account) -> None:
    """Any data can be pressed on any message; one that is gone has the date 0."""
    telegram.press_data(ada, 77, "forged")
    query = updates(telegram)[0]["callback_query"]
    assert isinstance(query, dict)
    assert (query["data"], query["message"]["date"]) == ("forged", 0)


def test_updates_wait_until_they_are_confirmed(telegram: Telegram, ada: Account) -> None:
    """An offset forgets what is before it; numbers count up by one."""
    for text in ("a", "b", "c"):
        telegram.say(ada, text)
    first = number(updates(telegram)[0])
    assert [number(each) for each in updates(telegram)] == [first, first + 1, first + 2]
    assert len(updates(telegram, limit=2)) == 2
    assert len(updates(telegram, offset=first + 1)) == telegram.unconfirmed == 2
    assert [number(each) for each in updates(telegram, offset=-1)] == [first + 2]
    telegram.call("deleteWebhook", {"drop_pending_updates": "true"})
    assert telegram.unconfirmed == 0


def test_only_the_allowed_kinds_are_queued(telegram: Telegram, ada: Account) -> None:
    """Kinds that the bot did not ask for are not queued from then on, and are again when asked."""
    updates(telegram, allowed_updates='["callback_query"]')
    telegram.say(ada, "unheard")
    telegram.press_data(ada, 1, "x")
    assert told(telegram) == ["callback_query"]
    updates(telegram, allowed_updates=[])
    telegram.say(ada, "heard")
    assert told(telegram) == ["callback_query", "message"]


def test_blocking_is_told_once(telegram: Telegram, ada: Account) -> None:
    """The bot is told that it was blocked and unblocked, and hears nothing in between."""
    telegram.block(ada)
    telegram.block(ada)
    with pytest.raises(PersonError, match="unblock"):
        telegram.say(ada, "x")
    telegram.unblock(ada)
    assert told(telegram) == ["my_chat_member", "my_chat_member"]


def test_the_bot_and_its_menu(telegram: Telegram, ada: Account) -> None:
    """The bot knows its name, its waiting updates and one menu for each language."""
    me = telegram.call("getMe", {})
    assert isinstance(me, dict)
    assert (me["is_bot"], me["username"]) == (True, "who_says_bot")
    menu = [{"command": "play", "description": "Play a round"}]
    telegram.call("setMyCommands", {"commands": menu, "language_code": "de"})
    assert telegram.call("getMyCommands", {"language_code": "de"}) == menu
    assert telegram.call("getMyCommands", {}) == []
    info = telegram.call("getWebhookInfo", {})
    assert isinstance(info, dict)
    assert (info["url"], info["pending_update_count"]) == ("", 0)


# (said, the commands in it: offset and length in UTF-16 code units)
COMMANDS = [
    ("/start", [(0, 6)]),
    ("/join ABC", [(0, 5)]),
    ("😀 /stop@who_says_bot", [(3, 18)]),
    ("either/or", []),
    ("http://example.org/x", []),
]


@pytest.mark.parametrize(("text", "found"), COMMANDS)
def test_commands_are_marked(
    telegram: Telegram, ada: Account, text: str, found: list[tuple[int, int]]
) -> None:
    """A command in what a person says is an entity."""
    telegram.say(ada, text)
    expected = tuple(Entity("bot_command", *place) for place in found)
    assert telegram.chat(ada).messages[-1].entities == expected


def test_a_quotation_says_where_it_stands(telegram: Telegram, ada: Account) -> None:
    """A quote carries the words, their UTF-16 offset in the message, and the message itself."""
    question = send(telegram, ada, "😀 A <b>shocking</b> cut")
    telegram.quote(ada, question, "shocking")
    telegram.quote_with_text(ada, question, "cut", "this one?")
    telegram.reply(ada, question, "no quote")
    messages = [each["message"] for each in updates(telegram)]
    assert all(
        isinstance(m, dict) and m["reply_to_message"]["message_id"] == question for m in messages
    )
    quotes = [m.get("quote") for m in messages if isinstance(m, dict)]
    assert quotes == [
        {"text": "shocking", "position": 5, "is_manual": True},
        {"text": "cut", "position": 14, "is_manual": True},
        None,
    ]


def test_an_app_cuts_a_long_text(telegram: Telegram, ada: Account) -> None:
    """An article longer than a message arrives as several, none of them too long."""
    article = "A sentence of an article. 😀\n" * 400
    telegram.say(ada, article)
    parts = [each.text for each in telegram.chat(ada).messages[1:]]
    assert all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert "\n".join(parts) == article.strip()


IMPOSSIBLE: list[tuple[Callable[[Telegram, Account], object], str]] = [
    (lambda t, p: t.press(p, 2, "No"), "no button 'No'; there are: 'Yes', 'Read'"),
    (lambda t, p: t.press(p, 2, 7), "no button 7; there are: 'Yes', 'Read'"),
    (lambda t, p: t.press(p, 2, -1), "no button -1; there are: 'Yes', 'Read'"),
    (lambda t, p: t.press(p, 1, 0), "no button 0; there are: none"),
    (lambda t, p: t.press(p, 2, "Read"), "button 'Read' opens a link and tells the bot nothing"),
    (lambda t, p: t.press(p, 77, 0), "no message 77 in the chat with Ada"),
    (lambda t, p: t.quote(p, 2, "absent"), "message 2 has no words 'absent' to quote"),
    (lambda t, p: t.quote(p, 2, ""), "message 2 has no words '' to quote"),
    (lambda t, p: t.say(p, "  "), "an app sends no empty message"),
    (lambda t, _: t.say(Account(99, "Nobody"), "x"), "no person 99: add them with user()"),
    (lambda t, _: t.chat(t.user(13, "Cy")).last, "the bot has sent nothing yet"),
]


@pytest.mark.parametrize(("act", "why"), IMPOSSIBLE)
def test_what_a_person_cannot_do(
    telegram: Telegram, ada: Account, act: Callable[[Telegram, Account], object], why: str
) -> None:
    """An act that no app offers fails with a sentence that says what there is."""
    send(telegram, ada, "Who says?", [button("Yes"), button("Read", url="example.org")])
    with pytest.raises(PersonError) as caught:
        act(telegram, ada)
    assert str(caught.value) == why


def test_confirming_leaves_nothing(telegram: Telegram, ada: Account) -> None:
    """After everything is confirmed nothing waits."""
    telegram.say(ada, "x")
    confirm(telegram)
    assert updates(telegram) == []
