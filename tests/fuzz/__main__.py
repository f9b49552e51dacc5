"""`python -m tests.fuzz [--seconds N] [TARGET]...`: every target for so long, each in a process.

Without atheris it says so and ends with 0: it is there for Linux and CPython alone. What is found
is printed with the input in hexadecimal, and the status is 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

LONGEST = 4096
"""Bytes of an input: what is longer is slow and finds little more."""


def main() -> int:
    """Fuzz the targets that are asked for, or all."""
    options = argparse.ArgumentParser(prog="tests.fuzz")
    options.add_argument("targets", nargs="*")
    options.add_argument("--seconds", type=int, default=60, help="for each target")
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("fuzz: atheris is not installed here, so nothing was fuzzed (see `make fuzz`)")  # noqa: T201
        return 0
    if given.inside:
        _inside(given.targets[0], given.seconds)
        return 0
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - not instrumented in this process

    return max(_outside(one, given.seconds) for one in given.targets or TARGETS)


def _outside(target: str, seconds: int) -> int:
    """Fuzz one target in a process of its own; return 1 where it found something."""
    command = [sys.executable, "-m", "tests.fuzz", "--inside", "--seconds", str(seconds), target]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")  # noqa: S603 - our own
    told = [line for line in ran.stderr.splitlines() if line.startswith(("Done", "stat::"))]
    runs = next((line for line in told if line.startswith("Done")), "no figures")
    print(f"{target}: {'found something' if ran.returncode else 'nothing found'} ({runs})")  # noqa: T201
    if ran.returncode:
        print(ran.stdout[-4000:], ran.stderr[-600:])  # noqa: T201
    return int(ran.returncode != 0)


def _inside(target: str, seconds: int) -> None:
    import atheris  # noqa: PLC0415 - see above

    with atheris.instrument_imports(include=["bot"], enable_loader_override=False):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - instrumented as it is imported

    found = TARGETS[target]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(found.seeds):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        limits = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-timeout=10",
            "-rss_limit_mb=2048",
        ]
        atheris.Setup(["fuzz", *limits, f"-artifact_prefix={folder}/", folder], found.run)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
