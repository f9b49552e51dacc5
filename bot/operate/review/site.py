"""Datasette over the snapshot: read-only, without SQL of its readers, its columns explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import ReviewError
from bot.operate.review.charts import DASHBOARD, DATABASE, dashboard
from bot.operate.review.queries import QUERIES
from bot.operate.review.table import Column, Table
from bot.operate.review.tables import GRADES, tables

if TYPE_CHECKING:
    from datasette.app import Datasette

HOME = f"/-/dashboards/{DASHBOARD}"
"""The page to begin at."""

MANY = 10_000
"""Answers above which Datasette suggests no facets: to find them it reads all rows for each."""

_SETS = 'SELECT DISTINCT "set" FROM questions ORDER BY "set"'

_SETTINGS = {
    "default_allow_sql": False,
    "allow_download": False,
    "max_returned_rows": 10_000,  # a chart of three question types over nine years of days
    "sql_time_limit_ms": 5_000,
    "facet_time_limit_ms": 1_000,
    "default_page_size": 50,
    "default_facet_size": 10,
    "default_cache_ttl": 0,  # the snapshot changes, and what it holds is nobody else's
}


def site(snapshot: Path, *, with_text: bool, answers: int) -> Datasette:
    """Return Datasette over a snapshot that has so many answers.

    ReviewError where it is not installed.
    """
    try:
        import datasette_dashboards  # noqa: F401, PLC0415 - an extra, which not everybody installs
        from datasette.app import Datasette  # noqa: PLC0415 - the same
    except ImportError as error:
        raise ReviewError(
            "Datasette is not installed: `make review` installs it, or"
            f" `pip install 'whosays[review]'` ({error})"
        ) from error
    return Datasette(
        [str(snapshot)],
        settings={**_SETTINGS, "suggest_facets": answers <= MANY},
        metadata=metadata(with_text=with_text),
        template_dir=str(Path(__file__).parent / "templates"),
    )


def metadata(*, with_text: bool) -> dict[str, Any]:
    """Return what Datasette shows beside the data."""
    learners = "with what they typed" if with_text else "without a word of what they typed"
    shown = {table.name: _table(table) for table in tables(with_text=with_text)}
    shown[GRADES.name] = {"description": GRADES.what, "columns": _columns(GRADES.columns)}
    return {
        "title": "Who Says: score log",
        "description_html": f'<p><a href="{HOME}">Dashboard</a>. A snapshot of the score log:'
        f" learners are numbers, {learners}.</p>",
        "databases": {
            DATABASE: {
                "tables": shown,
                "queries": {
                    query.name: {
                        "sql": query.sql,
                        "title": query.title,
                        "description": query.what,
                        "hide_sql": True,
                    }
                    for query in QUERIES
                },
            }
        },
        "plugins": {"datasette-dashboards": {DASHBOARD: dashboard(_SETS)}},
    }


def _table(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": table.what,
        "columns": _columns(table.columns),
        "units": {column.name: column.unit for column in table.columns if column.unit},
    }
    if table.facets:
        found["facets"] = [*table.facets]
    if table.latest:
        found["sort_desc"] = table.latest
    return found


def _columns(columns: tuple[Column, ...]) -> dict[str, str]:
    return {column.name: column.what for column in columns}
