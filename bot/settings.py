"""The settings of one process, read once from the environment and from `.env`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_data_path

from bot.errors import SettingsError

PREFIX = "WHOSAYS_"
DATABASE = "whosays.sqlite3"

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LARGEST_ROUND = 50


@dataclass(frozen=True)
class Settings:
    """What an operator can set. `token` never shows in the representation."""

    data: Path
    token: str = field(default="", repr=False)
    api_url: str = "https://api.telegram.org/bot"
    model: Path | None = None
    round_size: int = 8
    log_level: str = "INFO"
    log_json: bool = False

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.data / DATABASE

    def require_token(self) -> str:
        """Return the token; SettingsError when it is missing or cannot be one."""
        if not self.token:
            raise SettingsError(
                f"{PREFIX}TOKEN is not set: ask @BotFather for a token and put it there or in .env"
            )
        if not _TOKEN.fullmatch(self.token):
            raise SettingsError(
                f"{PREFIX}TOKEN is malformed: a token is digits, a colon and at least 30 letters"
            )
        return self.token


def load(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Return the settings; the environment outranks the `.env` file of the folder.

    Raises SettingsError, naming the variable, for a value that cannot be used.
    """
    given = os.environ if environment is None else environment
    file = (folder or Path.cwd()) / ".env"
    values = {**_read(file), **given}
    set_ = {
        name.removeprefix(PREFIX): value.strip()
        for name, value in values.items()
        if name.startswith(PREFIX) and value.strip()
    }
    data = set_.get("DATA")
    model = set_.get("MODEL")
    return Settings(
        data=Path(data).expanduser() if data else user_data_path("whosays", appauthor=False),
        token=set_.get("TOKEN", ""),
        api_url=_url(set_.get("API_URL", Settings.api_url)),
        model=Path(model).expanduser() if model else None,
        round_size=_round_size(set_.get("ROUND_SIZE", str(Settings.round_size))),
        log_level=_level(set_.get("LOG_LEVEL", Settings.log_level)),
        log_json=_flag("LOG_JSON", set_.get("LOG_JSON", "")),
    )


def _read(file: Path) -> dict[str, str]:
    """Return what a `.env` file sets; nothing where there is none."""
    try:
        found = dotenv_values(file)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    return {name: value for name, value in found.items() if value is not None}


def _round_size(text: str) -> int:
    # As text first: Python refuses to read a number of thousands of digits.
    if not (re.fullmatch("[0-9]{1,9}", text) and 1 <= int(text) <= _LARGEST_ROUND):
        raise SettingsError(f"{PREFIX}ROUND_SIZE is {text!r}: a number from 1 to {_LARGEST_ROUND}")
    return int(text)


def _level(text: str) -> str:
    if text.upper() not in _LEVELS:
        raise SettingsError(f"{PREFIX}LOG_LEVEL is {text!r}: one of {', '.join(_LEVELS)}")
    return text.upper()


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://\S+", text):
        raise SettingsError(f"{PREFIX}API_URL is {text!r}: an http or https address")
    return text


def _flag(name: str, text: str) -> bool:
    if text.lower() not in ("", "0", "1", "false", "true", "no", "yes"):
        raise SettingsError(f"{PREFIX}{name} is {text!r}: yes or no")
    return text.lower() in ("1", "true", "yes")
