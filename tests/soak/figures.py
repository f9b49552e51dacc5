"""Figures that a long test gives beside passing: printed, and kept in the file named by FIGURES."""

from __future__ import annotations

import json
import os
from pathlib import Path


def report(name: str, **figures: object) -> None:
    """Print figures as one JSON line and append it to the file named by FIGURES, when set."""
    line = json.dumps({"name": name, **figures})
    print(line, flush=True)  # noqa: T201 - this is the report
    if file := os.environ.get("FIGURES"):
        with Path(file).open("a", encoding="utf-8") as kept:
            kept.write(line + "\n")
