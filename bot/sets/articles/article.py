"""An article as plain paragraphs, and the tidying that every kind of file needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sized
from dataclasses import dataclass, replace

from bot.sets.limits import PARAGRAPHS
from bot.sets.problems import BrokenSetError, Problem

LONGEST_TITLE = 120
"""Characters of a first line that may be a title; a headline is rarely half as long."""

_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_SPACE = re.compile(r"[^\S\n]+")
_END = re.compile(r"[.!?…][\"'”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Article:
    """Paragraphs of running text in order; `title` is empty where the file names none."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text, a blank line between paragraphs."""
        return "\n\n".join(self.paragraphs)


def check_paragraphs(found: Sized, name: str) -> None:
    """Raise BrokenSetError for more paragraphs than an article may have."""
    if len(found) > PARAGRAPHS:
        what = f"{len(found):,} paragraphs"
        raise BrokenSetError([Problem(name, 0, "", what, f"at most {PARAGRAPHS:,}")])


def cleaned(article: Article) -> Article:
    """Return an article without empty paragraphs, wrapped lines, or characters nobody can see."""
    paragraphs = [one for raw in article.paragraphs if (one := tidy(raw))]
    title = tidy(article.title)[:LONGEST_TITLE]
    if not title and paragraphs and _may_be_title(paragraphs[0]):
        title, *paragraphs = paragraphs
    return replace(article, title=title, paragraphs=tuple(paragraphs))


def tidy(text: str) -> str:
    """Return a text on one line: words hyphenated at a line's end joined, other breaks a space."""
    joined = _HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    spaced = _SPACE.sub(" ", joined.replace("\n", " "))
    return "".join(one for one in spaced if unicodedata.category(one)[0] != "C").strip()


def _may_be_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not _END.search(line)
