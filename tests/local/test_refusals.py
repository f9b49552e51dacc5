"""Every limit and every refusal, with the server's code and words."""

from collections.abc import Mapping

import pytest

from bot.local.faults import NOT_MODIFIED, QUERY_TOO_OLD, ApiError, flood
from bot.local.telegram import Telegram
from bot.local.values import Account

from .conftest import PNG, Clock

EMOJI = "😀"


CANNOT_ENTITIES = "can't parse entities: "

# (method, parameters besides chat_id, why)
BAD_REQUESTS: list[tuple[str, dict[str, object], str]] = [
    ("sendMessage", {}, "message text is empty"),
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "text must be non-empty"),
    ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": EMOJI * 2049}, "message is too long"),
    ("sendMessage", {"text": "\ud83d"}, "strings must be encoded in UTF-8"),
    ("sendMessage", {"text": "*x*", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"text": "<b>x", "parse_mode": "HTML"},
        CANNOT_ENTITIES + 'Can\'t find end tag corresponding to start tag "b"',
    ),
    (
        "editMessageText",
        {"message_id": 2, "text": "a<p>", "parse_mode": "html"},
        CANNOT_ENTITIES + 'Unsupported start tag "p" at byte offset 1',
    ),
    ("sendMessage", {"text": "x", "entities": [1]}, "can't parse MessageEntity: Object expected"),
    ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
    ("sendMessage", {"text": "x", "chat_id": 99}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": "@ada"}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": 12}, "chat not found"),
    (
        "sendMessage",
        {"text": "x", "reply_parameters": {"message_id": 77}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"text": "x", "reply_parameters": "{"},
        "can't parse reply parameters JSON object",
    ),
    ("sendMessage", {"text": "x", "reply_parameters": 7}, "object expected as reply parameters"),
    ("editMessageText", {"message_id": 2, "text": "hello"}, NOT_MODIFIED),
    ("editMessageText", {"message_id": 2, "text": " hello "}, NOT_MODIFIED),
    ("editMessageReplyMarkup", {"message_id": 2}, NOT_MODIFIED),
    ("editMessageText", {"message_id": 77, "text": "x"}, "message to edit not found"),
    ("editMessageReplyMarkup", {"message_id": 77}, "message to edit not found"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"message_id": 2, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
    (
        "editMessageText",
        {"message_id": 3, "text": "x"},
        "there is no text in the message to edit",
    ),
    ("deleteMessage", {"message_id": 77}, "message to delete not found"),
    ("deleteMessage", {}, "message identifier is not specified"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendDocument", {"document": "attach://x"}, "there is no document in the request"),
    ("sendDocument", {"document": "BQAC"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"caption": "x" * 1025}, "message caption is too long"),
    ("sendDocument", {"caption": EMOJI * 513}, "message caption is too long"),
    ("getFile", {"file_id": "BQAC"}, "invalid file_id"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, QUERY_TOO_OLD),
    ("answerCallbackQuery", {"text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": "x"}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": ["x"]}, "expected an Object as BotCommand"),
    ("setMyCommands", {"language_code": "eng"}, "invalid language code specified"),
]

# Command, description and why it is refused.
COMMANDS = [
    ("", "x", "command must be non-empty"),
    ("x" * 33, "x", "command length must not exceed 32"),
    ("x", "", "command description must be non-empty"),
    ("x", "y" * 257, "command description length must not exceed 256"),
    ("Start", "x", "BOT_COMMAND_INVALID"),
    ("two-words", "x", "BOT_COMMAND_INVALID"),
    ("/start", "x", "BOT_COMMAND_INVALID"),
]

UPLOADS = [
    ("sendPhoto", "photo", b"no picture", 400, "Bad Request: IMAGE_PROCESS_FAILED"),
    ("sendDocument", "document", b"", 400, "Bad Request: file must be non-empty"),
    ("sendDocument", "document", bytes(50 * 1024**2 + 1), 413, "Request Entity Too Large"),
]

AT_THE_LIMIT: list[tuple[str, dict[str, object]]] = [
    ("sendMessage", {"text": "x" * 4096}),
    ("sendMessage", {"text": "<b>" + EMOJI * 2048 + "</b>", "parse_mode": "HTML"}),
    (
        "setMyCommands",
        {"commands": [{"command": "x_1" + "y" * 29, "description": "z" * 256}] * 100},
    ),
    ("sendChatAction", {"action": "typing"}),
]


def refusal(
    telegram: Telegram,
    method: str,
    params: Mapping[str, object],
    files: Mapping[str, tuple[str, bytes]] | None = None,
) -> ApiError:
    """Make a call that must be refused."""
    with pytest.raises(ApiError) as caught:
        telegram.call(method, params, files)
    return caught.value


@pytest.fixture
def chat(telegram: Telegram, ada: Account) -> Account:
    """Ada's chat: her /start (1), "hello" (2) and a picture (3); Ben (12) never wrote."""
    telegram.user(12, "Ben")
    telegram.call("sendMessage", {"chat_id": ada.id, "text": "hello"})
    telegram.call("sendPhoto", {"chat_id": ada.id}, {"photo": ("p.png", PNG)})
    return ada


@pytest.mark.parametrize(("method", "params", "why"), BAD_REQUESTS)
def test_bad_requests(
    telegram: Telegram, chat: Account, method: str, params: dict[str, object], why: str
) -> None:
    """A bad request is answered 400 in the server's words and leaves the chat as it was."""
    before = telegram.chat(chat)
    found = refusal(telegram, method, {"chat_id": chat.id, **params})
    assert (found.code, found.description) == (400, f"Bad Request: {why}")
    assert telegram.chat(chat) == before


@pytest.mark.parametrize(("method", "params"), AT_THE_LIMIT)
def test_what_is_just_within_the_limits_passes(
    telegram: Telegram, chat: Account, method: str, params: dict[str, object]
) -> None:
    """A limit itself is allowed."""
    assert telegram.call(method, {"chat_id": chat.id, **params})


@pytest.mark.parametrize(("command", "description", "why"), COMMANDS)
def test_command_rules(telegram: Telegram, command: str, description: str, why: str) -> None:
    """A command has a short lower-case name and a description."""
    menu = [{"command": command, "description": description}]
    assert refusal(telegram, "setMyCommands", {"commands": menu}).description.endswith(why)


def test_too_many_commands(telegram: Telegram) -> None:
    """A menu of more than a hundred commands is refused."""
    menu = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    found = refusal(telegram, "setMyCommands", {"commands": menu})
    assert found.description == "Bad Request: BOT_COMMANDS_TOO_MUCH"


@pytest.mark.parametrize(("method", "name", "content", "code", "description"), UPLOADS)
def test_uploads(
    telegram: Telegram,
    chat: Account,
    method: str,
    name: str,
    content: bytes,
    code: int,
    description: str,
) -> None:
    """A file that is empty, too large or no picture is refused."""
    found = refusal(telegram, method, {"chat_id": chat.id}, {name: ("x", content)})
    assert (found.code, found.description) == (code, description)


def test_a_file_too_big_to_download(telegram: Telegram, chat: Account) -> None:
    """There is no path to a file above 20 MB."""
    telegram.call(
        "sendDocument", {"chat_id": chat.id}, {"document": ("x", bytes(20 * 1024**2 + 1))}
    )
    document = telegram.chat(chat).last.document
    assert document is not None
    found = refusal(telegram, "getFile", {"file_id": document.id})
    assert found.description == "Bad Request: file is too big"


@pytest.mark.parametrize("method", ["sendEverything", "", "setWebhook"])
def test_unknown_methods(telegram: Telegram, method: str) -> None:
    """A method that is not known is not found."""
    found = refusal(telegram, method, {})
    assert (found.code, found.description) == (404, "Not Found: method not found")


def test_a_path_that_names_no_file(telegram: Telegram) -> None:
    """A download of nothing is not found."""
    with pytest.raises(ApiError, match="404 Not Found"):
        telegram.download("documents/file_9")


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"text": "x"}),
        ("editMessageText", {"message_id": 2, "text": "x"}),
        ("sendPhoto", {}),
        ("sendChatAction", {"action": "typing"}),
    ],
)
def test_a_person_who_blocked_the_bot(
    telegram: Telegram, chat: Account, method: str, params: dict[str, object]
) -> None:
    """Nothing can be sent to a person who blocked the bot, until they unblock it."""
    telegram.block(chat)
    found = refusal(telegram, method, {"chat_id": chat.id, **params}, {"photo": ("p", PNG)})
    assert (found.code, found.description) == (403, "Forbidden: bot was blocked by the user")
    telegram.unblock(chat)
    assert telegram.call(method, {"chat_id": chat.id, **params}, {"photo": ("p", PNG)})


