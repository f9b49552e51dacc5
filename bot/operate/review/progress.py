"""What the shell says while and after a snapshot is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.operate.review.snapshot import Built, Told


@contextmanager
def bar(stream: TextIO) -> Iterator[Told]:
    """Yield what is to be told of progress; a bar shows it where the stream is a terminal."""
    console = Console(file=stream)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("Looking for new answers", total=None)

        def told(done: int, total: int) -> None:
            what = "Counting" if done == total else "Adding answers"
            progress.update(task, description=what, completed=done, total=total)

        yield told


def line(built: Built, path: Path) -> str:
    """Return what a build did, in a line."""
    if built.anew:
        what = "built anew"
    else:
        parts = (
            (built.added, "added"),
            (built.redone, "graded or disputed since"),
            (built.removed, "removed"),
        )
        what = ", ".join(f"{n} {word}" for n, word in parts if n) or "nothing new"
    return f"{path}: {built.answers} answers, {what}"
