"""The reader tells nobody that it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOADS = [
    "from bot.reader.reader import MODEL_DIRECTORY, Reader; Reader.load(MODEL_DIRECTORY)",
    "import bot.training.costs",
]


@pytest.mark.parametrize("program", LOADS)
def test_no_telemetry(tmp_path: Path, program: str) -> None:
    """Loading a model leaves no number for this device and no store of events to be sent."""
    # The runtime keeps quiet by itself where it finds CI or is told to; here it is told by us.
    quiet = ("CI", "ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")
    left = {name: value for name, value in os.environ.items() if name not in quiet}
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        env=left | {"HOME": str(tmp_path)},
        check=True,
        timeout=60,
    )
    assert [str(file) for file in tmp_path.rglob("*") if file.is_file()] == []
