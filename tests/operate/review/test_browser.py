"""What an operator sees in a browser, with every chart drawn, and no network but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.operate.review.charts import DASHBOARD
from bot.operate.review.queries import CHARTED
from tests.operate.review.running import CHROMIUM, browsing, reviewing, settled
from tests.operate.review.shots import GENERATED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium is installed")


COLOURED = """canvas => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let coloured = 0
    for (let i = 0; i < data.length; i += 4) {
        const [red, green, blue] = data.slice(i, i + 3)
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) coloured++
    }
    return coloured
}"""
"""Counts the pixels of a chart that are marks: axes and text are black and grey."""


@dataclass
class Seen:
    """What a page asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        """Note an error on the console."""
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture(scope="module")
def address(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the generated log, and return the address of the dashboard."""
    data = tmp_path_factory.mktemp("data")
    shutil.copy(log, data / "whosays.sqlite3")
    with reviewing(data) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open a browser."""
    with browsing() as opened:
        yield opened


@pytest.fixture
def seen() -> Seen:
    """Return what is filled while a page is open."""
    return Seen()


@pytest.fixture
def page(browser: Browser, seen: Seen) -> Iterator[Page]:
    """Open a page that is watched."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", seen.said)
    yield page
    page.close()


def test_every_chart_is_drawn(page: Page, seen: Seen, address: str) -> None:
    """Each chart has marks, each number a value; nothing fails or is fetched elsewhere."""
    settled(page, address)
    for query in CHARTED:
        card = page.locator(f"#chart-{query.name}")
        if card.locator("canvas").count():
            colours = card.locator("canvas").evaluate(COLOURED)
            assert colours > 500, query.name
        else:
            assert card.inner_text().strip() not in ("", "undefined"), query.name
    assert seen.errors == []
    origin = address.removesuffix(f"/-/dashboards/{DASHBOARD}")
    assert [url for url in seen.requests if not url.startswith((origin, "data:", "blob:"))] == []


def test_choosing_a_set_counts_it_alone(page: Page, seen: Seen, address: str) -> None:
    """The dashboard's filter changes its numbers."""
    settled(page, address)
    number = page.locator("#chart-number_of_answers")
    assert number.inner_text() == f"{GENERATED:,}"
    page.get_by_label("Set").select_option("practice")
    page.wait_for_url("**set=practice*")
    settled(page, page.url)
    assert 0 < int(number.inner_text().replace(",", "")) < GENERATED
    assert seen.errors == []


def test_a_title_leads_to_the_figures_and_their_csv(page: Page, seen: Seen, address: str) -> None:
    """From a chart to its table, and from there to a file."""
    settled(page, address)
    page.get_by_role("link", name="Machine against key").click()
    page.wait_for_url("**/review/machine_against_key*")
    assert page.locator("table tbody tr").count() > 3
    with page.expect_response("**/machine_against_key.csv**") as response:
        page.evaluate("fetch(document.querySelector('a[href*=\".csv\"]').href)")
    text = response.value.text()
    assert text.splitlines()[0] == "model_version,key_says,machine,answers,share"
    assert seen.errors == []


def test_a_facet_filters(page: Page, seen: Seen, address: str) -> None:
    """A click on a value of a facet leaves the rows that have it."""
    page.goto(address.replace(f"-/dashboards/{DASHBOARD}", "review/answers"))
    page.locator(".facet-results").get_by_role("link", name="wrong", exact=True).click()
    page.wait_for_url("**verdict=wrong*")
    cells = page.locator("td.col-verdict").all_inner_texts()
    assert set(cells) == {"wrong"}
    with page.expect_response("**/answers.csv**") as response:
        page.evaluate("fetch(document.querySelector('a[href*=\".csv\"]').href)")
    assert response.value.ok
    assert seen.errors == []


def test_a_query_with_a_parameter(page: Page, seen: Seen, address: str) -> None:
    """A learner's number in the form gives that learner's answers."""
    page.goto(address.replace(f"-/dashboards/{DASHBOARD}", "review/one_learner"))
    page.locator("input[name=learner]").fill("4")
    page.get_by_role("button", name="Run SQL").click()
    page.wait_for_url("**learner=4*")
    assert page.locator("table tbody tr").count() > 20
    assert seen.errors == []
