"""Who is let through, and to which pages."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import MutableMapping
from typing import Any

import httpx
import pytest

from bot.operate.review import guard
from bot.operate.review.guard import Guard, Receive, Scope, Send

PASSWORD = "correct horse: bättery"


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer everything with one word."""
    start: MutableMapping[str, Any] = {"type": "http.response.start", "status": 200, "headers": []}
    await send(start)
    await send({"type": "http.response.body", "body": b"hello"})


async def asked(
    password: str, path: str = "/", *, host: str = "127.0.0.1:8001", method: str = "GET", **of: str
) -> httpx.Response:
    """Ask a guarded application for a page."""
    transport = httpx.ASGITransport(app=Guard(_hello, password))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
        return await client.request(method, path, headers=of)


def basic(password: str, user: str = "me") -> str:
    """Return a header of HTTP Basic."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer wrong passwords without the wait."""
    monkeypatch.setattr(guard, "WRONG_S", 0.0)


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "LOCALHOST:80", "[::1]:8001"])
async def test_without_a_password_this_machine_is_let_through(host: str) -> None:
    """A browser that asks for this machine by its own names sees the page."""
    assert (await asked("", host=host)).text == "hello"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example"])
async def test_without_a_password_no_other_name_is(host: str) -> None:
    """A page elsewhere whose name was pointed at this machine is refused."""
    found = await asked("", host=host)
    assert found.status_code == 403
    assert "hello" not in found.text


@pytest.mark.parametrize("user", ["me", "", "anybody else"])
async def test_the_password_lets_through(user: str) -> None:
    """With the password any user name, and any host, is let through."""
    found = await asked(PASSWORD, host="review.example", authorization=basic(PASSWORD, user))
    assert found.text == "hello"


@pytest.mark.parametrize(
    "header",
    [
        basic(""),
        basic(PASSWORD[:-1]),
        basic(PASSWORD + "x"),
        basic(PASSWORD).replace("Basic", "Bearer"),
        "Basic",
        "Basic !!!",
        "Basic " + b64encode(PASSWORD.encode()).decode()[:8],
        "",
    ],
)
async def test_no_other_password_does(header: str) -> None:
    """Wrong, cut, longer, malformed: all are asked for the password again."""
    found = await asked(PASSWORD, authorization=header)
    assert found.status_code == 401
    assert found.headers["www-authenticate"].startswith("Basic ")
    assert "hello" not in found.text


async def test_without_a_header_the_password_is_asked_for() -> None:
    """A first request is asked at once, also on this machine."""
    assert (await asked(PASSWORD)).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/-/databases.json", "/-/plugins", "/-/settings", "/-/metadata.json", "/-/permissions", "/-/"],
)
async def test_pages_about_the_machine_are_not_there(path: str) -> None:
    """Datasette's pages about itself are refused."""
    assert (await asked("", path)).status_code == 404


@pytest.mark.parametrize("path", ["/-/static/app.css", "/-/dashboards", "/-/dashboards/score-log"])
async def test_pages_that_others_need_are(path: str) -> None:
    """Styles, scripts and the dashboard are let through."""
    assert (await asked("", path)).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_can_be_changed(method: str) -> None:
    """Only reading is let through."""
    assert (await asked("", method=method)).status_code == 405


async def test_no_page_may_fetch_from_elsewhere() -> None:
    """Every page forbids the browser to ask any other host, and to stand in another's frame."""
    policy = (await asked("")).headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