def test_a_press_is_answered_once_and_in_time(
    telegram: Telegram, ada: Account, clock: Clock
) -> None:
    """The second answer to a press, and one after a quarter of a minute, are refused."""
    in_time, late = (telegram.press_data(ada, 1, "x") for _ in range(2))
    clock.move(seconds=15)
    assert telegram.call("answerCallbackQuery", {"callback_query_id": in_time, "text": "x" * 200})
    clock.move(seconds=1)
    for press in (in_time, late):
        found = refusal(telegram, "answerCallbackQuery", {"callback_query_id": press})
        assert found.description == f"Bad Request: {QUERY_TOO_OLD}"


def test_an_old_message_cannot_be_deleted(telegram: Telegram, chat: Account, clock: Clock) -> None:
    """After two days a message stays."""
    clock.move(hours=48, seconds=1)
    found = refusal(telegram, "deleteMessage", {"chat_id": chat.id, "message_id": 2})
    assert found.description == "Bad Request: message can't be deleted for everyone"


def test_a_refusal_on_demand(telegram: Telegram, ada: Account) -> None:
    """A test can have the next call refused, once, with the body the server would send."""
    telegram.refuse_next("sendMessage", flood(3))
    params = {"chat_id": ada.id, "text": "x"}
    assert refusal(telegram, "sendMessage", params).body() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert telegram.call("sendMessage", params)
