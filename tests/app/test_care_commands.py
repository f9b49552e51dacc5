"""`doctor`, `backup`, `restore`, `prune` and `settings` as an operator types them."""

from __future__ import annotations

import asyncio
import json
import subprocess
from pathlib import Path

import pytest

from tests.app.processes import whosays
from tests.operate.generated import TYPED, write_log
from tests.telegram_server.server import TOKEN, TelegramServer


@pytest.fixture
def data(folder: Path) -> Path:
    """Make a data folder with a log in it."""
    data = folder / "data"
    data.mkdir()
    write_log(data / "whosays.sqlite3", 80)
    return data


def states(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return how each thing is by what the self-check printed as JSON."""
    return {(line := json.loads(text))["what"]: line["state"] for text in done.stdout.splitlines()}


async def examined(data: Path, *, revoked: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the self-check against a Telegram that knows the token, or does no more."""
    async with TelegramServer() as server:
        server.state().revoked = revoked
        return await asyncio.to_thread(
            whosays, data, "doctor", "--json", TOKEN=TOKEN, API_URL=server.base_url
        )


async def test_a_bot_that_is_well(data: Path) -> None:
    """With all in order every check is ok but that there is no backup yet; the status is 0."""
    done = await examined(data)
    assert done.returncode == 0
    assert {what for what, state in states(done).items() if state != "ok"} == {"backups"}
    assert states(done).keys() >= {"token", "polling", "clock", "disk", "database", "schema"}
    assert TOKEN not in done.stdout + done.stderr


async def test_a_token_that_is_refused(data: Path) -> None:
    """A refused token fails the self-check, which goes on with the rest."""
    done = await examined(data, revoked=True)
    assert done.returncode == 1
    assert states(done)["token"] == "failing"
    assert states(done)["model"] == "ok"


def test_a_telegram_that_cannot_be_reached(data: Path) -> None:
    """Without a network the self-check says so, without the address that holds the token."""
    done = whosays(data, "doctor", TOKEN=TOKEN, API_URL="http://127.0.0.1:9/bot")
    assert done.returncode == 1
    assert "Telegram cannot be asked" in done.stdout
    assert TOKEN not in done.stdout + done.stderr


def test_without_a_token(data: Path) -> None:
    """A missing token is a line of the self-check like any other."""
    done = whosays(data, "doctor", "--json")
    assert done.returncode == 1
    assert states(done)["token"] == "failing"


def test_a_bot_that_does_not_run(data: Path) -> None:
    """`--live` fails within moments while no bot shows life, and is well while one does."""
    assert whosays(data, "doctor", "--live").returncode == 1
    (data / "alive").touch()
    assert whosays(data, "doctor", "--live").returncode == 0


def test_from_backup_to_restore(data: Path) -> None:
    """A backup is made, listed, refused over a database, and restored on a new machine."""
    made = whosays(data, "backup")
    assert made.returncode == 0
    assert "verified; 1 of at most 7 kept" in made.stdout
    (file,) = (data / "backups").glob("*.sqlite3")
    assert str(file) in whosays(data, "restore").stdout
    refused_ = whosays(data, "restore", "--latest")
    assert refused_.returncode == 1
    assert "--force" in refused_.stderr
    assert whosays(data, "restore", str(file), "--force").returncode == 0
    new = data.parent / "new"
    assert whosays(new, "restore", str(file)).returncode == 0
    logs = [whosays(where, "log", "--json").stdout for where in (data, new)]
    assert logs[0] == logs[1] != ""


def test_restoring_without_backups(data: Path) -> None:
    """Where there is nothing to restore, that is said."""
    done = whosays(data, "restore", "--latest")
    assert "There are no backups" in done.stdout + done.stderr
    assert done.returncode == 1


def test_pruning(data: Path) -> None:
    """A dry run changes nothing and says what would go; then it goes."""
    dry = whosays(data, "prune", "--days", "1", "--dry-run")
    assert dry.stdout.startswith("Would remove: ")
    log = whosays(data, "log", "--last", "80", "--json").stdout
    assert TYPED in log
    done = whosays(data, "prune", KEEP_DAYS="1")
    assert done.stdout.removeprefix("Removed") == dry.stdout.removeprefix("Would remove")
    assert TYPED not in whosays(data, "log", "--last", "80", "--json").stdout


def test_pruning_needs_an_age(data: Path) -> None:
    """Without an age nothing is removed."""
    done = whosays(data, "prune")
    assert done.returncode == 2
    assert "--days" in done.stderr


def test_the_settings(data: Path) -> None:
    """The settings in effect are listed, the token hidden."""
    done = whosays(data, "settings", TOKEN=TOKEN, ROUND_SIZE="12")
    assert TOKEN not in done.stdout
    assert "WHOSAYS_ROUND_SIZE" in done.stdout
    assert " 12 " in done.stdout
