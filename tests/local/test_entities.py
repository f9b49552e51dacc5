"""Texts are trimmed and their entities put in order as the server does it."""

import pytest

from bot.local.entities import MOST_ENTITIES, Entity, Formatted, tidy, to_html
from bot.local.telegram_html import parse_html

# (as sent, as it stands in the message)
TIDIED = [
    ("  <b> x </b>  ", "<b>x</b>"),
    ("\n<i>x</i>\n<b>\n</b>", "<i>x</i>"),
    ("<b>a <code>b</code> c</b>", "<b>a </b><code>b</code><b> c</b>"),
    ("<code>a <b>b</b></code>", "<code>a b</code>"),
    ("<b>a <b>b</b></b>", "<b>a b</b>"),
    ("<i><b>x</b></i>", "<b><i>x</i></b>"),
    ('<a href="a.org">x <code>y</code></a>', '<a href="http://a.org/">x y</a>'),
    (
        "<blockquote>a <u>b</u></blockquote>",
        "<blockquote>a <u>b</u></blockquote>",
    ),
    ("😀 <blockquote expandable>a</blockquote>", "😀 <blockquote expandable>a</blockquote>"),
    (
        '<pre><code class="language-py">a</code></pre>',
        '<pre><code class="language-py">a</code></pre>',
    ),
    ("<tg-spoiler>a</tg-spoiler> <s>b</s> &lt;c", "<tg-spoiler>a</tg-spoiler> <s>b</s> &lt;c"),
]


@pytest.mark.parametrize(("sent", "stored"), TIDIED)
def test_tidy(sent: str, stored: str) -> None:
    """White space at the ends goes, styles are cut around code, nothing crosses or repeats."""
    assert to_html(tidy(parse_html(sent))) == stored


def test_crossing_entities_keep_the_first() -> None:
    """Of two entities that cross, which only a bot that spells them out can send, one is kept."""
    crossing = Formatted("abcd", (Entity("bold", 0, 3), Entity("italic", 2, 2)))
    assert to_html(tidy(crossing)) == "<b>abc</b>d"


def test_entities_beyond_the_hundredth_are_ignored() -> None:
    """The server keeps a hundred entities and drops the rest without a word."""
    found = tidy(parse_html("<b>x</b> " * (MOST_ENTITIES + 1)))
    assert len(found.entities) == MOST_ENTITIES
