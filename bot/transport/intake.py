"""Taking updates in, however they come: a batch is kept, then what is new of it is handed over.

Updates stay raw here, whatever they are, so that one that nobody can read does not take its batch
along.
What they mean, and how they are stored, does not belong here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Any

import structlog

_log = structlog.get_logger(__name__)

RawUpdate = dict[str, Any]
Keep = Callable[[Sequence[object]], Awaitable[Sequence[RawUpdate]]]
HandOver = Callable[[RawUpdate], Awaitable[None] | None]


class Alarm(StrEnum):
    """What an operator has to know of, because it does not get better by itself."""

    CONFLICT = "another process takes the updates of the same token"
    TOKEN = "Telegram rejects the token"  # noqa: S105 (a sentence, no token)
    STORE = "updates cannot be stored, so none are taken in"
    WEBHOOK = "Telegram cannot reach the webhook"
    STOPPED = "a part of the bot stopped by itself, and is started again"


class Intake:
    """What a poller and a webhook share: keeping, handing over, alarms and the sign of life.

    `keep` stores a raw batch durably, whatever is in it, and returns what of it is new and can be
    handled; `hand_over` gives one of these on. `alarm` hears of each trouble once, with the words
    that came with it or none, until something works again; `heard` is called as long as updates
    would come in if there were any.
    """

    def __init__(
        self,
        *,
        keep: Keep,
        hand_over: HandOver,
        alarm: Callable[[Alarm, str], None],
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        self._keep = keep
        self._hand_over = hand_over
        self._alarm = alarm
        self.heard = heard
        self.trouble: Alarm | None = None

    async def take_in(self, batch: Sequence[object]) -> int | None:
        """Keep a batch and hand over what is new; return how many, None where it was not kept."""
        try:
            new = await self._keep(batch)
        except Exception:
            # Whatever went wrong, Telegram still has the batch and gives it again.
            _log.exception("updates not kept", count=len(batch))
            self.report(Alarm.STORE)
            return None
        for update in new:
            try:
                handed = self._hand_over(update)
                if handed is not None:
                    await handed
            except Exception:
                # It is kept and not marked done: the next start hands it over again.
                _log.exception("update not handed over", update_id=update.get("update_id"))
        return len(new)

    def report(self, trouble: Alarm, words: str = "") -> None:
        """Ring the alarm, unless it rang for this trouble and nothing has worked since."""
        if self.trouble is not trouble:
            self.trouble = trouble
            self._alarm(trouble, words)

    def worked(self) -> None:
        """Note that there is no trouble now."""
        self.trouble = None
