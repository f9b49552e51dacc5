"""The courier: brings pushes and reminders to learners when their time has come.

A message is marked as being sent before it is sent. So what was on its way when the bot died is
known at the next start, told to whoever watches the push, and not sent again; the rest goes on.
With nothing due the courier sleeps until something is, or until it is woken.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.chat import says
from bot.chat.desk import Desk
from bot.chat.progress import Post, Progress
from bot.chat.traces import traced
from bot.chat.views import progress as progress_view
from bot.chat.views import pushed as view
from bot.store import classes, deliveries, learners, pushes
from bot.store.calls import Call, Fate
from bot.store.classes import Class
from bot.store.deliveries import DeliveryState, Errand
from bot.store.pushes import Push, PushState
from bot.texts import Markup

AT_ONCE = 8
"""Messages on their way side by side: enough for 20 a second where each takes 0.4 s."""

LOOK = timedelta(seconds=5)
"""How often to look whether another process, the shell, has written a push: one small query."""

AGAIN = timedelta(seconds=10)
"""How long to leave everything alone after a failure that nobody expected."""

_STATE = {
    Fate.ARRIVED: DeliveryState.SENT,
    Fate.BLOCKED: DeliveryState.BLOCKED,
    Fate.REFUSED: DeliveryState.FAILED,
    Fate.UNKNOWN: DeliveryState.UNKNOWN,
    Fate.NOT_SENT: DeliveryState.WAITING,
}

_log = structlog.get_logger()


class Courier:
    """Works until stopped; `wake` it when there may be something to do."""

    def __init__(
        self,
        desk: Desk,
        post: Post,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """Keep what is needed; nothing happens before `run`."""
        self._desk = desk
        self._post = post
        self._clock = clock
        self._sleep = sleep
        self._progress = Progress(desk, post, clock)
        self._woken = asyncio.Event()
        self._idle = asyncio.Event()
        self._stopped = False
        self._show_at: datetime | None = None

    def wake(self) -> None:
        """Look at once whether something is to be done."""
        self._idle.clear()
        self._woken.set()

    def stop(self) -> None:
        """Send nothing more; what is on its way is waited for by `run`."""
        self._stopped = True
        self.wake()

    async def idle(self) -> None:
        """Return when nothing is due that could be sent now."""
        await self._idle.wait()

    async def run(self) -> None:
        """Tell what was cut off, then send what is due, until stopped."""
        recovered = False
        while not self._stopped:
            woken = self._woken.is_set()
            self._woken.clear()
            wait = LOOK
            try:
                if not recovered:
                    await self._recover()
                    recovered = True
                wait = await self._work(woken=woken)
            except Exception:
                _log.exception("pushes stopped for a moment")
                wait = AGAIN
            if not self._woken.is_set():
                self._idle.set()
            await self._rest(wait)
        self._idle.set()

    async def _work(self, *, woken: bool) -> timedelta:
        """Do all that is due; return how long nothing else will be."""
        for push in pushes.to_send(self._desk.db, self._clock()):
            if not await self._round(push, self._send):
                return AGAIN
        for push in pushes.to_remind(self._desk.db, self._clock()):
            if not await self._round(push, self._remind):
                return AGAIN
        now = self._clock()
        if woken or (self._show_at is not None and self._show_at <= now):
            self._show_at = await self._progress.show_all()
        coming = (pushes.next_time(self._desk.db), self._show_at)
        times = [LOOK, *(moment - now for moment in coming if moment is not None)]
        return max(timedelta(), min(times))

    async def _rest(self, span: timedelta) -> None:
        """Sleep, or less when woken."""
        woken = asyncio.ensure_future(self._woken.wait())
        pause = asyncio.ensure_future(self._sleep(span.total_seconds()))
        await asyncio.wait([woken, pause], return_when=asyncio.FIRST_COMPLETED)
        for task in (woken, pause):
            task.cancel()
        await asyncio.gather(woken, pause, return_exceptions=True)

    async def _recover(self) -> None:
        """Tell whoever watches a push which messages of it may or may not have arrived."""
        for push, cut in await self._desk.store.write(deliveries.cut_off):
            class_, watcher = self._about(push)
            names = progress_view.names(classes.members(self._desk.db, push.class_id), cut)
            html = progress_view.cut_off(self._desk.texts, self._title(push), class_, names)
            _log.warning("deliveries cut off", push=push.id, count=len(cut))
            await self._say(watcher, html)

    async def _round(self, push: Push, carry: Callable[[Push], Awaitable[None]]) -> bool:
        """Do one round of deliveries, all that is logged about it under one id.

        False where something failed that nobody expected: what is left is done in another round.
        """
        with traced(f"push-{push.id}", self._desk.new_id):
            try:
                await carry(push)
            except Exception:
                _log.exception("pushes stopped for a moment", push=push.id)
                return False
        return True

    async def _send(self, push: Push) -> None:
        """Send a push to everybody who has not got it."""
        now, store = self._clock(), self._desk.store
        class_, watcher = self._about(push)
        if push.state is PushState.WAITING and push.deadline is not None and push.deadline <= now:
            await store.write(lambda db: pushes.cancel(db, push.id))
            title = self._title(push)
            await self._say(watcher, progress_view.came_too_late(self._desk.texts, title, class_))
            return
        await store.write(lambda db: pushes.start(db, push.id))
        html, keyboard = view.invitation(self._desk.texts, push, self._title(push), class_)
        await self._deliver(push, Errand.SET, lambda chat: says.send(chat, html, keyboard))
        if not self._stopped:
            await store.write(lambda db: pushes.finish(db, push.id))
            await self._progress.show(push.id, at_once=True)

    async def _remind(self, push: Push) -> None:
        """Remind everybody who is to be reminded of a push."""
        now = self._clock()
        await self._desk.store.write(lambda db: deliveries.start_reminders(db, push, now))
        class_, _ = self._about(push)
        html, keyboard = view.reminder(self._desk.texts, push, self._title(push), class_)
        await self._deliver(push, Errand.REMINDER, lambda chat: says.send(chat, html, keyboard))

    async def _deliver(self, push: Push, errand: Errand, call: Callable[[int], Call]) -> None:
        """Bring a message to all who wait for it, some side by side, and show how it goes."""
        line = deque(deliveries.waiting(self._desk.db, push.id, errand))
        at_work = {
            asyncio.ensure_future(self._carry(line, push, errand, call))
            for _ in range(min(AT_ONCE, len(line)))
        }
        every = self._progress.EVERY.total_seconds()
        count = len(line)
        while at_work:
            done, at_work = await asyncio.wait(at_work, timeout=every)
            for task in done:
                task.result()
            await self._progress.show(push.id)
        _log.info("push carried", push=push.id, errand=errand.name.lower(), count=count - len(line))

    async def _carry(
        self, line: deque[int], push: Push, errand: Errand, call: Callable[[int], Call]
    ) -> None:
        """Take learners from the line, one by one, and bring each the message once."""
        store = self._desk.store
        while line and not self._stopped:
            learner = line.popleft()
            chat_id = learners.telegram_id(self._desk.db, learner)
            if chat_id is None:
                continue
            await self._post.turn(chat_id)
            whose: dict[str, Any] = {"push_id": push.id, "learner": learner, "errand": errand}
            if self._stopped or not await store.insist(partial(deliveries.claim, **whose)):
                continue
            outcome = await self._post.send(call(chat_id))
            state = _STATE[outcome.fate]
            why = "" if state is DeliveryState.WAITING else outcome.why
            await store.insist(partial(deliveries.settle, **whose, state=state, why=why))
            if state is DeliveryState.WAITING:
                line.append(learner)

    async def _say(self, learner: int | None, html: Markup) -> None:
        """Say something to whoever watches a push, if they can be reached."""
        chat_id = None if learner is None else learners.telegram_id(self._desk.db, learner)
        if chat_id is not None:
            await self._post.turn(chat_id)
            await self._post.send(says.send(chat_id, html))

    def _about(self, push: Push) -> tuple[Class, int | None]:
        """Return the class of a push and who watches it."""
        class_ = classes.load(self._desk.db, push.class_id)
        if class_ is None:
            raise LookupError(f"push {push.id} is for no class")
        return class_, pushes.watcher(self._desk.db, push)

    def _title(self, push: Push) -> str:
        return self._desk.library.version(push.slug, push.version).title
