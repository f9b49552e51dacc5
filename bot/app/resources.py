"""What comes with the bot: its sentences, its quiz sets, its model; and the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.texts import Texts


def resources(name: str) -> Path:
    """Return a folder of files that come with the bot: inside the package, or beside it."""
    package = Path(__file__).parent.parent
    installed = package / name
    return installed if installed.is_dir() else package.parent / name


def release() -> str:
    """Return the version of the bot; of one that was not installed, that it was not."""
    try:
        return version("whosays")
    except PackageNotFoundError:
        return "not installed"


def now() -> datetime:
    """Return the moment, aware and in UTC."""
    return datetime.now(UTC)


@cache
def load_texts() -> Texts:
    """Return the sentences of the bot, read once: the bot and the terminal share them."""
    return Texts(resources("prompts"))


def seed_files() -> dict[str, bytes]:
    """Return the quiz-set files that come with the bot, by name."""
    return {file.name: file.read_bytes() for file in sorted(resources("seeds").glob("*.yaml"))}
