"""`make pictures`: the pictures in the README, taken from the program itself."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

from rich.console import Console

from bot.app.play import play
from bot.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"


async def _round(name: str, *, quiz_set: str, seed: int, answers: str) -> None:
    """Play one question and keep what the terminal showed."""
    console = Console(record=True, force_terminal=True, width=86, file=io.StringIO())
    with tempfile.TemporaryDirectory() as folder:
        await play(
            Settings(data=Path(folder), round_size=1),
            quiz_set=quiz_set,
            seed=seed,
            stream=io.StringIO(answers),
            console=console,
            interactive=False,
            folder=Path(folder),
        )
    DOCS.mkdir(exist_ok=True)
    console.save_svg(str(DOCS / name), title="whosays play")


def main() -> None:
    """Take all pictures."""
    asyncio.run(_round("round.svg", quiz_set="espreso-generals", seed=3, answers="1\n"))


if __name__ == "__main__":
    main()
