"""An answer to a person as data: one call of the Bot API, kept in the store until it is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


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
    (round id, position), so that a later answer in words can close its keyboard.
    """

    method: str
    params: dict[str, object]
    files: dict[str, File] = field(default_factory=dict)
    remember: tuple[int, int] | None = None

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


def dump(calls: Sequence[Call]) -> str:
    """Return calls as the JSON text that the store keeps."""
    return json.dumps(
        [
            {
                "method": call.method,
                "params": call.params,
                "files": {
                    name: [file.name, base64.b64encode(file.content).decode("ascii")]
                    for name, file in call.files.items()
                },
                "remember": call.remember,
            }
            for call in calls
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(text: str) -> tuple[Call, ...]:
    """Return the calls that `dump` wrote."""
    return tuple(
        Call(
            method=row["method"],
            params=row["params"],
            files={
                name: File(file_name, base64.b64decode(content))
                for name, (file_name, content) in row["files"].items()
            },
            remember=tuple(row["remember"]) if row["remember"] else None,
        )
        for row in json.loads(text)
    )
