"""The bot as its container and its unit run it: on a read-only tree, without any privilege."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.app.processes import PATIENCE
from tests.app.serving import running
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.updates import said

CONFINE = """
set -e
data=$1; shift
mount --bind "$data" "$data"
while read -r _ point _; do
    case $point in
    "$data" | /proc* | /sys* | /dev*) ;;
    *) mount -o remount,ro,bind "$point" 2>/dev/null || true ;;
    esac
done < /proc/self/mounts
if touch "$data/../written" 2>/dev/null; then echo "not read-only" >&2; exit 3; fi
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""
"""A tree of its own in which nothing but the data folder can be written, not even /tmp."""

UNSHARE = ("unshare", "--mount", "--propagation", "private")


def _can_confine() -> bool:
    """Whether this machine lets us make a tree of our own; it takes root."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("setpriv"):
        return False
    return subprocess.run([*UNSHARE, "true"], check=False).returncode == 0  # noqa: S603 - as above


def names(folder: Path) -> set[str]:
    """Return what lies in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.skipif(not _can_confine(), reason="needs root and namespaces to take rights away")
async def test_nothing_but_the_data_folder_is_written(tmp_path: Path) -> None:
    """The bot answers and ends well where it may write its data folder and nothing else."""
    data = tmp_path / "data"
    data.mkdir()
    through = [*UNSHARE, "sh", "-c", CONFINE, "sh", str(data)]
    async with TelegramServer() as telegram:
        await telegram.give(said(5, "/quiz"))
        async with running(data, through=through, API_URL=telegram.base_url) as bot:
            await telegram.until(lambda: len(telegram.calls("sendMessage")) > 1, PATIENCE)
            ended = await bot.end()
    assert ended.status == 0, ended.words
    assert "Traceback" not in ended.words
    assert names(tmp_path) == {"data"}
    assert names(data) <= {"whosays.sqlite3", "backups"}
