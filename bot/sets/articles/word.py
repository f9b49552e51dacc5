"""Word documents: the paragraphs of the body."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from bot.sets.articles.article import Article
from bot.sets.formats.archive import UNREADABLE, check_archive
from bot.sets.problems import BrokenSetError, Problem

HEADINGS = ("Title", "Heading 1")
"""Styles whose first paragraph is the title."""


def read_word(data: bytes, name: str) -> Article:
    """Return the paragraphs of a document; its archive is checked before it is opened."""
    check_archive(data, name)
    try:
        document = Document(BytesIO(data))
        styled = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    except (PackageNotFoundError, KeyError, SyntaxError, *UNREADABLE) as error:
        found = f"a broken document ({type(error).__name__})"
        raise BrokenSetError([Problem(name, 0, "", found, "a .docx document")]) from error
    title = next((text for style, text in styled if style in HEADINGS and text.strip()), "")
    body = (text for style, text in styled if not (style or "").startswith(("Title", "Heading")))
    return Article(title, tuple(body))
