"""`make pictures`: the README's pictures of the review, by a browser over a generated log."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from tests.operate.generated import write_log
from tests.operate.review.running import browsing, reviewing, settled
from tests.pictures import DOCS

ANSWERS = 20_000
COLOURS = 128
WIDTH = 1_280
DASHBOARD_HEIGHT, ANSWERS_HEIGHT = 1_515, 1_000
"""Pixels: of the dashboard as far as whole rows of charts go."""


def main() -> None:
    """Take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        write_log(Path(folder) / "whosays.sqlite3", ANSWERS)
        with reviewing(Path(folder)) as address, browsing() as browser:
            page = browser.new_page(viewport={"width": WIDTH, "height": DASHBOARD_HEIGHT})
            settled(page, address)
            _keep(page.screenshot(), "review-dashboard.png")
            page.set_viewport_size({"width": WIDTH, "height": ANSWERS_HEIGHT})
            page.goto(f"{address.partition('/-/')[0]}/review/answers?verdict=wrong&ask=kind")
            _keep(page.screenshot(), "review-answers.png")


def _keep(picture: bytes, name: str) -> None:
    """Save a picture with few colours, which is a third of the size and looks the same."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    few.save(DOCS / name, optimize=True)


if __name__ == "__main__":
    main()
