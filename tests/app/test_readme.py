"""What the README tells a newcomer to type."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPTED = re.compile(r"^printf '[^']*' \|\n\s+\S*whosays play --seed \d+$", re.MULTILINE)


def run(command: str, data: Path) -> str:
    """Run a line of the README in a shell, with the program that is being tested."""
    program = command.replace(".venv/bin/whosays", f"{sys.executable} -m bot")
    done = subprocess.run(  # noqa: S603 - our own README
        ["/bin/sh", "-c", program],
        cwd=ROOT,
        env={**os.environ, "WHOSAYS_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_the_scripted_round_of_the_readme(tmp_path: Path) -> None:
    """The scripted round answers all three types, right and wrong, to the end of the round."""
    (command,) = SCRIPTED.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "Round finished." in run(command, tmp_path)
    log = run(".venv/bin/whosays log --last 10 --json", tmp_path)
    rows = [json.loads(line) for line in log.splitlines()]
    assert {row["ask"] for row in rows} == {"kind", "loaded", "reason"}
    assert {"right", "wrong", "partly"} <= {row["verdict"] for row in rows}
