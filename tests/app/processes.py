"""The program as a process: started with its data in a folder, its words kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WHOSAYS = str(Path(sys.executable).with_name("whosays"))
PATIENCE = 60.0
"""Seconds after which a process is taken for hanging."""


def environment(data: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a process: wide lines, and no settings but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WHOSAYS_")}
    given = {f"WHOSAYS_{name}": value for name, value in settings.items()}
    return {**kept, "COLUMNS": "200", "WHOSAYS_DATA": str(data), **given}


def whosays(
    data: Path, *arguments: str, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end with lines typed into its pipe."""
    return subprocess.run(  # noqa: S603 - our own command
        [WHOSAYS, *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=environment(data, **settings),
        cwd=data.parent,
        timeout=PATIENCE,
        check=False,
    )
