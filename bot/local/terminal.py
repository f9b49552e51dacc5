"""A person at a terminal: shows the chat with the bot and turns typed lines into what they do.

The terminal knows no question and no grade: it sees messages and buttons like any app. When the bot
has finished answering, and which buttons only go on, it is told by its caller.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.console import Console

from bot.local import typed
from bot.local.lines import Lines
from bot.local.screen import safe
from bot.local.telegram import Telegram
from bot.local.values import Account, Button, Message
from bot.local.window import Window
from bot.texts import Texts

# A bot that always offers to go on must not keep a pipe busy for ever.
MOST_CONTINUES = 100


@dataclass(frozen=True, slots=True)
class Session:
    """What the terminal is told by its caller.

    `idle` returns when every update is handled and every reply sent; `patience` is how many seconds
    it may take. `is_continue` knows, by its data, a button that only goes on. `finished` ends the
    session; `opening` is said first, `closing` when the input ends before that.
    """

    idle: Callable[[], Awaitable[None]]
    is_continue: Callable[[str], bool]
    finished: Callable[[], bool] = lambda: False
    opening: str = ""
    closing: str = ""
    patience: float = 30.0


class Terminal:
    """One person's chat in a terminal, or in a pipe where `interactive` is false."""

    def __init__(
        self,
        telegram: Telegram,
        person: Account,
        texts: Texts,
        console: Console,
        stream: TextIO,
        *,
        interactive: bool,
        folder: Path,
    ) -> None:
        self._telegram = telegram
        self._person = person
        self._window = Window(console, texts, folder)
        self._stream = stream
        self._interactive = interactive
        self._gone_on: set[tuple[Message | None, int]] = set()

    async def run(self, session: Session) -> None:
        """Play until the session is finished or the input ends; Ctrl-C ends the input."""
        async with Lines(self._stream) as lines:
            with _interrupted(lines.end):
                if self._interactive:
                    self._window.tell("terminal-welcome")
                    self._window.tell("terminal-help")
                if session.opening:
                    await self._act(session, typed.Said(session.opening))
                else:
                    await self._settle(session)
                if not await self._play(session, lines) and session.closing:
                    await self._act(session, typed.Said(session.closing))
        if self._interactive:
            self._window.tell("terminal-bye")

    async def _play(self, session: Session, lines: Lines) -> bool:
        """Take lines until the session is finished (True) or there are none left (False)."""
        while True:
            if not self._interactive:
                await self._go_on(session)
            if session.finished():
                return True
            if self._interactive:
                self._window.prompt()
            text = await lines.next()
            if text is None:
                if self._interactive:
                    self._window.end_line()
                return False
            await self._take(session, text)

    async def _take(self, session: Session, text: str) -> None:
        """Do what a line says."""
        found: typed.Typed | None = typed.meaning(text, self._buttons())
        if isinstance(found, typed.Nothing):
            if not self._interactive:
                return
            found = self._continue(session)
        elif not self._interactive:
            self._window.tell("terminal-echo", line=safe(text.strip()))
        match found:
            case None:
                self._window.tell("terminal-no-continue")
            case typed.NoSuchNumber(number):
                self._window.tell("terminal-no-button", number=number, most=len(self._buttons()))
            case _:
                await self._act(session, found)

    async def _go_on(self, session: Session) -> None:
        """Press what only goes on, so that each line of a pipe is an answer."""
        for _ in range(MOST_CONTINUES):
            found = None if session.finished() else self._continue(session)
            # The same button again, under the same words, would change nothing again.
            if found is None or (step := (self._asking(), found.place)) in self._gone_on:
                return
            self._gone_on.add(step)
            self._window.tell("terminal-pressed", label=safe(self._buttons()[found.place].text))
            await self._act(session, found)

    async def _act(self, session: Session, what: typed.Typed) -> None:
        """Do it, wait for the bot and show what it did."""
        match what:
            case typed.Pressed(place):
                self._press(place)
            case typed.Quoted(words):
                self._quote(words)
            case typed.Attached(path):
                self._attach(path)
            case typed.Said(text):
                self._telegram.say(self._person, text)
        await self._settle(session)

    def _press(self, place: int) -> None:
        asking, button = self._asking(), self._buttons()[place]
        if button.url:
            self._window.tell("terminal-link", url=safe(button.url))
        elif asking is not None:
            self._telegram.press(self._person, asking.id, place)

    def _attach(self, named: str) -> None:
        """Send a file from this machine."""
        try:
            path = Path(named).expanduser()
            content = path.read_bytes()
        except (OSError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            self._window.tell("terminal-no-file", path=safe(named), why=safe(why))
        else:
            self._telegram.attach(self._person, path.name, content)

    def _quote(self, words: str) -> None:
        """Reply with a quotation to the newest message that has these words, in any case."""
        view = self._telegram.chat(self._person)
        for message in reversed(view.sent):
            at = message.text.lower().find(words.lower())
            exact = message.text[at : at + len(words)]
            if at >= 0 and exact:
                self._telegram.quote(self._person, message.id, exact)
                return
        # Words that stand nowhere are an answer all the same: the bot shall say what is wrong.
        if view.sent:
            self._telegram.reply(self._person, (view.asking or view.last).id, words)
        else:
            self._telegram.say(self._person, words)

    async def _settle(self, session: Session) -> None:
        try:
            await asyncio.wait_for(session.idle(), session.patience)
        except TimeoutError:
            self._window.tell("terminal-slow")
        self._window.show(self._telegram.chat(self._person))

    def _asking(self) -> Message | None:
        return self._telegram.chat(self._person).asking

    def _buttons(self) -> tuple[Button, ...]:
        asking = self._asking()
        return asking.buttons if asking else ()

    def _continue(self, session: Session) -> typed.Pressed | None:
        """Return the last button that only goes on."""
        for place, button in reversed(list(enumerate(self._buttons()))):
            if button.data and session.is_continue(button.data):
                return typed.Pressed(place)
        return None


@contextmanager
def _interrupted(end: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C end the input once, politely; a second one interrupts as ever."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        loop.remove_signal_handler(signal.SIGINT)
        end()

    # Only the main thread of a Unix program can be told of signals; elsewhere Ctrl-C interrupts.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield
    finally:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.remove_signal_handler(signal.SIGINT)
