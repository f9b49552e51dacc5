"""What people do in their Telegram apps, and what they see there.

Each act queues an update for the bot, as the server would. What the bot does to the same world is
in `methods` and `service`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.local.entities import Entity, Formatted, cut, units
from bot.local.faults import PersonError
from bot.local.methods import MOST_TEXT
from bot.local.values import Account, Button, Message, Quote, StoredFile
from bot.local.world import Chat, Press, Toast, World

_COMMAND = re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")


@dataclass(frozen=True, slots=True)
class View:
    """What a person sees of the chat with the bot, now."""

    messages: tuple[Message, ...]
    toasts: tuple[Toast, ...]

    @property
    def sent(self) -> tuple[Message, ...]:
        """The bot's messages alone."""
        return tuple(message for message in self.messages if message.from_bot)

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        if not self.sent:
            raise PersonError("the bot has sent nothing yet")
        return self.sent[-1]

    @property
    def asking(self) -> Message | None:
        """The newest message of the bot that has buttons."""
        return next((message for message in reversed(self.sent) if message.buttons), None)


class People:
    """The apps of everybody who talks to the bot."""

    def __init__(self, world: World) -> None:
        self._world = world

    def user(self, id_: int, name: str, language: str = "en") -> Account:
        """Add a person, whose private chat has their number; the bot cannot write there yet."""
        person = Account(id_, name, language=language)
        self._world.chats[id_] = Chat(person)
        return person

    def chat(self, person: Account) -> View:
        """Return what the person sees: messages in order with all edits applied, and toasts."""
        chat = self._chat(person)
        return View(tuple(chat.messages.values()), tuple(chat.toasts))

    def say(self, person: Account, text: str) -> int:
        """Send a text; apps trim it and cut a long one in pieces. Return the last number."""
        sent = [self._deliver(person, Formatted(piece, _commands(piece))) for piece in _cut(text)]
        return sent[-1]

    def attach(self, person: Account, name: str, content: bytes, caption: str = "") -> int:
        """Send a file."""
        self._opened(person)
        document = self._world.keep("documents", name, content)
        return self._deliver(person, Formatted(caption), document=document)

    def press(self, person: Account, message_id: int, button: str | int) -> str:
        """Press a button by its label or its place in reading order, from 0; return the press."""
        buttons = self._message(person, message_id).buttons
        return self.press_data(person, message_id, _pick(buttons, button).data)

    def press_data(self, person: Account, message_id: int, data: str) -> str:
        """Press with any data, on any message, as a forged or outdated app might."""
        chat, world = self._opened(person), self._world
        found = chat.messages.get(message_id)
        gone = {"chat": person.chat_json(), "message_id": message_id, "date": 0}
        number = str(next(world.press_ids))
        world.presses[number] = Press(chat, world.clock())
        query: dict[str, object] = {
            "id": number,
            "from": person.json(),
            "message": found.json() if found else gone,
            "chat_instance": str(person.id),
            "data": data,
        }
        world.updates.add("callback_query", query)
        return number

    def quote(self, person: Account, message_id: int, words: str) -> int:
        """Reply to a message with some of its words quoted, and say them."""
        return self.quote_with_text(person, message_id, words, words)

    def quote_with_text(self, person: Account, message_id: int, words: str, text: str) -> int:
        """Reply to a message with some of its words quoted, and say something else."""
        found = self._message(person, message_id)
        before, match, _after = found.text.partition(words) if words else ("", "", "")
        if not match:
            raise PersonError(f"message {message_id} has no words {words!r} to quote")
        formatted = Formatted(text.strip(), _commands(text.strip()))
        return self._deliver(person, formatted, reply_to=found, quote=Quote(words, units(before)))

    def reply(self, person: Account, message_id: int, text: str) -> int:
        """Reply to a message without quoting words."""
        formatted = Formatted(text.strip(), _commands(text.strip()))
        return self._deliver(person, formatted, reply_to=self._message(person, message_id))

    def block(self, person: Account) -> None:
        """Block the bot; it is told, and can no longer write."""
        self._turn(person, blocked=True)

    def unblock(self, person: Account) -> None:
        """Let the bot write again."""
        self._turn(person, blocked=False)

    def _chat(self, person: Account) -> Chat:
        if person.id not in self._world.chats:
            raise PersonError(f"no person {person.id}: add them with user()")
        return self._world.chats[person.id]

    def _opened(self, person: Account) -> Chat:
        chat = self._chat(person)
        if chat.blocked:
            raise PersonError(f"{person.name} blocked the bot and must unblock it to write")
        chat.opened = True
        return chat

    def _message(self, person: Account, message_id: int) -> Message:
        found = self._chat(person).messages.get(message_id)
        if found is None:
            raise PersonError(f"no message {message_id} in the chat with {person.name}")
        return found

    def _deliver(
        self,
        person: Account,
        formatted: Formatted,
        *,
        document: StoredFile | None = None,
        reply_to: Message | None = None,
        quote: Quote | None = None,
    ) -> int:
        if not formatted.text and document is None:
            raise PersonError("an app sends no empty message")
        chat, world = self._opened(person), self._world
        message = Message(
            id=next(world.message_ids),
            sender=person,
            chat=person,
            date=world.clock(),
            formatted=formatted,
            document=document,
            reply_to=reply_to,
            quote=quote,
        )
        chat.messages[message.id] = message
        world.updates.add("message", message.json())
        return message.id

    def _turn(self, person: Account, *, blocked: bool) -> None:
        chat, world = self._chat(person), self._world
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        member = {"user": world.bot.json(), "status": "member"}
        kicked = {"user": world.bot.json(), "status": "kicked", "until_date": 0}
        change: dict[str, object] = {
            "chat": person.chat_json(),
            "from": person.json(),
            "date": int(world.clock().timestamp()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        world.updates.add("my_chat_member", change)


def _pick(buttons: Sequence[Button], wanted: str | int) -> Button:
    """Find a button that sends data; a clear error names the ones there are."""
    there = ", ".join(repr(button.text) for button in buttons) or "none"
    if isinstance(wanted, int):
        found = buttons[wanted : wanted + 1] if wanted >= 0 else ()
    else:
        found = [button for button in buttons if button.text == wanted][:1]
    if not found:
        raise PersonError(f"no button {wanted!r}; there are: {there}")
    if found[0].url:
        raise PersonError(f"button {wanted!r} opens a link and tells the bot nothing")
    return found[0]


def _cut(text: str) -> Iterator[str]:
    """Cut a text as an app does before it sends it; at least one piece, which may be empty."""
    rest = text.strip()
    while units(rest) > MOST_TEXT:
        most = len(cut(rest, 0, MOST_TEXT))
        breaks = (rest.rfind(mark, 1, most) for mark in "\n ")
        at = next((found for found in breaks if found > 0), most)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    yield rest


def _commands(text: str) -> tuple[Entity, ...]:
    return tuple(
        Entity("bot_command", units(text[: match.start()]), units(match[0]))
        for match in _COMMAND.finditer(text)
    )
