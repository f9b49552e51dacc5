"""PDF files: the text of the pages, with wrapped lines joined and page numbers left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.sets.articles.article import Article
from bot.sets.problems import BrokenSetError, Problem

PAGES = 200
"""Pages of a file: an article has ten, and each takes time."""

REPEATED = 3
"""Pages that must begin or end with the same line for it to be furniture."""

FULL = 0.75
"""Share of the longest line from which a line is full, so that the text goes on in the next."""

_NUMBER = re.compile(r"\W*(?:page\W*)?\d{1,4}(?:\W*(?:of|/)\W*\d{1,4})?\W*", re.IGNORECASE)


def read_pdf(data: bytes, name: str) -> Article:
    """Return the paragraphs of a file; one that is locked, scanned or broken is told to be."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told to the sender
    try:
        file = PdfReader(BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise _broken(name, "a PDF behind a password", "a PDF without one")
        if len(file.pages) > PAGES:
            raise _broken(name, f"{len(file.pages)} pages", f"at most {PAGES}")
        pages = [page.extract_text().split("\n") for page in file.pages]
        title = (file.metadata.title or "") if file.metadata else ""
    except BrokenSetError:
        raise
    except (PyPdfError, RecursionError, Exception) as error:  # a hostile file may raise anything
        raise _broken(name, f"a broken PDF ({type(error).__name__})", "a PDF with text") from error
    if not any(line.strip() for page in pages for line in page):
        raise _broken(name, "a PDF of pictures", "a PDF with text, not a scan")
    return Article(title, tuple(_paragraphs(_without_furniture(pages))))


def _without_furniture(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of all pages but page numbers and lines that pages begin or end with."""
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
    for page in pages:
        for place, line in enumerate(page):
            at_edge = place in (0, len(page) - 1)
            repeated = at_edge and edges[line.strip()] >= REPEATED
            if not repeated and not (at_edge and _NUMBER.fullmatch(line)):
                yield line


def _paragraphs(lines: Iterator[str]) -> Iterator[str]:
    """Join lines; a blank one, or a short one that ends a sentence, ends a paragraph."""
    found = list(lines)
    longest = max((len(line) for line in found), default=0)
    held: list[str] = []
    for line in found:
        if line.strip():
            held.append(line.strip())
        short = len(line) < FULL * longest and line.rstrip().endswith((".", "!", "?", "”", '"'))
        if held and (short or not line.strip()):
            yield "\n".join(held)
            held = []
    yield "\n".join(held)


def _broken(name: str, found: str, allowed: str) -> BrokenSetError:
    return BrokenSetError([Problem(name, 0, "", found, allowed)])
