"""The settings: the environment over `.env`, defaults, and one clear line for what is wrong."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load
from bot.settings.table import in_effect, markdown

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ_"

# What the environment and the `.env` file say, the field, and its value.
READ: list[tuple[dict[str, str], str, str, object]] = [
    ({}, "", "token", ""),
    ({}, "", "api_url", "https://api.telegram.org/bot"),
    ({}, "", "model", None),
    ({}, "", "round_size", 8),
    ({}, "", "log_level", "INFO"),
    ({}, "", "log_json", False),
    ({"WHOSAYS_DATA": "/srv/whosays"}, "", "data", Path("/srv/whosays")),
    ({"WHOSAYS_DATA": "~/whosays"}, "", "data", Path.home() / "whosays"),
    ({"WHOSAYS_DATA": "/a"}, "", "database", Path("/a/whosays.sqlite3")),
    ({"WHOSAYS_TOKEN": TOKEN}, "", "token", TOKEN),
    ({"WHOSAYS_TOKEN": f"  {TOKEN}\n"}, "", "token", TOKEN),
    ({}, f"WHOSAYS_TOKEN={TOKEN}", "token", TOKEN),
    ({}, f"export WHOSAYS_TOKEN='{TOKEN}' # mine\n", "token", TOKEN),
    ({"WHOSAYS_TOKEN": TOKEN}, "WHOSAYS_TOKEN=other", "token", TOKEN),
    ({"WHOSAYS_TOKEN": ""}, f"WHOSAYS_TOKEN={TOKEN}", "token", ""),
    ({}, "WHOSAYS_TOKEN", "token", ""),
    ({"WHOSAYS_ROUND_SIZE": "12"}, "WHOSAYS_ROUND_SIZE=3", "round_size", 12),
    ({}, "WHOSAYS_ROUND_SIZE=3", "round_size", 3),
    ({"WHOSAYS_ROUND_SIZE": " 50 "}, "", "round_size", 50),
    ({"WHOSAYS_MODEL": "/srv/model"}, "", "model", Path("/srv/model")),
    ({"WHOSAYS_API_URL": "http://localhost:8081/bot"}, "", "api_url", "http://localhost:8081/bot"),
    ({"WHOSAYS_LOG_LEVEL": "debug"}, "", "log_level", "DEBUG"),
    ({"WHOSAYS_LOG_JSON": "yes"}, "", "log_json", True),
    ({"WHOSAYS_LOG_JSON": "TRUE"}, "", "log_json", True),
    ({"WHOSAYS_LOG_JSON": "0"}, "", "log_json", False),
    ({"WHOSAYS_DATA": "/a"}, "", "backups", Path("/a/backups")),
    ({"WHOSAYS_BACKUP_TO": "/b"}, "", "backups", Path("/b")),
    ({"WHOSAYS_KEEP_DAYS": "365"}, "", "keep_days", 365),
    ({"WHOSAYS_WEBHOOK_URL": "https://a.example/x"}, "", "webhook_url", "https://a.example/x"),
    ({"WHOSAYS_LISTEN": "::1"}, "", "listen", "::1"),
    ({"TOKEN": TOKEN, "ROUND_SIZE": "3"}, "TOKEN=x", "token", ""),
]


@pytest.mark.parametrize(("environment", "file", "field", "value"), READ)
def test_a_setting(
    tmp_path: Path, environment: dict[str, str], file: str, field: str, value: object
) -> None:
    """The environment outranks the `.env` file, which outranks the defaults."""
    (tmp_path / ".env").write_text(file, encoding="utf-8")
    assert getattr(load(environment, tmp_path), field) == value


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    """Without a `.env` file the environment alone counts."""
    assert load({"WHOSAYS_ROUND_SIZE": "3"}, tmp_path).round_size == 3


def test_the_data_folder_is_the_users_own(tmp_path: Path) -> None:
    """Without a setting the data lies in a folder of this user's, named after the program."""
    data = load({}, tmp_path).data
    assert data.is_absolute()
    assert data.name == "whosays"
    assert Path.home() in data.parents or "HOME" not in data.parts


