"""`python -m tests.load --learners 10000 --seconds 300 --burst 1000 --every 4`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import asdict, fields
from pathlib import Path

from tests.load.run import Load, Plan, load
from tests.soak.figures import report


def main() -> int:
    """Run the load and print what it came to."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    for each in fields(Plan):
        if each.name == "push":
            parser.add_argument("--no-push", dest="push", action="store_false")
        else:
            parser.add_argument(f"--{each.name}", type=type(each.default), default=each.default)
    plan = Plan(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory(prefix="whosays-load-") as folder:
        tell(plan, asyncio.run(load(plan, Path(folder))))
    return 0


def tell(plan: Plan, found: Load) -> None:
    """Report a load."""
    summed = asdict(found)
    # Taken every second; one in half a minute shows whether it levels off.
    memory = summed.pop("memory")
    memory = [*memory[:-1:30], *memory[-1:]]
    summed["errors"] = len(found.errors)
    report("load", plan=asdict(plan), memory=memory, **summed)


if __name__ == "__main__":
    sys.exit(main())
