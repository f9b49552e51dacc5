"""A typed line is read before the keyboard it was typed at."""

import pytest

from bot.local.typed import Attached, NoSuchNumber, Nothing, Pressed, Quoted, Said, Typed, meaning
from bot.local.values import Button

KEYS = (
    Button("📰 Sourced fact", data="a"),
    Button("Opinion", data="b"),
    Button("Next ▶", data="n"),
)

# What is typed, at which buttons, and what it means.
LINES: list[tuple[str, tuple[Button, ...], Typed]] = [
    ("1", KEYS, Pressed(0)),
    (" 3 ", KEYS, Pressed(2)),
    ("4", KEYS, NoSuchNumber(4)),
    ("0", KEYS, NoSuchNumber(0)),
    ("12", (), Said("12")),
    ("sourced FACT", KEYS, Pressed(0)),
    ("next", KEYS, Pressed(2)),
    ("📰 Sourced fact", KEYS, Pressed(0)),
    ("opinions", KEYS, Said("opinions")),
    ("/opinion", KEYS, Said("/opinion")),
    ("/score", (), Said("/score")),
    ("!?", (Button("▶", data="n"),), Said("!?")),
    ("< my set.yaml", KEYS, Attached("my set.yaml")),
    ('< "a b.yaml"', (), Attached("a b.yaml")),
    ("<", KEYS, Nothing()),
    ("> a shocking cut", KEYS, Quoted("a shocking cut")),
    (">“shocking”", (), Quoted("shocking")),
    (">", KEYS, Nothing()),
    ("  ", KEYS, Nothing()),
    (" It names nobody. ", KEYS, Said("It names nobody.")),
]


@pytest.mark.parametrize(("line", "buttons", "found"), LINES)
def test_meaning(line: str, buttons: tuple[Button, ...], found: Typed) -> None:
    """Numbers and labels press, > quotes, anything else is said."""
    assert meaning(line, buttons) == found
