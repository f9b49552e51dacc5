"""Processes of `whosays run` that start in a tenth of a second: forks of one that has imported it.

As a program, `python -m tests.kills.nursery`, it reads one JSON order a line and answers each with
one line; it imports and forks, and opens nothing that two processes could share.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import bot.app.serve
import bot.cli
import bot.operate.logs  # noqa: F401 - so that no child has to import what `run` needs

WHOSAYS = "bot.cli:main"
"""The whole bot, as `module:function`; it is called with the arguments of its command line."""

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a process is taken for hanging."""


class Nursery:
    """Starts bots; to be used with `with`. Whatever still runs at its end is killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def start(self, data: Path, settings: Mapping[str, str], program: str = WHOSAYS) -> Child:
        """Start a bot, or a program like it; its words go to a file beside its data folder."""
        words = data.with_suffix(".log")
        order = {"data": str(data), "settings": dict(settings), "words": str(words)}
        return Child(self, self.order(program=program, **order))

    def order(self, **order: Any) -> Any:
        """Give an order and return what was answered."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Child:
    """A running bot."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self.pid = pid

    def kill(self) -> None:
        """Kill it: it has no time for anything."""
        os.kill(self.pid, signal.SIGKILL)

    def tell_to_end(self) -> None:
        """Ask it to end, as an operator or a service manager does."""
        os.kill(self.pid, signal.SIGTERM)

    async def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for its end and return its status, negative for the signal that killed it."""
        async with asyncio.timeout(seconds):
            while (status := self._nursery.order(ended=self.pid)) is None:  # noqa: ASYNC110 - asked
                await asyncio.sleep(0.005)
        return int(status)


def main() -> None:
    """Carry out orders until there are no more."""
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        answer: int | None
        if "ended" in order:
            pid, status = os.waitpid(order["ended"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
            running -= {pid}
        else:
            answer = os.fork() or _bot(order)
            running.add(answer)
        print(json.dumps(answer), flush=True)  # noqa: T201 - this is the answer
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _bot(order: Mapping[str, Any]) -> NoReturn:
    """Be a bot from now on."""
    data = Path(order["data"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    words = os.open(order["words"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, file in enumerate((nothing, words, words)):
        os.dup2(file, number)
    for name in [name for name in os.environ if name.startswith("WHOSAYS_")]:
        del os.environ[name]
    os.environ |= {f"WHOSAYS_{name}": value for name, value in order["settings"].items()}
    os.environ["WHOSAYS_DATA"] = str(data)
    os.chdir(data.parent)
    module, _, name = order["program"].partition(":")
    try:
        getattr(importlib.import_module(module), name)(["run"])
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
    os._exit(0)


if __name__ == "__main__":
    main()
