"""What a model costs: size, loading, memory, time per sentence and per judgement."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.reader.card import Figure
from bot.reader.directory import MODEL_FILE, network_file
from bot.reader.reader import Pair, Reader
from bot.training.figures import cost
from bot.training.reasons import as_answer
from bot.training.rows import AnswerRow, Row

ONE = "one thread"
BATCH = 32
_SAMPLE = 128  # rows that a time is taken over

# The kernel's peak of this process, in KiB; `ru_maxrss` would begin with that of who started it.
_STATUS = Path("/proc/self/status")
_PEAK = """
import pathlib, re, sys
import onnxruntime
from bot.reader.reader import Reader

def peak():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+(\\d+)", status)[1])

before = peak()
Reader.load(pathlib.Path(sys.argv[1])).read("Exports fell by 4% in March.")
print(peak() - before)
"""


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

    size = network_file(directory, reader.card).stat().st_size / 1e6
    return [
        cost("size", MODEL_FILE, size, "MB"),
        cost("loading", ONE, loading, "s", digits=2),
        *_memory(directory),
        *times("sentence alone", len(bare), lambda size: reader.read_many(bare, size)),
        *times("sentence in its paragraph", len(within), lambda n: reader.read_many(within, n)),
        *times("judgement", len(asked), lambda size: reader.judge_many(asked, size)),
    ]


def _milliseconds(n: int, run: Callable[[int], object], size: int) -> float:
    started = time.perf_counter()
    run(size)
    return (time.perf_counter() - started) * 1000 / max(1, n)


def _memory(directory: Path) -> list[Figure]:
    """Measure by how much loading a model and reading a sentence raise a process's peak.

    Only where the kernel tells it, which is on Linux.
    """
    if not _STATUS.is_file():
        return []
    command = [sys.executable, "-c", _PEAK, str(directory)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ours
    return [cost("memory that it adds", ONE, int(told.stdout) * 1024 / 1e6, "MB")]
