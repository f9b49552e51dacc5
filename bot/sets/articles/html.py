"""Web pages and Markdown: the paragraphs of the article, without navigation and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from bot.sets.articles.article import Article
from bot.sets.decoding import decode
from bot.sets.problems import BrokenSetError, Problem

FURNITURE = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "figure",
        "table",
        "iframe",
    )
)
"""Elements that hold no running text of an article (HTML Standard, sections 4.3 and 4.4)."""

TEXT = ("p", "blockquote", "li")
"""Elements that hold running text."""

INLINE = frozenset(
    """a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span
    strike strong sub sup time tt u var wbr""".split()  # noqa: SIM905 # a list would take a page
)
"""Elements that stand within a line (HTML Standard, section 4.5, and its obsolete ones)."""

DEEPEST = 200
"""Elements inside one another: an article has a tenth of it, and the parser stops at 256."""

MARKDOWN_BYTES = 200_000
"""Size of a Markdown file: twice the text that is read of an article.

Marks that open and never close take its parser ten seconds for that much.
"""

_BLANK = re.compile(r"\n[^\S\n]*\n")


def read_html(data: bytes, name: str) -> Article:
    """Return the article of a page: of its longest `article`, else its `main`, else all of it."""
    return _article(decode(data, name), name)


def read_markdown(data: bytes, name: str) -> Article:
    """Return the article of a Markdown file; raw HTML in it is shown and not obeyed."""
    text = decode(data, name)
    if len(data) > MARKDOWN_BYTES:
        found = f"Markdown of {len(data):,} bytes"
        raise BrokenSetError([Problem(name, 0, "", found, f"at most {MARKDOWN_BYTES:,}")])
    return _article(MarkdownIt("commonmark", {"html": False}).render(text), name)


# lxml comes without types, so an element is `Any` below.


def _article(text: str, name: str) -> Article:
    if _depth(text) > DEEPEST:
        found = "elements nested too deep"
        raise BrokenSetError([Problem(name, 0, "", found, f"at most {DEEPEST} levels")])
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = etree.HTML(text.encode(), parser)
    if page is None:
        return Article("", ())
    body = _body(page)
    heads = (*body.iter("h1"), *page.iter("h1"), *page.iter("title"))
    title = _joined(heads[0]) if heads else ""
    leaves = (one for one in body.iter(*TEXT) if next(one.iterdescendants(*TEXT), None) is None)
    paragraphs = [_joined(one) for one in leaves if not _in_furniture(one, body)]
    return Article(title, tuple(paragraphs or _BLANK.split(_joined(body))))


def _body(page: Any) -> Any:
    """Return the element that holds the article; teasers of others may be articles too."""
    articles = list(page.iter("article"))
    if articles:
        return max(articles, key=lambda one: sum(map(len, one.itertext())))
    return next((one for tag in ("main", "body") for one in page.iter(tag)), page)


def _in_furniture(element: Any, body: Any) -> bool:
    for one in element.iterancestors():
        if one is body:
            return False
        if one.tag in FURNITURE:
            return True
    return False


def _joined(element: Any) -> str:
    return "".join(_text(element))


def _text(element: Any) -> Iterator[str]:
    """Yield the text of an element, a blank line around what inside it does not stand in a line."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag not in FURNITURE:
            around = "" if child.tag in INLINE else "\n\n"
            yield around
            yield from _text(child)
            yield around
        yield child.tail or ""


def _depth(text: str) -> int:
    """Return at most how deep elements stand inside one another, counting cheaply."""
    deepest = depth = 0
    for piece in text.split("<")[1:]:
        if piece.startswith("/"):
            depth = max(0, depth - 1)
        elif piece[:1].isalpha() and not _void(piece):
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _void(piece: str) -> bool:
    """Whether a tag opens nothing, or what it opens need not be closed (HTML Standard, 13.1.2)."""
    tag = piece.split(">", 1)[0]
    name = tag.split(None, 1)[0].rstrip("/").lower() if tag.split() else ""
    return tag.endswith("/") or name in _VOID


_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th".split()  # noqa: SIM905 # a list would take a page
)