# A variable and a value that it cannot have.
MALFORMED = [
    *(
        ("ROUND_SIZE", value)
        for value in ("0", "51", "-3", "eight", "8.5", "８", "1e1", "9" * 5_000)
    ),
    *(("LOG_LEVEL", value) for value in ("LOUD", "10", "INFO,DEBUG")),
    *(("LOG_JSON", value) for value in ("maybe", "2", "json")),
    *(("API_URL", value) for value in ("api.telegram.org", "ftp://host/bot", "https://", "a b")),
    *(("WEBHOOK_URL", value) for value in ("http://a.example/", "https://", "a.example")),
    *(("WEBHOOK_PORT", value) for value in ("0", "65536", "-1", "http")),
    *(("KEEP_DAYS", value) for value in ("-1", "a year", "36501")),
    ("BACKUP_KEEP", "0"),
    ("LISTEN", "a host"),
]


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_setting(tmp_path: Path, name: str, value: str) -> None:
    """A value that cannot be used is told in one line, with its variable and what is allowed."""
    with pytest.raises(SettingsError) as caught:
        load({f"WHOSAYS_{name}": value}, tmp_path)
    line = str(caught.value)
    assert line.startswith(f"WHOSAYS_{name} is ")
    assert "\n" not in line
    assert ": " in line


def test_a_malformed_value_in_the_file(tmp_path: Path) -> None:
    """What stands in the `.env` file is held to the same rules."""
    (tmp_path / ".env").write_text("WHOSAYS_ROUND_SIZE=many")
    with pytest.raises(SettingsError, match="WHOSAYS_ROUND_SIZE is 'many'"):
        load({}, tmp_path)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """A `.env` file that cannot be read is named."""
    (tmp_path / ".env").write_bytes(b"WHOSAYS_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load({}, tmp_path)


# What the token is, and what is said of it.
TOKENS = [
    ("", "WHOSAYS_TOKEN is not set: ask @BotFather for a token"),
    ("my-token", "WHOSAYS_TOKEN is malformed"),
    (TOKEN[:-1].replace(":", ""), "WHOSAYS_TOKEN is malformed"),
    (TOKEN[:30], "WHOSAYS_TOKEN is malformed"),
    (TOKEN.replace("_", "!"), "WHOSAYS_TOKEN is malformed"),
    (TOKEN.replace("_", "\n"), "WHOSAYS_TOKEN is malformed"),
    (f"bot{TOKEN}", "WHOSAYS_TOKEN is malformed"),
    (TOKEN + " " + TOKEN, "WHOSAYS_TOKEN is malformed"),
]


@pytest.mark.parametrize(("token", "told"), TOKENS)
def test_a_token_that_is_none(token: str, told: str) -> None:
    """A missing and a malformed token are told apart, in one line that does not quote it."""
    with pytest.raises(SettingsError) as caught:
        Settings(Path(), token=token).require_token()
    line = str(caught.value)
    assert line.startswith(told)
    assert "\n" not in line
    assert not token or token not in line


def test_a_good_token() -> None:
    """A token of the right shape is given back."""
    assert Settings(Path(), token=TOKEN).require_token() == TOKEN


def test_settings_do_not_show_the_token() -> None:
    """Settings can be logged: their representation does not hold the token, and they stay."""
    settings = Settings(Path("/data"), token=TOKEN)
    assert TOKEN not in repr(settings)
    assert "/data" in repr(settings)
    with pytest.raises(FrozenInstanceError):
        settings.token = ""  # type: ignore[misc] # that is the point


def test_the_table_of_the_readme() -> None:
    """The README lists every setting as the code has it."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"\n\n{markdown()}\n\n" in readme


def test_the_settings_in_effect_hide_secrets() -> None:
    """What is set can be shown to anybody who helps: a secret is only said to be set."""
    shown = {name: value for name, value, _ in in_effect(Settings(Path("/data"), token=TOKEN))}
    assert shown["WHOSAYS_TOKEN"] == "(set)"
    assert shown["WHOSAYS_REVIEW_PASSWORD"] == ""
    assert shown["WHOSAYS_DATA"] == "/data"
