"""Article files → plain paragraphs, within bounds. What a sentence is worth is decided elsewhere.

A reader per kind of file; `read_article` chooses it by the ending of the name.
"""

from __future__ import annotations

from pathlib import PurePath

from bot.sets.articles.article import Article, check_paragraphs, cleaned
from bot.sets.articles.html import read_html, read_markdown
from bot.sets.articles.pdf import read_pdf
from bot.sets.articles.plain import read_plain
from bot.sets.articles.word import read_word
from bot.sets.decoding import check_size
from bot.sets.problems import BrokenSetError, Problem, quote

__all__ = ["ENDINGS", "Article", "read_article"]

_READERS = {
    "txt": read_plain,
    "md": read_markdown,
    "html": read_html,
    "htm": read_html,
    "docx": read_word,
    "pdf": read_pdf,
}

ENDINGS = tuple(_READERS)
"""Endings of the names of files that are read as articles."""


def read_article(data: bytes, name: str) -> Article:
    """Return the article in a file's bytes; BrokenSetError where there is none to be had."""
    check_size(len(data), name)
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in _READERS:
        raise BrokenSetError([Problem(name, 0, "", quote("." + ending), ", ".join(ENDINGS))])
    raw = _READERS[ending](data, name)
    check_paragraphs(raw.paragraphs, name)
    article = cleaned(raw)
    if not article.paragraphs:
        raise BrokenSetError([Problem(name, 0, "", "no text", "an article with text in it")])
    return article
