"""What a model costs: size, loading, memory, time per sentence and per judgement."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.reader.card import Figure
from bot.reader.network import MODEL_FILE
from bot.reader.reader import Pair, Reader
from bot.training.figures import cost
from bot.training.reasons import as_answer
from bot.training.rows import AnswerRow, Row

ONE = "one thread"
BATCH = 32
_SAMPLE = 128  # rows that a time is taken over

# The peak memory of a process that has imported the reader, and of one that has loaded a model too.
_PEAK = (
    "import resource, sys; from pathlib import Path; import onnxruntime; "
    "from bot.reader.reader import Reader; "
    "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
    "Reader.load(Path(sys.argv[1])).read('Exports fell by 4% in March.'); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
)
_UNIT = 1 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes there, KiB elsewhere


def cost_figures(
    directory: Path, rows: Sequence[Row], answers: Sequence[AnswerRow]
) -> list[Figure]:
    """Measure the costs of a model directory on this machine."""
    started = time.perf_counter()
    reader = Reader.load(directory)
    loading = time.perf_counter() - started
    bare: list[Pair] = [(row.text, None) for row in rows[:_SAMPLE]]
    within: list[Pair] = [(row.text, row.context) for row in rows[:_SAMPLE]]
    asked = [as_answer(row) for row in answers[:_SAMPLE]]
    reader.read_many(bare[:BATCH])  # the first run sets up what later ones use

    def times(name: str, n: int, run: Callable[[int], object]) -> list[Figure]:
        return [
            cost(f"{name}, {how}", ONE, _milliseconds(n, run, size), "ms", n=n)
            for how, size in (("one at a time", 1), (f"{BATCH} at a time", BATCH))
        ]

    size = (directory / MODEL_FILE).stat().st_size / 1e6
    return [
        cost("size", MODEL_FILE, size, "MB"),
        cost("loading", ONE, loading, "s", digits=2),
        cost("memory that it adds", ONE, _memory(directory), "MB"),
        *times("sentence alone", len(bare), lambda size: reader.read_many(bare, size)),
        *times("sentence in its paragraph", len(within), lambda n: reader.read_many(within, n)),
        *times("judgement", len(asked), lambda size: reader.judge_many(asked, size)),
    ]


def _milliseconds(n: int, run: Callable[[int], object], size: int) -> float:
    started = time.perf_counter()
    run(size)
    return (time.perf_counter() - started) * 1000 / max(1, n)


def _memory(directory: Path) -> float:
    """Return the MB by which loading a model and reading a sentence raise a process's peak."""
    command = [sys.executable, "-c", _PEAK, str(directory)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ours
    return int(told.stdout) * _UNIT / 1e6
