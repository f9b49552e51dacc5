"""The Bot API methods that put messages into chats, change and remove them.

Limits, from the Bot API documentation: text 1-4096 and caption 0-1024 characters *after entities
are parsed*; photos and documents up to 50 MB. The server does not say what a character is (TDLib
counts code points, apps count UTF-16 code units); the larger count, UTF-16, is used here, so that
what passes here passes there. A message longer than that is never cut: it is refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.local.entities import Formatted, tidy, units
from bot.local.faults import NOT_MODIFIED, ApiError, bad_request
from bot.local.keyboards import read_rows
from bot.local.params import Params
from bot.local.values import Message, StoredFile, image_size
from bot.local.world import Chat, World

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_UPLOAD_BYTES = 50 * 1024 * 1024
DELETABLE_FOR = timedelta(hours=48)
_ACTIONS = frozenset(
    {
        "typing",
        "choose_sticker",
        "find_location",
        *(f"record_{kind}" for kind in ("video", "voice", "video_note")),
        *(f"upload_{kind}" for kind in ("photo", "video", "voice", "document", "video_note")),
    }
)


def send_message(world: World, params: Params) -> object:
    """Send a text."""
    formatted = _text(params, too_long="message is too long")
    return _post(world, world.writable(params), params, formatted).json()


def send_photo(world: World, params: Params) -> object:
    """Send a picture with a caption."""
    caption = _caption(params)
    chat = world.writable(params)
    photo = _file(world, params, "photo")
    if image_size(photo.content) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _post(world, chat, params, caption, photo=photo).json()


def send_document(world: World, params: Params) -> object:
    """Send a file with a caption."""
    caption = _caption(params)
    chat = world.writable(params)
    return _post(world, chat, params, caption, document=_file(world, params, "document")).json()


def edit_text(world: World, params: Params) -> object:
    """Replace the words and the buttons of a message of the bot's own."""
    formatted = _text(params, too_long="MESSAGE_TOO_LONG")
    chat = world.writable(params)
    old = _editable(world, chat, params)
    if old.photo or old.document:
        raise bad_request("there is no text in the message to edit")
    new = replace(old, formatted=formatted, rows=read_rows(params), edited=world.clock())
    return _exchange(chat, old, new)


def edit_buttons(world: World, params: Params) -> object:
    """Replace the buttons alone; this does not mark a message as edited."""
    chat = world.writable(params)
    old = _editable(world, chat, params)
    return _exchange(chat, old, replace(old, rows=read_rows(params)))


def delete(world: World, params: Params) -> object:
    """Remove a message, the bot's or the person's, within two days of its date."""
    chat = world.chat(params)
    found = world.message(chat, params, missing="message to delete not found")
    if world.clock() - found.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[found.id]
    return True


def send_action(world: World, params: Params) -> object:
    """Accept "typing" and the like; nobody is shown it."""
    world.writable(params)
    if params.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _text(params: Params, too_long: str) -> Formatted:
    if not params.text("text"):
        raise bad_request("message text is empty")
    formatted = tidy(params.formatted("text", "entities"))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if units(formatted.text) > MOST_TEXT:
        raise bad_request(too_long)
    return formatted


def _caption(params: Params) -> Formatted:
    caption = tidy(params.formatted("caption", "caption_entities"))
    if units(caption.text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def _file(world: World, params: Params, name: str) -> StoredFile:
    """Return what a call uploads, or a file that the server holds already."""
    given = params.text(name)
    uploaded = params.files.get(given.removeprefix("attach://") or name)
    if uploaded is None:
        if given in world.files:
            return world.files[given]
        if given and not given.startswith("attach://"):
            raise bad_request("wrong file identifier/HTTP URL specified")
        raise bad_request(f"there is no {name} in the request")
    title, content = uploaded
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MOST_UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    return world.keep(f"{name}s", title, content)


def _post(
    world: World,
    chat: Chat,
    params: Params,
    formatted: Formatted,
    photo: StoredFile | None = None,
    document: StoredFile | None = None,
) -> Message:
    """Put a message of the bot's into a chat."""
    message = Message(
        id=0,
        sender=world.bot,
        chat=chat.person,
        date=world.clock(),
        formatted=formatted,
        rows=read_rows(params),
        photo=photo,
        document=document,
        reply_to=_replied(chat, params),
    )
    # Only now: a call that is refused uses up no number.
    message = replace(message, id=next(world.message_ids))
    chat.messages[message.id] = message
    return message


def _replied(chat: Chat, params: Params) -> Message | None:
    given = params.json("reply_parameters", "reply parameters")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    wanted = Params(given)
    found = chat.messages.get(wanted.integer("message_id") or 0)
    if found is None and not wanted.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def _editable(world: World, chat: Chat, params: Params) -> Message:
    found = world.message(chat, params, missing="message to edit not found")
    if found.sender != world.bot:
        raise bad_request("message can't be edited")
    return found


def _exchange(chat: Chat, old: Message, new: Message) -> object:
    if (old.formatted, old.rows) == (new.formatted, new.rows):
        raise bad_request(NOT_MODIFIED)
    chat.messages[new.id] = new
    return new.json()
