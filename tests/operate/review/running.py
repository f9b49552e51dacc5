"""`whosays review` as a process of its own, and a browser that looks at it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)


@contextmanager
def reviewing(data: Path, *arguments: str, **settings: str) -> Iterator[str]:
    """Run `whosays review` over a data folder; yield the address it prints, of its dashboard."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "WHOSAYS_DATA": str(data),
        **{f"WHOSAYS_{name}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "bot", "review", "--port", "0", *arguments]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"http://\S+", line):
                break
        else:
            raise AssertionError("".join(said))
        try:
            yield found.group()
        finally:
            process.send_signal(signal.SIGINT)
            process.stderr.read()
    assert process.returncode == 0, "interrupting it is how it ends"


@contextmanager
def browsing() -> Iterator[Browser]:
    """Open a Chromium without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is no browser

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*_ARGUMENTS])
        yield browser
        browser.close()


def settled(page: Page, address: str) -> None:
    """Open a page and wait until its charts are drawn."""
    page.goto(address, wait_until="networkidle")
    page.wait_for_function(
        "[...document.querySelectorAll('.dashboard-card-chart')].every(one => one.children.length)"
    )
