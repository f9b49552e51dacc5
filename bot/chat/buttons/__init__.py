"""Presses ↔ `callback_data`: the only place that knows how a button is written."""

from __future__ import annotations

from bot.chat.buttons import learner, push, pushed
from bot.chat.buttons.learner import (
    CONTINUING,
    Begin,
    Choose,
    Disagree,
    Finish,
    Forget,
    Next,
    NothingLoaded,
    NotSure,
    Resume,
    Review,
    ShowHelp,
    ShowScore,
    ShowSets,
)
from bot.chat.buttons.press import Press
from bot.chat.buttons.pushed import Open, Overview, Page, Remind

__all__ = [
    "ALL",
    "CONTINUING",
    "MAX_BYTES",
    "Begin",
    "Choose",
    "Disagree",
    "Finish",
    "Forget",
    "Next",
    "NotSure",
    "NothingLoaded",
    "Open",
    "Overview",
    "Page",
    "Press",
    "Remind",
    "Resume",
    "Review",
    "ShowHelp",
    "ShowScore",
    "ShowSets",
    "decode",
    "encode",
]

MAX_BYTES = 64
"""Telegram's limit on callback_data (Bot API, InlineKeyboardButton)."""

ALL: tuple[type[Press], ...] = (*learner.PRESSES, *pushed.PRESSES, *push.PRESSES)
"""Every press there is."""

_BY_CODE = {press.code: press for press in ALL}


def encode(press: Press) -> str:
    """Return the callback_data of a press; ValueError when Telegram would refuse it."""
    data = ":".join([press.code, *press.parts()])
    if not 1 <= len(data.encode()) <= MAX_BYTES:
        raise ValueError(f"callback data of {len(data.encode())} bytes: {data!r}")
    return data


def decode(data: str) -> Press | None:
    """Return the press that data stands for; None for data that no button of ours has."""
    code, *parts = data.split(":")
    press = _BY_CODE.get(code)
    try:
        return press.read(parts) if press else None
    except ValueError:
        return None
