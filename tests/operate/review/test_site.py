"""What Datasette shows of a snapshot, asked over HTTP without a network."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.operate.review.charts import DASHBOARD
from bot.operate.review.queries import CHARTED, QUERIES
from bot.operate.review.serve import application
from bot.operate.review.tables import tables
from tests.operate.review.shots import GENERATED, Shot

HERE = "http://127.0.0.1:8001"


@pytest.fixture
async def browser(generated: Shot) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of the site over a generated log."""
    built = generated.build()
    app = application(generated.path, "", with_text=False, answers=built.answers)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
async def test_every_query_answers(browser: httpx.AsyncClient, query: object) -> None:
    """Each canned query has a page with its title, rows as JSON, and the same rows as CSV."""
    name, title = query.name, query.title  # type: ignore[attr-defined] # a Query
    values = {"learner": "4", "answer": "40"}
    page = await browser.get(f"/review/{name}", params=values)
    assert page.status_code == 200
    assert title.replace("'", "&#39;") in page.text
    found = (await browser.get(f"/review/{name}.json?_shape=objects", params=values)).json()
    assert found["rows"], "the generated log has something for every query"
    assert not found["truncated"]
    text = (await browser.get(f"/review/{name}.csv", params=values)).text
    assert len(list(csv.reader(io.StringIO(text)))) == 1 + len(found["rows"])


async def test_the_filter_of_the_dashboard(browser: httpx.AsyncClient) -> None:
    """Each chart's query takes a set, and sums over the sets are those of all."""

    async def answers(quiz_set: str) -> int:
        address = f"/review/number_of_answers.json?_shape=objects&set={quiz_set}"
        return int((await browser.get(address)).json()["rows"][0]["answers"])

    sets = ("practice", "loyalty-trap", "espreso-generals")
    assert await answers("") == GENERATED == sum([await answers(one) for one in sets])
    for query in CHARTED:
        assert ":set" in query.sql or query.name == "up_to"


async def test_the_dashboard_brings_everything_along(browser: httpx.AsyncClient) -> None:
    """Its page holds a card per chart, and asks for scripts of this server alone."""
    page = (await browser.get(f"/-/dashboards/{DASHBOARD}")).text
    for query in CHARTED:
        assert f'id="chart-{query.name}"' in page
    for script in ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js", "dashboards.js"):
        address = f"/-/static-plugins/datasette_dashboards/{script}"
        assert address in page
        assert (await browser.get(address)).status_code == 200


async def test_columns_are_explained_where_they_are_shown(browser: httpx.AsyncClient) -> None:
    """A table's page has the meaning of its columns; facets and newest first by themselves."""
    for table in tables(with_text=False):
        page = (await browser.get(f"/review/{table.name}")).text
        for column in table.columns:
            assert column.what.replace("'", "&#39;") in page, column.name
    page = (await browser.get("/review/answers")).text
    assert "sorted by id descending" in page
    assert "verdict=wrong" in page


async def test_facets_and_filters(browser: httpx.AsyncClient) -> None:
    """A facet counts the rows, and choosing one of its values shows as many."""
    found = (await browser.get("/review/answers.json?_facet=verdict&_size=0")).json()
    results = found["facet_results"]["verdict"]["results"]
    assert sum(one["count"] for one in results) == GENERATED
    wrong = next(one["count"] for one in results if one["value"] == "wrong")
    chosen = (await browser.get("/review/answers.json?verdict=wrong&_size=1")).json()
    assert chosen["filtered_table_rows_count"] == wrong > 0


async def test_a_table_is_exported_whole(browser: httpx.AsyncClient) -> None:
    """CSV streams every row of a table, also of one with more rows than a page."""
    text = (await browser.get("/review/answers.csv?_stream=on")).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == GENERATED
    assert rows[0]["id"] == str(GENERATED)


ATTACKS = (
    "/review?sql=select+1",
    "/review.json?sql=select+*+from+answers",
    "/review.csv?sql=select+name+from+sqlite_schema",
    "/review/answers?_where=1=1",
    "/review.db",
    "/review/answers_per_day.json?sql=select+sqlite_version()",
    "/_internal",
    "/_internal/databases.json",
    "/_memory",
    "/_memory.json?sql=select+1",
    "/-/databases.json",
    "/-/metadata.json",
    "/-/versions.json",
    "/-/plugins.json",
    "/-/threads",
    "/-/actor.json",
    "/-/allow-debug",
    "/-/permissions",
    "/-/static/../../app.py",
    "/-/static-plugins/datasette_dashboards/../__init__.py",
    "/review/answers/../../../etc/passwd",
    "/review/answers.json?_shape=objects&_extra=database",
)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_nothing_else_is_to_be_had(
    browser: httpx.AsyncClient, generated: Shot, attack: str
) -> None:
    """No SQL, file, version or path of the machine comes of an address, whatever is tried."""
    found = await browser.get(attack)
    assert str(generated.store.parent) not in found.text
    assert "sqlite_version" not in found.text.replace("sqlite_version()", "")
    assert "PRAGMA" not in found.text
    if "sql=" in attack and "answers_per_day" not in attack:
        assert found.status_code in (403, 404)
    if found.status_code == 200:
        assert "/review/answers" in attack, "only what everybody sees anyway"


async def test_text_is_said_to_be_there(generated: Shot) -> None:
    """A snapshot with text says so on its first page, and shows what was typed."""
    built = generated.build(with_text=True)
    app = application(generated.path, "", with_text=True, answers=built.answers)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
        assert "with what they typed" in (await client.get("/")).text
        assert "col-typed" in (await client.get("/review/answers?ask=reason")).text
