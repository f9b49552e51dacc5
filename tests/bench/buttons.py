"""What a learner of the bench presses; the letters are those of bot/chat/buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What an update of the bench does."""

    SAY = "say"
    ANSWER = "answer"
    CONTINUE = "continue"
    BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a message offers: what pressing means, the data and the labels of the buttons."""

    step: Step
    data: list[str]
    labels: list[str]

    @property
    def letter(self) -> str:
        """What kind of button comes first."""
        return self.data[0].partition(":")[0]

    @property
    def place(self) -> tuple[str, int] | None:
        """The round and the position of the question that was asked or answered."""
        _, *fields = self.data[0].split(":")
        if self.step is Step.ANSWER:
            return fields[0], int(fields[1])
        return (fields[0], int(fields[1]) - 1) if self.letter == "n" else None


# In the order of preference: a question's answers before what leads on, that before a new round.
_LETTERS = ((Step.ANSWER, "kpc"), (Step.CONTINUE, "ne"), (Step.BEGIN, "b"))


def recognised(keyboard: Mapping[str, Any]) -> Offer | None:
    """Return what a message offers; None for a keyboard without a button that leads on."""
    buttons = [
        button
        for row in keyboard.get("inline_keyboard", ())
        for button in row
        if "callback_data" in button
    ]
    for step, letters in _LETTERS:
        chosen = [one for one in buttons if one["callback_data"].partition(":")[0] in letters]
        if chosen:
            data = [button["callback_data"] for button in chosen]
            return Offer(step, data, [button["text"] for button in chosen])
    return None
