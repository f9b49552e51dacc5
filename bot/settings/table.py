"""The settings as tables: what there is to set, and what is set."""

from __future__ import annotations

from dataclasses import fields

from bot.settings import Settings, variable

SET = "(set)"
"""What is shown in place of a secret."""


def markdown() -> str:
    """Return the table of every setting, as the README has it."""
    lines = ["| setting | what it is | default |", "| --- | --- | --- |"]
    for each in fields(Settings):
        what, shown = each.metadata["what"], each.metadata["shown"]
        lines.append(f"| `{variable(each.name)}` | {what} | {shown} |")
    return "\n".join(lines)


def in_effect(settings: Settings) -> list[tuple[str, str, str]]:
    """Return variable, value and meaning of every setting; of a secret only that it is set."""
    return [
        (variable(each.name), _shown(settings, each.name), each.metadata["what"])
        for each in fields(Settings)
    ]


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if value in ("", None):
        return ""
    if Settings.__dataclass_fields__[name].metadata["secret"]:
        return SET
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
