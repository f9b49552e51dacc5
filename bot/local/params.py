"""Parameters of a call, whether they came as JSON values or as the strings of a web form.

Reading only: which parameter may hold what is known to the methods. A number that is not one reads
as absent, as the server reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.local.entities import PRIORITY, Entity, Formatted
from bot.local.faults import bad_request
from bot.local.telegram_html import HtmlError, parse_html

# As TDLib's clean_input_string: control characters become spaces, carriage returns go.
_CLEAN = {code: " " for code in range(32) if chr(code) not in "\r\n"} | {ord("\r"): None}


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters and uploaded files of one call."""

    values: Mapping[str, object]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a string with control characters cleaned away, '' where absent."""
        value = self.values.get(name)
        text = "" if value is None else str(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text.translate(_CLEAN)

    def integer(self, name: str) -> int | None:
        """Return a whole number, None where it is absent or is not one."""
        try:
            return int(str(self.values.get(name)))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """Return whether a switch is on: true, yes or 1 in any case."""
        return str(self.values.get(name)).lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str) -> object:
        """Return a JSON value, None where absent; refuse what is not JSON, naming `what`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            parsed: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
        return parsed

    def formatted(self, words: str, marks: str) -> Formatted:
        """Return a text with its parse mode applied or its entities attached, not yet tidied."""
        text, mode = self.text(words), self.text("parse_mode").lower()
        if mode == "html":
            try:
                return parse_html(text)
            except HtmlError as error:
                raise bad_request(f"can't parse entities: {error}") from None
        if mode:
            raise bad_request("unsupported parse_mode")
        given = self.json(marks, "entities")
        entities = [_entity(each) for each in given] if isinstance(given, list) else []
        return Formatted(text, tuple(each for each in entities if each))


def _entity(given: object) -> Entity | None:
    """Read an entity that the bot spelled out; kinds that are not known are not kept."""
    if not isinstance(given, dict):
        raise bad_request("can't parse MessageEntity: Object expected")
    kind, offset, length = (given.get(key) for key in ("type", "offset", "length"))
    if kind not in PRIORITY or not isinstance(offset, int) or not isinstance(length, int):
        return None
    return Entity(kind, offset, length, str(given.get("url", "")), str(given.get("language", "")))
