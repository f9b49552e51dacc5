"""The message that shows an instructor, live, how a push goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from bot.chat import says
from bot.chat.desk import Desk
from bot.chat.views import progress as view
from bot.errors import StoreError
from bot.store import classes, deliveries, learners, pushes
from bot.store.calls import Call, Outcome
from bot.store.classes import Class
from bot.store.pushes import Push, PushState
from bot.texts import Markup


class Post(Protocol):
    """The way out for what nobody asked for."""

    async def turn(self, chat_id: int, *, message: bool = True) -> None:
        """Return when a chat may be written to; only a message counts against its limit."""

    async def send(self, call: Call) -> Outcome:
        """Send a call that has its turn, once, and say what became of it."""
        ...


class Progress:
    """Keeps the progress messages true; what was shown last is remembered for this run only."""

    EVERY: ClassVar = timedelta(seconds=4)
    """Least time between two edits of one message: Telegram slows down who edits faster."""

    LIVE: ClassVar = timedelta(days=14)
    """How long after a push without a deadline its message is kept true."""

    def __init__(self, desk: Desk, post: Post, clock: Callable[[], datetime]) -> None:
        """Know of nothing shown."""
        self._desk = desk
        self._post = post
        self._clock = clock
        self._shown: dict[int, tuple[str, datetime]] = {}

    async def show_all(self) -> datetime | None:
        """Bring every live message up to date; return when one that was just edited may be next."""
        now = self._clock()
        live = [push for push in pushes.confirmed(self._desk.db) if self._live(push, now)]
        later = [await self.show(push.id) for push in live]
        return min((moment for moment in later if moment is not None), default=None)

    async def show(self, push_id: int, *, at_once: bool = False) -> datetime | None:
        """Bring a message up to date; return when it may be edited, where that is not now."""
        push = pushes.load(self._desk.db, push_id)
        if push is None:
            return None
        class_ = classes.load(self._desk.db, push.class_id)
        if class_ is None:
            return None
        last, when = self._shown.get(push_id, ("", None))
        now = self._clock()
        # Asked before anything is counted, which takes a while in a class of thousands.
        if when is not None and now < when + self.EVERY and not at_once:
            return when + self.EVERY
        try:
            html, keyboard = await self._page(push, class_)
        except StoreError:  # it is being closed, and what is on its way is still waited for
            return None
        self._shown[push_id] = html, now
        if html != last:
            await self._put(push, html, keyboard)
        return None

    async def _put(self, push: Push, html: Markup, keyboard: says.Keyboard) -> None:
        """Edit the message that shows a push, or send one where there is none."""
        watcher = pushes.watcher(self._desk.db, push)
        chat_id = None if watcher is None else learners.telegram_id(self._desk.db, watcher)
        if chat_id is None:
            return
        await self._post.turn(chat_id, message=push.progress_id is None)
        if push.progress_id is not None:
            await self._post.send(says.edit(chat_id, push.progress_id, html, keyboard))
            return
        outcome = await self._post.send(says.send(chat_id, html, keyboard))
        message_id = outcome.message_id
        if message_id is not None:
            await self._desk.store.write(lambda db: pushes.show_in(db, push.id, message_id))

    async def _page(self, push: Push, class_: Class) -> tuple[Markup, says.Keyboard]:
        title = self._desk.library.version(push.slug, push.version).title
        members, rows = await self._desk.store.look(
            lambda db: (classes.members(db, class_.id), deliveries.of_push(db, push.id))
        )
        return view.progress(self._desk.texts, push, title, class_, members, rows)

    def _live(self, push: Push, now: datetime) -> bool:
        """Whether somebody may still open or finish a push, so that its message changes."""
        if push.state is not PushState.SENT or push.progress_id is None or push.send_at is None:
            return False
        return now <= (push.deadline or push.send_at) + self.LIVE
