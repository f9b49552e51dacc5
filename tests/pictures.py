"""`make pictures`: the pictures in the README, taken from the program itself."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

from rich.console import Console

from bot.app.play import play
from bot.settings import Settings
from bot.store.roles import Role

DOCS = Path(__file__).parent.parent / "docs"


ARTICLE = """Forty houses

The council sold forty houses last year, its treasurer Ann Ode told the paper on Monday.

It is a shameful circus, and nobody who voted for it should ever be trusted with a key again.
"""
"""Written for the picture."""


async def _played(name: str, *, answers: str, role: Role, **round_: object) -> None:
    """Play as somebody and keep what the terminal showed."""
    console = Console(record=True, force_terminal=True, width=86, file=io.StringIO())
    with tempfile.TemporaryDirectory() as data:
        folder = Path(data)
        (folder / "houses.txt").write_text(ARTICLE, encoding="utf-8")
        await play(
            Settings(data=folder, round_size=1),
            role=role,
            stream=io.StringIO(answers.replace("houses.txt", str(folder / "houses.txt"))),
            console=console,
            interactive=False,
            folder=folder,
            **{"quiz_set": "", "seed": None, **round_},  # type: ignore[arg-type] # as they are
        )
    DOCS.mkdir(exist_ok=True)
    shown = console.export_svg(title="whosays play").replace(f"{folder}/", "")
    (DOCS / name).write_text(shown, encoding="utf-8")


async def _take() -> None:
    await _played(
        "round.svg", answers="1\n", role=Role.LEARNER, quiz_set="espreso-generals", seed=3
    )
    draft = "< houses.txt\nlook through them\nkeep it\nkeep it\npublish for my classes\n"
    await _played("draft.svg", answers=draft, role=Role.INSTRUCTOR)


def main() -> None:
    """Take all pictures."""
    asyncio.run(_take())


if __name__ == "__main__":
    main()
