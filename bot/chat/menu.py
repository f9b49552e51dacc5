"""Which commands Telegram's menu and the help show to whom, with a line on each."""

from __future__ import annotations

from bot.chat import says
from bot.store.calls import Call
from bot.store.roles import Role
from bot.texts import Texts

LEARNER_TEXT = {
    "start": "command-start",
    "quiz": "command-quiz",
    "review": "command-review",
    "score": "command-score",
    "join": "command-join",
    "leave": "command-leave",
    "leaderboard": "command-leaderboard",
    "reminders": "command-reminders",
    "help": "command-help",
    "cancel": "command-cancel",
    "privacy": "command-privacy",
    "mydata": "command-mydata",
    "forget": "command-forget",
}
TEACHING_TEXT = {
    "class": "command-class",
    "push": "command-push",
    "pushes": "command-pushes",
    "results": "command-results",
    "disputes": "command-disputes",
    "regrade": "command-regrade",
    "preview": "command-preview",
    "template": "command-template",
}
OPERATOR_TEXT = {"invite": "command-invite", "status": "command-status"}


def commands(texts: Texts, role: Role) -> dict[str, str]:
    """Return what somebody of a role may ask for, what is theirs alone first."""
    tables = {
        Role.OPERATOR: OPERATOR_TEXT,
        Role.CO_INSTRUCTOR: TEACHING_TEXT,
        Role.LEARNER: LEARNER_TEXT,
    }
    return {
        command: texts.plain(key)
        for needed, table in tables.items()
        if role.may(needed)
        for command, key in table.items()
    }


def menu(texts: Texts, chat_id: int, role: Role) -> Call:
    """Show a role's commands in the menu of one private chat."""
    return says.menu(chat_id, commands(texts, role))
