"""Presses ↔ `callback_data`: the only place that knows how a button is written."""

from __future__ import annotations

from bot.chat.buttons import classes, learner, lists, push, pushed, results, sets
from bot.chat.buttons.classes import (
    AskNickname,
    DeleteClass,
    InviteCo,
    Leave,
    ListClasses,
    NewClass,
    NewCode,
    OpenClass,
    Rank,
    Rename,
    SetZone,
    ShowQr,
    StayAnonymous,
)
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
from bot.chat.buttons.lists import Listing, ShowPage
from bot.chat.buttons.press import Press
from bot.chat.buttons.pushed import Open, Overview, Page, Remind
from bot.chat.buttons.results import (
    Accept,
    Regrade,
    Reject,
    Rekey,
    RekeyWords,
    SendResults,
    ShowBoard,
    ShowLearners,
    ShowQuestions,
    ShowResults,
    UndoRegrade,
    Uphold,
)
from bot.chat.buttons.sets import (
    AddWords,
    Discard,
    Drop,
    Explain,
    Keep,
    MarkWord,
    Publish,
    SetKind,
    SetSource,
    Try,
    TryClean,
    TryKind,
    TryPass,
    Walk,
)

__all__ = [
    "ALL",
    "CONTINUING",
    "MAX_BYTES",
    "Accept",
    "AddWords",
    "AskNickname",
    "Begin",
    "Choose",
    "DeleteClass",
    "Disagree",
    "Discard",
    "Drop",
    "Explain",
    "Finish",
    "Forget",
    "InviteCo",
    "Keep",
    "Leave",
    "ListClasses",
    "Listing",
    "MarkWord",
    "NewClass",
    "NewCode",
    "Next",
    "NotSure",
    "NothingLoaded",
    "Open",
    "OpenClass",
    "Overview",
    "Page",
    "Press",
    "Publish",
    "Rank",
    "Regrade",
    "Reject",
    "Rekey",
    "RekeyWords",
    "Remind",
    "Rename",
    "Resume",
    "Review",
    "SendResults",
    "SetKind",
    "SetSource",
    "SetZone",
    "ShowBoard",
    "ShowHelp",
    "ShowLearners",
    "ShowPage",
    "ShowQr",
    "ShowQuestions",
    "ShowResults",
    "ShowScore",
    "ShowSets",
    "StayAnonymous",
    "Try",
    "TryClean",
    "TryKind",
    "TryPass",
    "UndoRegrade",
    "Uphold",
    "Walk",
    "decode",
    "encode",
]

MAX_BYTES = 64
"""Telegram's limit on callback_data (Bot API, InlineKeyboardButton)."""

ALL: tuple[type[Press], ...] = (
    *learner.PRESSES,
    *classes.PRESSES,
    *sets.PRESSES,
    *pushed.PRESSES,
    *push.PRESSES,
    *results.PRESSES,
    *lists.PRESSES,
)
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
