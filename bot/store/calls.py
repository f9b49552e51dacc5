"""An answer to a person as data: one call of the Bot API, kept in the store until it is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.errors import WhoSaysError


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload with a call: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API.

    `params` is JSON-able, nested values included. `files` are uploads by parameter name.
    `remember` asks that the id of the message sent be kept as the question's of this round
    (round id, position), so that a later answer in words can close its keyboard. `instead` is sent
    in its place when nobody knows whether an attempt took effect; without one it is tried again.
    """

    method: str
    params: dict[str, object]
    files: dict[str, File] = field(default_factory=dict)
    remember: tuple[int, int] | None = None
    instead: Call | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat that the call speaks to; None for the answer to a press."""
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None


class Fate(StrEnum):
    """What became of a call that may be sent once and not twice.

    `UNKNOWN` may have arrived; `NOT_SENT` has not for certain, and may be sent later.
    """

    ARRIVED = "arrived"
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call, why, and the id of the message where one was sent."""

    fate: Fate
    why: str = ""
    message_id: int | None = None


class UndeliveredError(WhoSaysError):
    """Answers could not be sent in time.

    `sent` are the raw results in the order of the calls, None for those without one; `left` is
    what is still to be sent, and has certainly not taken effect.
    """

    def __init__(self, reason: str, sent: Sequence[object], left: Sequence[Call]) -> None:
        super().__init__(reason)
        self.sent = tuple(sent)
        self.left = tuple(left)


def dump(calls: Sequence[Call], *, held: bool = False) -> str:
    """Return calls as the JSON text that the store keeps.

    `held` says that nobody is sending them, so that none can have taken effect.
    """
    rows = [_row(call) for call in calls]
    return json.dumps({"held": rows} if held else rows, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> tuple[Call, ...]:
    """Return what is to be sent of the calls that `dump` wrote.

    Of those that were not held, and may have been sent, it is what they name instead.
    """
    rows = json.loads(text)
    if isinstance(rows, dict):
        return tuple(_call(row) for row in rows["held"])
    return tuple(call.instead or call for call in map(_call, rows))


def _row(call: Call) -> dict[str, object]:
    row: dict[str, object] = {
        "method": call.method,
        "params": call.params,
        "files": {
            name: [file.name, base64.b64encode(file.content).decode("ascii")]
            for name, file in call.files.items()
        },
        "remember": call.remember,
    }
    return row if call.instead is None else {**row, "instead": _row(call.instead)}


def _call(row: dict[str, Any]) -> Call:
    instead = row.get("instead")
    return Call(
        method=row["method"],
        params=row["params"],
        files={
            name: File(file_name, base64.b64decode(content))
            for name, (file_name, content) in row["files"].items()
        },
        remember=tuple(row["remember"]) if row["remember"] else None,
        instead=_call(instead) if instead else None,
    )
