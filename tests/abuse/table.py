"""Who may do what, found out by trying: `python -m tests.abuse.table` writes docs/permissions.md.

Every command and every press there is, out of the routes of the bot, is tried by somebody in every
role on a class, a set, a draft, a push and rounds that belong to others.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields
from pathlib import Path

import structlog

from bot.chat import routes
from bot.chat.buttons import Press
from bot.chat.turns import Turn
from bot.texts import Texts
from tests.abuse.scene import OF_ROLES, Scene, chat_of, scene

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"

EXTRA = {"class": ("new Mine",), "invite": ("instructor", "operator"), "regrade": ("little",)}
"""What is written behind a command where that decides who may use it."""

REFUSALS = (
    "not-your-command",
    "class-not-yours-to-make",
    "push-not-yours",
    "push-gone",
    "regrade-none",
    "reminders-no-class",
    "leave-none",
    "leaderboard-no-class",
    "push-no-class",
    "classes-none",
)
"""Sentences that say that somebody may not, or has nothing to do it with."""

HEAD = """\
# Who may do what

Found out by trying, and compared with the bot by a test: `python -m tests.abuse.table` writes this
page anew. ✔ is allowed, – is refused, with a line that says so and nothing changed.

Everything is about one class, its pushes, its learner's rounds and answers, and a set and a draft
of its instructor; “elsewhere” is somebody of another class. Roles are looked up anew with every
command and every press, and a text that was asked for is checked again when it comes. In a group
nobody can do anything.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, and who of `OF_ROLES` may."""

    what: str
    means: str
    allowed: tuple[bool, ...]


def is_refused(turn: Turn, texts: Texts) -> bool:
    """Whether a turn does nothing but say so: a toast with words, or one of `REFUSALS`."""
    if turn.toast:
        return not turn.says and not turn.writes
    said = [call for call in turn.says if call.method == "sendMessage"]
    return len(said) == 1 and any(
        _says(texts, key, str(said[0].params["text"])) for key in REFUSALS
    )


def _says(texts: Texts, key: str, html: str) -> bool:
    if key == "not-your-command":
        return bool(
            re.fullmatch(re.escape(texts.say(key, command="\0")).replace("\0", r"\w+"), html)
        )
    return html == texts.say(key)


async def commands(of: Scene) -> AsyncIterator[Line]:
    """Try every command, those with a word behind them too."""
    for names in routes.COMMANDS.values():
        for name, journey in names.items():
            for words in ("", *EXTRA.get(name, ())):
                text = f"/{name} {words}".strip()
                turns = [await of.turn(who, text) for who in OF_ROLES]
                means = (journey.__doc__ or "").strip().splitlines()[0]
                yield _line(of, text, means, turns)


async def presses(of: Scene) -> AsyncIterator[Line]:
    """Try every press, once for each yes and no in it."""
    for types in routes.PRESSES.values():
        for type_ in types:
            for press in of.presses(type_):
                turns = [await of.turn(who, press=press) for who in OF_ROLES]
                means = (type_.__doc__ or "").strip().splitlines()[0]
                yield _line(of, _called(press), means, turns)


def _line(of: Scene, what: str, means: str, turns: list[Turn]) -> Line:
    texts = of.chat.bot.desk.texts
    return Line(what, means, tuple(not is_refused(turn, texts) for turn in turns))


def _called(press: Press) -> str:
    """Return the name of a press, with what is yes and no in it."""
    of = [
        f"{one.name}: {'yes' if value else 'no'}"
        for one in fields(press)
        if isinstance(value := getattr(press, one.name), bool)
    ]
    module = type(press).__module__.rpartition(".")[2]
    name = f"{module}.{type(press).__name__}"
    return f"{name} ({', '.join(of)})" if of else name


async def found(folder: Path) -> tuple[list[Line], list[Line]]:
    """Try everything in a folder of its own; return the commands and the presses."""
    async with chat_of(folder) as chat:
        of = await scene(chat)
        return [one async for one in commands(of)], [one async for one in presses(of)]


def rendered(by: tuple[list[Line], list[Line]]) -> str:
    """Return the page."""
    return "\n".join([HEAD, "## Commands\n", *_table(by[0]), "\n## Buttons\n", *_table(by[1]), ""])


def _table(lines: list[Line]) -> list[str]:
    head = ["what", *OF_ROLES, "means"]
    rows = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for line in lines:
        cells = ["✔" if one else "–" for one in line.allowed]
        rows.append(f"| `{line.what}` | {' | '.join(cells)} | {line.means} |")
    return rows


def main() -> None:
    """Write the page."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        DOCUMENT.write_text(rendered(asyncio.run(found(Path(folder)))), encoding="utf-8")


if __name__ == "__main__":
    main()
