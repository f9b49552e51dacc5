"""The settings of one process, read once from the environment and from `.env`.

Each setting is one field of `Settings`: its name in capitals after `WHOSAYS_` is the variable, and
its metadata hold what it is, how it is read, and what the tables of settings say of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from platformdirs import user_data_path

from bot.errors import SettingsError
from bot.settings import values
from bot.store.copies import BACKUPS

PREFIX = "WHOSAYS_"
DATABASE = "whosays.sqlite3"

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
_LARGEST_ROUND = 50
_PORTS = (1, 65_535)
_LONGEST = 36_500  # days or hours; longer ones would be "for ever"


def _setting(
    default: Any, what: str, read: Callable[[str], Any], *, shown: str = "", secret: bool = False
) -> Any:
    """Return a field that an operator can set; `shown` says the default where it needs words."""
    metadata = {"what": what, "read": read, "shown": shown or f"`{default}`", "secret": secret}
    return field(default=default, repr=not secret, metadata=metadata)


def _number(low: int, high: int) -> Callable[[str], int]:
    return partial(values.number, low=low, high=high)


@dataclass(frozen=True)
class Settings:
    """What an operator can set. Secrets never show in the representation."""

    data: Path = field(
        metadata={
            "what": "folder for the one SQLite file and its backups",
            "read": values.path,
            "shown": "the user's data folder (`~/.local/share/whosays` on Linux)",
            "secret": False,
        }
    )
    token: str = _setting("", "the bot's token; never logged", str, shown="–", secret=True)
    round_size: int = _setting(8, "questions in a round, 1 to 50", _number(1, _LARGEST_ROUND))
    model: Path | None = _setting(
        None, "another model directory than the one installed", values.path, shown="–"
    )
    keep_days: int = _setting(
        0,
        "days after which identities of the silent and old typed words go; scores stay",
        _number(0, _LONGEST),
        shown="0: for ever",
    )
    backup_every: int = _setting(
        24, "hours between the backups that `run` makes; 0 for none", _number(0, _LONGEST)
    )
    backup_keep: int = _setting(
        7, "how many backups are kept, those before upgrades apart", _number(1, 1_000)
    )
    backup_to: Path | None = _setting(
        None, "folder for backups, best on another disk", values.path, shown="`backups` in the data"
    )
    webhook_url: str = _setting(
        "",
        "https address at which Telegram reaches the bot; without it the bot polls",
        values.https,
        shown="–",
    )
    webhook_port: int = _setting(
        8080, "port of the webhook's own small server, behind a TLS proxy", _number(*_PORTS)
    )
    metrics_port: int = _setting(
        0, "port of Prometheus metrics; 0 for none", _number(0, _PORTS[1]), shown="0: none"
    )
    listen: str = _setting(
        "127.0.0.1", "address that the webhook and the metrics listen on", values.host
    )
    review_password: str = _setting(
        "", "password for `whosays review --host`", str, shown="–", secret=True
    )
    api_url: str = _setting(
        "https://api.telegram.org/bot", "another Bot API server than Telegram's own", values.url
    )
    send_rate: int = _setting(
        30,
        "messages a second in all; Telegram's limit is 30 unless you pay for more",
        _number(1, 1_000),
    )
    log_level: str = _setting("INFO", "`DEBUG`, `INFO`, `WARNING`, `ERROR`", values.level)
    log_json: bool = _setting(False, "logs as JSON lines", values.flag, shown="no")

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.data / DATABASE

    @property
    def file_url(self) -> str:
        """Where the Bot API's server keeps files: `/file/bot<token>/` beside its `/bot<token>/`."""
        return f"{self.api_url.removesuffix('bot')}file/bot"

    @property
    def backups(self) -> Path:
        """Where backups lie."""
        return self.backup_to or self.data / BACKUPS

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
    set_ = {**_read((folder or Path.cwd()) / ".env"), **given}
    found: dict[str, Any] = {"data": user_data_path("whosays", appauthor=False)}
    for each in fields(Settings):
        text = set_.get(variable(each.name), "").strip()
        if text:
            try:
                found[each.name] = each.metadata["read"](text)
            except ValueError as error:
                raise SettingsError(f"{variable(each.name)} is {text!r}: {error}") from None
    return Settings(**found)


def variable(name: str) -> str:
    """Return the variable of the environment that sets a field."""
    return f"{PREFIX}{name.upper()}"


def _read(file: Path) -> dict[str, str]:
    """Return what a `.env` file sets; nothing where there is none."""
    try:
        found = dotenv_values(file)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    return {name: value for name, value in found.items() if value is not None}
