"""PDF files: the text of the pages, with wrapped lines joined and page numbers left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from bot.sets.articles.article import Article
from bot.sets.problems import BrokenSetError, Problem

PAGES = 200
"""Pages of a file: an article has ten, and each takes time."""

STREAM_BYTES = 2_000_000
"""Size of a stream once it is unpacked: a page of text has a hundredth of it."""

STREAM_PARTS = 200_000
"""Operators and operands in a stream, for the same reason."""

FORMS = 100
"""Drawings that are drawn on a page, each of which may draw others."""

WORK = 500_000
"""Operators, their operands and characters in all pages: five times what is read of an article.

Each takes up to ten microseconds.
"""

FORM_WORK = 1_000
"""What a drawing costs of `WORK` besides what is in it, as it is unpacked anew each time."""

REPEATED = 3
"""Pages that must begin or end with the same line for it to be furniture."""

FULL = 0.75
"""Share of the longest line from which a line is full, so that the text goes on in the next."""

_NUMBER = re.compile(r"\W*(?:page\W*)?\d{1,4}(?:\W*(?:of|/)\W*\d{1,4})?\W*", re.IGNORECASE)


class _TooMuchWorkError(Exception):
    """More of `WORK` would be needed than there is."""


def read_pdf(data: bytes, name: str) -> Article:
    """Return the paragraphs of a file; one that is locked, scanned or broken is told to be."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told to the sender
    try:
        with apply_configuration(
            zlib_maximum_output_length=STREAM_BYTES,
            lzw_maximum_output_length=STREAM_BYTES,
            run_length_maximum_output_length=STREAM_BYTES,
            array_based_stream_maximum_output_length=STREAM_BYTES,
            stream_parsing_work_maximum_count=STREAM_PARTS,
            xform_maximum_invocations_per_extraction=FORMS,
        ):
            title, pages = _pages(PdfReader(BytesIO(data)), name)
    except BrokenSetError:
        raise
    except (LimitReachedError, _TooMuchWorkError) as error:
        allowed = "pages with text and few drawings"
        raise _broken(name, "a PDF that unpacks to too much", allowed) from error
    except Exception as error:  # a hostile file may raise anything
        raise _broken(name, f"a broken PDF ({type(error).__name__})", "a PDF with text") from error
    if not any(line.strip() for page in pages for line in page):
        raise _broken(name, "a PDF of pictures", "a PDF with text, not a scan")
    return Article(title, tuple(_paragraphs(_without_furniture(pages))))


def _pages(file: PdfReader, name: str) -> tuple[str, list[list[str]]]:
    """Return the title that a file states, and the lines of its pages."""
    if file.is_encrypted and not file.decrypt(""):
        raise _broken(name, "a PDF behind a password", "a PDF without one")
    if len(file.pages) > PAGES:
        raise _broken(name, f"{len(file.pages)} pages", f"at most {PAGES}")
    spend = _purse()
    pages = [page.extract_text(visitor_operand_before=spend).split("\n") for page in file.pages]
    return (file.metadata.title or "") if file.metadata else "", pages


def _purse() -> Callable[[bytes, Sequence[Any], Any, Any], None]:
    """Return what counts the work on a file, and raises _TooMuchWorkError when it is spent."""
    left = WORK

    def spend(operator: bytes, operands: Sequence[Any], _cm: Any, _tm: Any) -> None:
        nonlocal left
        left -= FORM_WORK if operator == b"Do" else 1
        left -= sum(len(one) if isinstance(one, (str, bytes, list)) else 1 for one in operands)
        if left < 0:
            raise _TooMuchWorkError

    return spend


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
