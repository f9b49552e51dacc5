"""What a learner of the bench presses; the letters are those of bot/chat/buttons.py."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What an update of the bench does."""

    SAY = "say"
    ANSWER = "answer"
    CONTINUE = "continue"
    BEGIN = "begin"


# In the order of preference: a question's answers before what leads on, that before a new round.
_LETTERS = ((Step.ANSWER, "kpc"), (Step.CONTINUE, "ne"), (Step.BEGIN, "b"))


def recognised(keyboard: Mapping[str, Any]) -> tuple[Step, list[str]] | None:
    """Return what pressing under a message means, and the data of the buttons that mean it.

    None for a keyboard without such a button, as under a verdict that was settled.
    """
    data = [
        button["callback_data"]
        for row in keyboard.get("inline_keyboard", ())
        for button in row
        if "callback_data" in button
    ]
    for step, letters in _LETTERS:
        chosen = [one for one in data if one.partition(":")[0] in letters]
        if chosen:
            return step, chosen
    return None
