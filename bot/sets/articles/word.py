"""Word documents: the paragraphs of the body."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from bot.sets.articles.article import Article, check_paragraphs
from bot.sets.formats.archive import UNREADABLE, check_archive
from bot.sets.problems import BrokenSetError, Problem

HEADINGS = ("Title", "Heading 1")
"""Styles whose first paragraph is the title."""

FURNITURE = ("Title", "Subtitle", "Heading", "Caption", "TOC")
"""How the names of styles begin whose paragraphs are no running text."""

UNPACKED = 5_000_000
"""Size of what a document unpacks to: ten times the text of one that is read whole."""


def read_word(data: bytes, name: str) -> Article:
    """Return the paragraphs of a document; its archive is checked before it is opened."""
    check_archive(data, name, UNPACKED)
    try:
        styled = _styled(data, name)
    except (PackageNotFoundError, KeyError, SyntaxError, AttributeError, *UNREADABLE) as error:
        found = f"a broken document ({type(error).__name__})"
        raise BrokenSetError([Problem(name, 0, "", found, "a .docx document")]) from error
    title = next((text for style, text in styled if style in HEADINGS and text.strip()), "")
    body = (text for style, text in styled if not style.startswith(FURNITURE))
    return Article(title, tuple(body))


def _styled(data: bytes, name: str) -> list[tuple[str, str]]:
    """Return the paragraphs of a document, each after the name of its style."""
    document = Document(BytesIO(data))
    check_paragraphs(document.element.body.p_lst, name)
    # asked for its style, each paragraph would search all of them
    names = {style.style_id: style.name or "" for style in document.styles}
    return [(names.get(one._p.style or "", ""), one.text) for one in document.paragraphs]
