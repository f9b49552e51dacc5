"""A million answers: how long a snapshot takes, and how long its pages do."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from bot.operate.review.charts import DASHBOARD
from bot.operate.review.queries import QUERIES
from bot.operate.review.serve import application
from bot.operate.review.snapshot import NAME
from tests.operate.conftest import MILLION
from tests.operate.review.shots import Shot

BUILD_S, PAGE_S = 60, 2
"""Seconds of one core that a snapshot of a million answers, and any of its pages, may take."""


@pytest.fixture(scope="module")
def big(million: Path, tmp_path_factory: pytest.TempPathFactory) -> Shot:
    """Return the snapshot of a million answers, not built."""
    return Shot(million, tmp_path_factory.mktemp("big") / NAME)


def test_a_million_answers_are_built_in_a_minute(big: Shot) -> None:
    """From nothing, and then again in a moment when nothing is new."""
    start = time.process_time()
    built = big.build()
    assert built.answers == MILLION
    assert time.process_time() - start < BUILD_S
    start = time.process_time()
    assert big.build().added == 0
    assert time.process_time() - start < BUILD_S / 5


async def test_pages_over_a_million_answers_open_at_once(big: Shot) -> None:
    """The dashboard with its charts' rows, every query, every table and a facet."""
    big.build()
    app = application(big.path, "", with_text=False, answers=MILLION)
    transport = httpx.ASGITransport(app=app)
    slow = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        await client.get("/review")  # the first request looks at every table
        for path in (
            f"/-/dashboards/{DASHBOARD}",
            "/review/answers",
            "/review/answers?verdict=wrong",
            "/review/answers?learner=40",
            "/review/grades",
            "/review/questions",
            "/review/days",
            *(f"/review/{query.name}?learner=40&answer=40" for query in QUERIES),
        ):
            start = time.process_time()
            assert (await client.get(path)).status_code == 200
            if (took := time.process_time() - start) > PAGE_S:
                slow[path] = took
    assert slow == {}
