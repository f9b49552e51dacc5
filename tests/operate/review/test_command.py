"""`whosays review` as an operator types it."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.errors import ReviewError
from bot.operate.review import progress, serve
from bot.operate.review.snapshot import Built
from tests.app.processes import whosays
from tests.operate.review.running import reviewing
from tests.operate.review.shots import GENERATED, Shot, shot_of
from tests.quiz.builders import NOW

EVERYWHERE = "0.0.0.0"  # noqa: S104 - that a password is needed for


@pytest.fixture
def data(log: Path, tmp_path: Path) -> Path:
    """Make a data folder with a generated log."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(log, folder / "whosays.sqlite3")
    return folder


def test_building_alone(data: Path) -> None:
    """`--build-only` makes the snapshot, says how much is in it, and does it again in passing."""
    first = whosays(data, "review", "--build-only")
    assert (first.returncode, first.stdout) == (0, "")
    assert f"{GENERATED} answers, built anew" in first.stderr
    assert "nothing new" in whosays(data, "review", "--build-only").stderr
    assert shot_of(data / "whosays.sqlite3").rows("SELECT answers FROM snapshot") == [(GENERATED,)]


def test_without_a_log(tmp_path: Path) -> None:
    """Where nobody has played yet there is a line that says so, and status 1."""
    done = whosays(tmp_path, "review", "--build-only")
    assert done.returncode == 1
    assert done.stderr.startswith("whosays: there is no score log yet")


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.1", "review.example"])
def test_others_need_a_password(data: Path, host: str) -> None:
    """An address that others reach is refused before anything is built."""
    done = whosays(data, "review", "--host", host)
    assert done.returncode == 1
    assert "WHOSAYS_REVIEW_PASSWORD" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (data / "review.db").exists()


def test_served_with_a_password(data: Path) -> None:
    """With a password set the page needs it, by whatever name it is asked for."""
    with reviewing(data, "--host", EVERYWHERE, REVIEW_PASSWORD="a b:c") as address:
        here = address.replace(EVERYWHERE, "127.0.0.1")
        assert httpx.get(here).status_code == 401
        page = httpx.get(here, auth=("op", "a b:c"), headers={"Host": "review.example"})
    assert "Score log" in page.text


def test_a_port_that_is_taken(data: Path) -> None:
    """A port in use is told of in a line, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = whosays(data, "review", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "--port takes another" in done.stderr.splitlines()[-1]


def test_without_the_extra(data: Path) -> None:
    """Where Datasette is not installed a line says how to install it; building needs it not."""
    hidden = (
        "import sys; sys.modules['datasette'] = None; sys.modules['datasette_dashboards'] = None\n"
        "from bot.cli import main; main()"
    )
    environment = {"WHOSAYS_DATA": str(data), "PYTHONPATH": str(Path.cwd())}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", hidden, "review", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    done = run()
    assert done.returncode == 1
    assert "make review" in done.stderr.splitlines()[-1]
    assert run("--build-only").returncode == 0


def test_the_bot_starts_without_datasette() -> None:
    """Neither the command line nor the running bot loads Datasette or numpy's arrays for it."""
    code = (
        "import sys, bot.cli, bot.app.serve\n"
        "print([name for name in sys.modules if name.startswith(('datasette', 'uvicorn'))])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == "[]"


async def test_it_is_kept_fresh(generated: Shot) -> None:
    """While it is served new answers come in; a look that fails is told of, and the next works."""
    said: list[str] = []
    looks: list[int] = []
    fresh = asyncio.Event()
    generated.build()

    def refresh() -> Built:
        looks.append(1)
        if len(looks) == 1:
            raise ReviewError("the disk is full")
        built = generated.build(now=NOW + timedelta(hours=1))
        loop.call_soon_threadsafe(fresh.set)
        return built

    loop = asyncio.get_running_loop()
    task = asyncio.create_task(serve.keep_fresh(refresh, said.append, 0.01))
    generated.do("DELETE FROM learners WHERE id = 3")
    await asyncio.wait_for(fresh.wait(), 20)
    task.cancel()
    assert said == ["the disk is full"]
    assert generated.rows("SELECT count(*) FROM answers WHERE learner = 3") == [(0,)]


@pytest.mark.parametrize(
    ("built", "line"),
    [
        (Built(10, 10, 0, 0, anew=True), "x: 10 answers, built anew"),
        (Built(10, 0, 0, 0, anew=False), "x: 10 answers, nothing new"),
        (Built(9, 2, 0, 3, anew=False), "x: 9 answers, 2 added, 3 removed"),
        (Built(9, 0, 4, 0, anew=False), "x: 9 answers, 4 graded or disputed since"),
    ],
)
def test_what_a_build_did_is_said(built: Built, line: str) -> None:
    """A line says how many answers there are and what came of them."""
    assert progress.line(built, Path("x")) == line
