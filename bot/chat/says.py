"""What the bot says, as calls of the Bot API: the only place that knows their parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.buttons import Press, encode
from bot.store.calls import Call, File
from bot.texts import Markup, Texts

Keyboard = Sequence[Sequence[tuple[str, Press]]]
"""Rows of buttons: what stands on each and what pressing it means."""


def send(
    chat_id: int,
    html: Markup,
    keyboard: Keyboard = (),
    *,
    remember: tuple[int, int] | None = None,
    instead: Call | None = None,
) -> Call:
    """Send a message; `remember` keeps its id as a question's (round id, position).

    `instead` is sent where it is not known whether the message arrived.
    """
    content = _content(chat_id, html, keyboard)
    return Call("sendMessage", content, remember=remember, instead=instead)


def edit(chat_id: int, message_id: int, html: Markup, keyboard: Keyboard = ()) -> Call:
    """Replace the text and the keyboard of a message."""
    return Call("editMessageText", {**_content(chat_id, html, keyboard), "message_id": message_id})


def keys(chat_id: int, message_id: int, keyboard: Keyboard = ()) -> Call:
    """Replace the keyboard of a message, or take it away."""
    return Call(
        "editMessageReplyMarkup",
        {"chat_id": chat_id, "message_id": message_id, "reply_markup": _markup(keyboard)},
    )


def toast(callback_id: str, text: str = "") -> Call:
    """Answer a press, with a short line that fades away or with nothing."""
    params: dict[str, object] = {"callback_query_id": callback_id}
    return Call("answerCallbackQuery", {**params, "text": text} if text else params)


def flooded(texts: Texts, chat_id: int) -> Call:
    """Tell a chat that some of what it sent was left unread."""
    return send(chat_id, texts.say("wait-flood"))


def menu(chat_id: int, commands: Mapping[str, str]) -> Call:
    """Show these commands, with a line on each, in the menu of one chat."""
    listed = [{"command": name, "description": line} for name, line in commands.items()]
    scope = {"type": "chat", "chat_id": chat_id}
    return Call("setMyCommands", {"commands": listed, "scope": scope})


def document(chat_id: int, name: str, content: bytes, caption: Markup) -> Call:
    """Send a file."""
    params = {"chat_id": chat_id, "caption": caption, "parse_mode": "HTML"}
    return Call("sendDocument", params, files={"document": File(name, content)})


def picture(chat_id: int, name: str, content: bytes, caption: Markup) -> Call:
    """Send a picture with a caption."""
    params = {"chat_id": chat_id, "caption": caption, "parse_mode": "HTML"}
    return Call("sendPhoto", params, files={"photo": File(name, content)})


def _content(chat_id: int, html: Markup, keyboard: Keyboard) -> dict[str, object]:
    content: dict[str, object] = {
        "chat_id": chat_id,
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return {**content, "reply_markup": _markup(keyboard)} if keyboard else content


def _markup(keyboard: Keyboard) -> dict[str, object]:
    """Return the keyboard as the Bot API takes it; without rows it takes a keyboard away."""
    rows = [
        [{"text": label, "callback_data": encode(press)} for label, press in row]
        for row in keyboard
    ]
    return {"inline_keyboard": rows}
