"""Which commands Telegram's menu and the help show to whom, and the sentence that explains each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat import says
from bot.store.calls import Call
from bot.store.roles import Role
from bot.texts import Texts

MENU: Mapping[Role, Mapping[str, str]] = {
    Role.LEARNER: {
        "start": "command-start",
        "quiz": "command-quiz",
        "review": "command-review",
        "score": "command-score",
        "join": "command-join",
        "leave": "command-leave",
        "help": "command-help",
        "cancel": "command-cancel",
        "privacy": "command-privacy",
        "mydata": "command-mydata",
        "forget": "command-forget",
    },
    Role.CO_INSTRUCTOR: {
        "class": "command-class",
        "preview": "command-preview",
        "template": "command-template",
    },
    Role.OPERATOR: {"invite": "command-invite"},
}
"""The commands under the least role that they need, in the order of the menu."""


def commands(role: Role) -> dict[str, str]:
    """Return what somebody of a role may ask for, what is theirs alone first."""
    return {
        command: key
        for needed in reversed(Role)
        if role.may(needed)
        for command, key in MENU.get(needed, {}).items()
    }


def menu(texts: Texts, chat_id: int, role: Role) -> Call:
    """Show a role's commands in the menu of one private chat."""
    return says.menu(
        chat_id, {command: texts.plain(key) for command, key in commands(role).items()}
    )
