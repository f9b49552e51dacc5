"""Disks that are full or read-only: made real where this machine lets us, for processes."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOTHING_MORE = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
"""Runs a program that can write no file; a pipe is no file."""


@contextmanager
def no_room(pid: int) -> Iterator[None]:
    """Let a process write no file for the length of a block: each write fails, as on a full disk.

    With EFBIG in place of ENOSPC, which to SQLite is an error of the disk too.
    """
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def mount(folder: Path, *options: str) -> None:
    """Mount something at a folder; skips the test where that is not allowed."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    done = subprocess.run(  # noqa: S603 - our own words
        ["mount", *options, str(folder)],  # noqa: S607 - wherever it is
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """Have something mounted at a folder for the length of a block."""
    mount(folder, *options)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607 - as above


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Have a disk of so many megabytes for the length of a block."""
    with mounted(folder, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"):
        yield folder


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written into a folder for the length of a block, by root neither."""
    if os.geteuid() == 0:
        # A folder bound to itself is a mount of its own, which can be read-only.
        with mounted(folder, "--bind", str(folder)):
            mount(folder, "-o", "remount,bind,ro")
            yield
    else:
        mode = folder.stat().st_mode
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(mode)
