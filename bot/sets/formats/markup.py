"""HTML of a foreign file → plain paragraphs and back, as far as quizzes use it.

Nothing is rendered: tags are dropped, but for the ends of paragraphs, line breaks and one kind of
marked part. Reading takes time linear in the length, whatever the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

PARAGRAPHS = ("p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td")

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<![^<>]*>")
_SPACE = re.compile(r"[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of some HTML, by paragraph, and the texts that stood between the marking tags."""

    paragraphs: tuple[str, ...]
    marked: tuple[str, ...]


def plain(html: str, marking: str = "") -> Plain:
    """Return the text of HTML; `marking` is the name of the tags whose texts are wanted."""
    paragraphs: list[str] = [""]
    marked: list[str] = []
    inside, end = False, 0
    for tag in _TAG.finditer(html):
        said = _said(html[end : tag.start()])
        end = tag.end()
        paragraphs[-1] += said
        if inside:
            marked[-1] += said
        name = (tag[2] or "").lower()
        if name in PARAGRAPHS:
            paragraphs.append("")
        elif name == "br":
            paragraphs[-1] += "\n"
            if inside:
                marked[-1] += "\n"
        elif name and name == marking:
            inside = not tag[1]
            if inside:
                marked.append("")
    paragraphs[-1] += _said(html[end:])
    return Plain(
        tuple(text.strip() for text in paragraphs if text.strip()),
        tuple(text.strip() for text in marked if text.strip()),
    )


def marked_up(text: str) -> str:
    """Return HTML that shows a text and that `plain` turns back."""
    return escape(text, quote=False).replace("\n", "<br>")


def _said(html: str) -> str:
    return unescape(_SPACE.sub(" ", html))
