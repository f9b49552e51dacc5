"""What a person sees in the terminal of the chat: each message once, changes again, files saved.

Remembers what it has shown; reads no input and does nothing in the chat.
"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot.local.people import View
from bot.local.screen import keyboard, line, safe, shown
from bot.local.values import Button, Message, StoredFile
from bot.texts import Texts


class Window:
    """The screen, and the folder where what the bot sends as files is saved."""

    def __init__(self, console: Console, texts: Texts, folder: Path) -> None:
        self._console = console
        self._texts = texts
        self._folder = folder
        self._plain = console.no_color or console.color_system is None
        self._seen: dict[int, Message] = {}
        self._toasts = 0
        self._keyboard: tuple[int, tuple[Button, ...]] = (0, ())

    def tell(self, key: str, **slots: str | int) -> None:
        """Print a sentence of the terminal's own."""
        self._console.print(self._said(key, **slots), highlight=False)

    def prompt(self) -> None:
        """Ask for a line."""
        self._console.print(self._said("terminal-prompt"), end=" ")

    def end_line(self) -> None:
        """Leave the line of the prompt."""
        self._console.print()

    def show(self, view: View) -> None:
        """Show what is new or changed, then the buttons if they changed too."""
        news = [message for message in view.sent if self._is_news(message)]
        for message in news:
            self._show_message(message)
        self._seen = {message.id: message for message in view.sent}
        for toast in view.toasts[self._toasts :]:
            self.tell("terminal-toast", text=safe(toast.text))
        self._toasts = len(view.toasts)
        asking = view.asking
        now = (asking.id, asking.buttons) if asking else (0, ())
        if now[1] and (news or now != self._keyboard):
            self._console.print(keyboard(now[1], self._console.width))
        self._keyboard = now

    def _is_news(self, message: Message) -> bool:
        before = self._seen.get(message.id)
        return before is None or before.formatted != message.formatted

    def _show_message(self, message: Message) -> None:
        title = self._said("terminal-changed") if message.id in self._seen else Text()
        self._console.print(Rule(title, align="left", style="dim"))
        for block in shown(message.formatted, plain=self._plain):
            self._console.print(block, highlight=False)
        if message.id not in self._seen:
            for stored in (message.photo, message.document):
                if stored is not None:
                    path = self._save(message, stored)
                    self.tell("terminal-saved", path=safe(str(path)))

    def _save(self, message: Message, stored: StoredFile) -> Path:
        """Write a file beside others of its name, never over one and never outside the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        wanted = Path(stored.name.replace("\\", "/")).name or "file"
        path = self._folder / wanted
        number = message.id
        while path.exists():
            path = self._folder / f"{number}-{wanted}"
            number += 1
        path.write_bytes(stored.content)
        return path

    def _said(self, key: str, **slots: str | int) -> Text:
        return line(self._texts.say(key, **slots), plain=self._plain)
