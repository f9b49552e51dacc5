"""Telegram as far as this bot meets it: the Bot API for the bot, an app for each person.

A state machine without HTTP, without an event loop and without a clock of its own; for one thread.
`Telegram.call` is the whole Bot API; what a person does in an app is inherited from `People`.
Only private chats exist. Not modelled: limits on the rate of sending (a test asks for a 429 with
`refuse_next`), link previews, custom emoji, other kinds of media, `setWebhook`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from bot.local import methods, service
from bot.local.faults import ApiError
from bot.local.params import Params
from bot.local.people import People
from bot.local.updates import Updates
from bot.local.values import Account
from bot.local.world import World

_METHODS: Final[Mapping[str, Callable[[World, Params], object]]] = {
    "getme": service.get_me,
    "getupdates": service.get_updates,
    "deletewebhook": service.delete_webhook,
    "getwebhookinfo": service.get_webhook_info,
    "setmycommands": service.set_commands,
    "getmycommands": service.get_commands,
    "answercallbackquery": service.answer_press,
    "getfile": service.get_file,
    "sendmessage": methods.send_message,
    "sendphoto": methods.send_photo,
    "senddocument": methods.send_document,
    "sendchataction": methods.send_action,
    "editmessagetext": methods.edit_text,
    "editmessagereplymarkup": methods.edit_buttons,
    "deletemessage": methods.delete,
}


class Telegram(People):
    """Telegram's server and everybody's apps, in memory."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        bot_name: str = "Who Says",
        username: str = "who_says_bot",
        first_update: int = 100_000_001,
    ) -> None:
        bot = Account(7_000_000_001, bot_name, username=username, is_bot=True)
        super().__init__(World(clock, bot, Updates(first_update)))
        self._refusals: list[tuple[str, ApiError]] = []

    def call(
        self,
        method: str,
        params: Mapping[str, object],
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> object:
        """Answer one call with what JSON calls `result`; raise ApiError where it is refused.

        A refused call changes no chat. Method names are read in any case, as the server does.
        """
        handler = _METHODS.get(method.lower())
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        for refusal in self._refusals:
            if refusal[0] == method.lower():
                self._refusals.remove(refusal)
                raise refusal[1]
        return handler(self._world, Params(params, files or {}))

    def download(self, path: str) -> bytes:
        """Return the file behind a `file_path` of getFile."""
        return self._world.download(path)

    def refuse_next(self, method: str, error: ApiError) -> None:
        """Refuse the next call of a method once: a flood limit, a server that is down."""
        self._refusals.append((method.lower(), error))

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed with a later offset."""
        return len(self._world.updates)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever an update is queued; return what ends that."""
        return self._world.updates.listen(listener)
