"""What operators are told when something goes wrong, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.chat.health import Figures
from bot.chat.views.figures import percent, size, span
from bot.texts import Markup, Texts

ALERT_TEXT = {
    "polling": "alert-polling",
    "conflict": "alert-conflict",
    "webhook": "alert-webhook",
    "token": "alert-token",
    "stopped": "alert-stopped",
    "store": "alert-store",
    "disk": "alert-disk",
    "model": "alert-model",
    "doubt": "alert-doubt",
    "backup": "alert-backup",
    "failed": "alert-failed",
}
OVER_TEXT = {
    "polling": "over-polling",
    "conflict": "over-conflict",
    "webhook": "over-webhook",
    "token": "over-token",
    "stopped": "over-stopped",
    "store": "over-store",
    "disk": "over-disk",
    "model": "over-model",
    "doubt": "over-doubt",
    "backup": "over-backup",
    "failed": "over-failed",
}

_SHOWN: dict[str, Callable[[Texts, float], str | int]] = {
    "free": lambda _, value: size(value),
    "needed": lambda _, value: size(value),
    "recent": lambda _, value: percent(value),
    "before": lambda _, value: percent(value),
    "silent": lambda texts, value: span(texts, timedelta(seconds=value)),
    "age": lambda texts, value: span(texts, timedelta(seconds=value)),
    "count": lambda _, value: int(value),
}
"""How the figures of troubles are shown, by their names."""


def trouble(texts: Texts, kind: str, figures: Figures) -> Markup:
    """Say what is wrong and what to do about it."""
    slots = {name: _SHOWN[name](texts, value) for name, value in figures.items()}
    return texts.say("alert", what=texts.say(ALERT_TEXT[kind], **slots))


def over(texts: Texts, kind: str) -> Markup:
    """Say that something is wrong no longer."""
    return texts.say("over", what=texts.say(OVER_TEXT[kind]))
