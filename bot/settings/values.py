"""How the text of a variable becomes a value; each raises ValueError that says what is allowed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def path(text: str) -> Path:
    """Return a path, `~` being the user's home."""
    return Path(text).expanduser()


def number(text: str, *, low: int, high: int) -> int:
    """Return a whole number within bounds."""
    # As text first: Python refuses to read a number of thousands of digits.
    if not (re.fullmatch("[0-9]{1,9}", text) and low <= int(text) <= high):
        raise ValueError(f"a number from {low} to {high}")
    return int(text)


def level(text: str) -> str:
    """Return the name of a level of logging."""
    if text.upper() not in _LEVELS:
        raise ValueError(f"one of {', '.join(_LEVELS)}")
    return text.upper()


def url(text: str) -> str:
    """Return an http or https address."""
    if not re.fullmatch(r"https?://\S+", text):
        raise ValueError("an http or https address")
    return text


def https(text: str) -> str:
    """Return an https address with a host; Telegram calls no other."""
    if not re.fullmatch(r"https://\S+", text) or not urlsplit(text).hostname:
        raise ValueError("an https address, for Telegram calls no other")
    return text


def host(text: str) -> str:
    """Return an address or a name to listen on."""
    if not re.fullmatch(r"[0-9A-Za-z.:_-]{1,253}", text):
        raise ValueError("an address to listen on, such as 127.0.0.1 or 0.0.0.0")
    return text


def flag(text: str) -> bool:
    """Return yes or no."""
    if text.lower() not in _FLAGS:
        raise ValueError("yes or no")
    return _FLAGS[text.lower()]
