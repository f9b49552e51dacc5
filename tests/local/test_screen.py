"""Formatting can be told apart with colours and without, at any width."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.local.entities import tidy
from bot.local.screen import keyboard, line, shown
from bot.local.telegram_html import parse_html
from bot.local.values import Button

# What is sent, and how it looks without colours.
PLAIN = [
    ("<b>target</b> word", "*target* word"),
    ("<u>pushed</u> &lt;b&gt;", "_pushed_ <b>"),
    ("<i>it</i> <s>no</s> <code>x</code>", "/it/ ~no~ `x`"),
    ("<tg-spoiler>end</tg-spoiler>", "||end||"),
    ("<b>a <u>b</u></b>", "*a _b_*"),
    ('<a href="https://a.org/b">here</a>', "here (https://a.org/b)"),
    ("<a>https://a.org/b</a>", "https://a.org/b"),
    (
        "Who?\n<blockquote>They <b>say</b>\nso</blockquote>\nWell?",
        "Who?\n│ They *say*\n│ so\nWell?",
    ),
    ("<blockquote expandable>a</blockquote>", "│ a"),
    ("[bold]not a style[/bold] :smile:", "[bold]not a style[/bold] :smile:"),
    ("beep\x07 \x9b31m", "beep\ufffd \ufffd31m"),
]

COLOURED = [
    ("<b>x</b>", "\x1b[1mx"),
    ("<u>x</u>", "\x1b[4mx"),
    ("<i>x</i>", "\x1b[3mx"),
    ("<s>x</s>", "\x1b[9mx"),
    ("<b><u>x</u></b>", "\x1b[1;4mx"),
    ("<blockquote>x</blockquote>", "│ \x1b[0mx"),
]


def printed(html: str, *, plain: bool, width: int = 60) -> str:
    """Return what a console writes."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=not plain, color_system=None if plain else "standard"
    )
    for block in shown(tidy(parse_html(html)), plain=plain):
        console.print(block, highlight=False)
    return out.getvalue().rstrip("\n")


@pytest.mark.parametrize(("html", "text"), PLAIN)
def test_without_colours(html: str, text: str) -> None:
    """Each style has marks of its own and a passage its bar."""
    assert printed(html, plain=True) == text


@pytest.mark.parametrize(("html", "start"), COLOURED)
def test_with_colours(html: str, start: str) -> None:
    """Each style is the terminal's own, without marks."""
    assert start in printed(html, plain=False)
    assert "*" not in printed(html, plain=False)


@settings(deadline=None)
@given(st.text(st.sampled_from("abc “é😀\n"), max_size=80), st.integers(4, 40))
def test_a_narrow_screen(words: str, width: int) -> None:
    """No line is wider than the screen, and every line of a passage has its bar."""
    text = printed(f"<blockquote>{words}x</blockquote>", plain=True, width=width)
    assert all(cell_len(each) <= width and each.startswith("│ ") for each in text.split("\n"))


# Width, and the lines that three buttons take.
WIDTHS = [
    (80, ["[1] Sourced fact  [2] Unsourced claim  [3] Not sure"]),
    (40, ["[1] Sourced fact  [2] Unsourced claim", "[3] Not sure"]),
    (10, ["[1] Sourced fact", "[2] Unsourced claim", "[3] Not sure"]),
]


@pytest.mark.parametrize(("width", "rows"), WIDTHS)
def test_buttons_are_numbered(width: int, rows: list[str]) -> None:
    """Buttons are numbered from 1, and a label is not broken where the next line has room."""
    labels = ("Sourced fact", "Unsourced claim", "Not sure")
    assert keyboard([Button(label, data="d") for label in labels], width).plain.split("\n") == rows


def test_a_sentence_of_the_prompts() -> None:
    """A sentence of HTML is one text."""
    assert line("Press <b>Enter</b> &amp; go", plain=True).plain == "Press *Enter* & go"
