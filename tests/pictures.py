"""`make pictures`: the pictures in the README, taken from the program itself."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

from rich.console import Console

from bot.app.play import play
from bot.app.resources import now
from bot.operate import logs
from bot.operate.people import new_class
from bot.settings import Settings
from bot.store.database import Store
from bot.store.roles import Role

DOCS = Path(__file__).parent.parent / "docs"


ARTICLE = """Forty houses

The council sold forty houses last year, its treasurer Ann Ode told the paper on Monday.

It is a shameful circus, and nobody who voted for it should ever be trusted with a key again.
"""
"""Written for the picture."""


async def _played(name: str, folder: Path, *, answers: str, role: Role, **round_: object) -> None:
    """Play as somebody over the data in a folder and keep what the terminal showed."""
    console = Console(record=True, force_terminal=True, width=86, file=io.StringIO())
    await play(
        Settings(data=folder, round_size=1),
        role=role,
        stream=io.StringIO(answers),
        console=console,
        interactive=False,
        folder=folder,
        **{"quiz_set": "", "seed": None, **round_},  # type: ignore[arg-type] # as they are
    )
    DOCS.mkdir(exist_ok=True)
    shown = console.export_svg(title="whosays play").replace(f"{folder.parent}/", "")
    (DOCS / name).write_text(shown, encoding="utf-8")


async def _take(folder: Path) -> None:
    one = {"quiz_set": "espreso-generals", "seed": 3}
    await _played("round.svg", folder / "round", answers="1\n", role=Role.LEARNER, **one)
    article, data = folder / "houses.txt", folder / "class"
    article.write_text(ARTICLE, encoding="utf-8")
    draft = f"< {article}\nlook through them\nkeep it\nkeep it\npublish for my classes\n"
    await _played("draft.svg", data, answers=draft, role=Role.INSTRUCTOR)
    with Store(Settings(data=data).database) as store:
        code = new_class(store, "Class 7b", "Europe/Kyiv", now()).code
    pushed = f"/join {code}\n/push\nForty houses\nOrder: composed\nSend it\nBegin\n1\n1\n/results\n"
    await _played("push.svg", data, answers=pushed, role=Role.OPERATOR)
    await _played("status.svg", data, answers="/status\n", role=Role.OPERATOR)


def main() -> None:
    """Take all pictures."""
    logs.configure("WARNING", as_json=False)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_take(Path(folder)))


if __name__ == "__main__":
    main()
