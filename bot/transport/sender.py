"""The one way out: every call of the Bot API that says something goes through here.

Answers are sent until they arrive or patience ends, in order within each chat, other chats beside.
Pushes are sent once. Presses are acknowledged at once or not at all. What is said, and where unsent
calls are kept, does not belong here.

What may come twice. After some attempts nobody knows whether the call took effect. What is then
done is one rule: **a call that says what to send instead is not tried again, everything else is**.
Instead of a question a line offers to show it again, since two copies of a question are two things
to answer. A picture, a file, a line or an invitation that comes twice says the same both times and
its buttons lead to the same, while one that never came would be missed. Edits, menus and answers to
presses change nothing the second time. A push is sent by `send`, which never tries again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from math import inf
from random import Random

import structlog
from telegram import Bot

from bot.store.calls import Call, Fate, Outcome, UndeliveredError
from bot.transport.attempts import Attempt, Ended, Sent, Tried, attempt, unheard
from bot.transport.backoff import Backoff
from bot.transport.limits import RATE
from bot.transport.lines import Lines
from bot.transport.pauses import Pauses
from bot.transport.turns import Turns

PATIENCE = 60.0
"""Seconds after the first trouble with a call for which its chat is kept waiting. What has not
arrived by then is left to the caller, who may try again later."""

FADES = 10.0
"""Seconds after which a press is not worth an answer: Telegram takes none after about 15."""

GRACE = 3.0
"""Seconds that an attempt is given to end when everything stops."""

_STOPPED = Ended(Attempt.NETWORK, "stopped in the middle", certain=False)

_OVER = (Attempt.ARRIVED, Attempt.REFUSED, Attempt.BLOCKED, Attempt.TOKEN)

_FATE = {
    Attempt.ARRIVED: Fate.ARRIVED,
    Attempt.BLOCKED: Fate.BLOCKED,
    Attempt.REFUSED: Fate.REFUSED,
    Attempt.FLOOD: Fate.NOT_SENT,
    Attempt.TOKEN: Fate.NOT_SENT,
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _End:
    """What became of one call of a delivery; `left` is what is still to be sent of it."""

    sent: Sent = None
    left: Call | None = None
    why: str = ""
    blocked: bool = False


class Sender:
    """Sends calls; `rate` is how many messages may go out in a second, `patience` is in seconds.

    `tried` hears how every attempt ended.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        rate: int = RATE,
        patience: float = PATIENCE,
        random: Random | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tried: Tried = unheard,
    ) -> None:
        """Keep what is needed; nothing is sent yet."""
        self._bot = bot
        self._tried = tried
        self._patience = patience
        self._random = random or Random()
        self._pauses = Pauses(clock, sleep)
        self._turns = Turns(self._pauses, rate)
        self._push_backoff = Backoff(self._random, first=1.0, ceiling=60.0)
        self._lines = Lines()
        self._open: set[asyncio.Timeout] = set()
        self.arrived = 0

    def stop(self) -> None:
        """Try nothing a second time from now on; what is on its way has a moment to arrive."""
        self._turns.stop()
        for limit in self._open:
            limit.reschedule(asyncio.get_running_loop().time() + GRACE)

    def held(self, chat_id: int | None) -> float:
        """Return for how many seconds Telegram has asked that a chat be left alone."""
        return max(0.0, self._turns.held(chat_id) - self._pauses.now())

    async def pause(self, seconds: float) -> bool:
        """Wait; False where everything stops before."""
        return await self._pauses.until(self._pauses.now() + seconds)

    async def deliver(self, calls: Sequence[Call]) -> Sequence[Sent]:
        """Send calls, those of one chat one after another, and return the raw result of each.

        A call that can never arrive (the person blocked the bot, a malformed request) is logged
        and gives None, as does one in whose place something else was sent. Raises UndeliveredError
        when patience runs out or the token is rejected; it says what did arrive and what is left.
        """
        places: dict[int | None, list[int]] = {}
        for place, call in enumerate(calls):
            places.setdefault(call.chat_id, []).append(place)
        sent: dict[int, Sent] = {}
        left: dict[int, Call] = {}
        troubles = await asyncio.gather(
            *(self._in_line(chat, calls, part, sent, left) for chat, part in places.items())
        )
        if left:
            raise UndeliveredError(
                "; ".join(filter(None, troubles)),
                sent=[sent.get(place) for place in range(len(calls))],
                left=[left[place] for place in sorted(left)],
            )
        return [sent[place] for place in range(len(calls))]

    async def acknowledge(self, call: Call) -> None:
        """Answer a press, unless it takes so long that nobody is waiting any more."""
        until, backoff = self._pauses.now() + FADES, Backoff(self._random)
        while self._turns.held(None) <= self._pauses.now():
            ended = await self._attempt(call)
            if ended.how is not Attempt.NETWORK:
                return
            again = self._pauses.now() + backoff.next()
            if again > until or not await self._pauses.until(again):
                return

    async def turn(self, chat_id: int, *, message: bool = True) -> None:
        """Return when a push may go out, or when everything stops."""
        await self._turns.push(chat_id, message=message)

    async def send(self, call: Call) -> Outcome:
        """Send a push that has its turn, once, and say what became of it."""
        ended = await self._attempt(call)
        if ended.how is Attempt.ARRIVED:
            self._push_backoff.reset()
            result = ended.result if isinstance(ended.result, Mapping) else {}
            return Outcome(Fate.ARRIVED, message_id=result.get("message_id"))
        if ended.how in (Attempt.NETWORK, Attempt.TOKEN):
            seconds = self._push_backoff.next()
            self._turns.hold_pushes(seconds)
            _log.warning("pushes held back", reason=ended.why, seconds=round(seconds, 1))
        unknown = Fate.NOT_SENT if ended.certain else Fate.UNKNOWN
        return Outcome(_FATE.get(ended.how, unknown), ended.why)

    async def _in_line(
        self,
        chat_id: int | None,
        calls: Sequence[Call],
        places: Sequence[int],
        sent: dict[int, Sent],
        left: dict[int, Call],
    ) -> str:
        """Send the calls of one chat; return what ended that, empty where all are through."""
        async with self._line(chat_id):
            for n, place in enumerate(places):
                end = await self._arrive(calls[place])
                later = places[n + 1 :]
                if end.left is not None:
                    left |= {place: end.left, **{each: calls[each] for each in later}}
                    return f"{end.left.method} was not delivered: {end.why}"
                sent[place] = end.sent
                if end.blocked:
                    sent |= dict.fromkeys(later)
                    break
        return ""

    def _line(self, chat_id: int | None) -> asyncio.Lock | nullcontext[None]:
        """Return where deliveries to a chat stand in line; those to no chat stand in none."""
        return nullcontext() if chat_id is None else self._lines.of(chat_id)

    async def _arrive(self, call: Call) -> _End:
        """Send one call until it arrives, never can, or patience ends."""
        asked, moved, message = call, call.chat_id, call.method.startswith("send")
        backoff, until = Backoff(self._random), inf
        why = "it has to wait for too long"
        while True:
            limit = min(until, self._pauses.now() + self._patience)
            if not await self._turns.answer(moved, limit, message=message):
                return _End(left=call, why=why)
            ended = await self._attempt(call, moved)
            if ended.how in _OVER:
                return _over(ended, call, asked=call is asked)
            why, wait = ended.why, 0.0
            if ended.chat_id is not None and moved == asked.chat_id:
                moved = ended.chat_id
            elif ended.how is Attempt.NETWORK:
                wait = backoff.next()
                if not ended.certain and call.instead is not None:
                    call = call.instead
            now = self._pauses.now()
            until = min(until, now + self._patience)
            again = not self._pauses.stopped and now + wait <= until
            if not again or not await self._pauses.until(now + wait):
                return _End(left=call, why=why)

    async def _attempt(self, call: Call, chat_id: int | None = None) -> Ended:
        """Try a call once; a flood is noted for its chat, or for all."""
        try:
            async with asyncio.timeout(GRACE if self._pauses.stopped else None) as limit:
                self._open.add(limit)
                try:
                    ended = await attempt(self._bot, call, chat_id)
                finally:
                    self._open.discard(limit)
        except TimeoutError:
            ended = _STOPPED
        self._tried(ended.how)
        if ended.how is Attempt.ARRIVED:
            self.arrived += 1
        if ended.how is Attempt.FLOOD:
            all_ = self._turns.flooded(call.chat_id if chat_id is None else chat_id, ended.wait)
            _log.warning("Telegram asks to wait", seconds=ended.wait, all=all_)
        return ended


def _over(ended: Ended, call: Call, *, asked: bool) -> _End:
    """Return what became of a call that need not be tried again; `asked` is whether it is its own.

    What was sent in the place of a call gives no result.
    """
    match ended.how:
        case Attempt.TOKEN:
            return _End(left=call, why=ended.why)
        case Attempt.REFUSED:
            _log.error("call refused", method=call.method, reason=ended.why)
        case Attempt.BLOCKED:
            _log.info("refused by the chat", method=call.method, reason=ended.why)
    return _End(ended.result if asked else None, blocked=ended.how is Attempt.BLOCKED)
