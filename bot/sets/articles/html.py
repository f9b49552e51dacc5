"""Web pages and Markdown: the paragraphs of the article, without navigation and the like."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt

from bot.sets.articles.article import Article
from bot.sets.decoding import decode
from bot.sets.problems import BrokenSetError, Problem

FURNITURE = (
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
"""Elements that hold no running text of an article (HTML Standard, sections 4.3 and 4.4)."""

TEXT = ("p", "blockquote", "li")
"""Elements that hold running text."""

DEEPEST = 200
"""Elements inside one another: an article has a tenth of it, and a parser's stack ends."""


def read_html(data: bytes, name: str) -> Article:
    """Return the article of a page: of its `article` or `main` element, where it has one."""
    text = decode(data, name)
    if _depth(text) > DEEPEST:
        found = "elements nested too deep"
        raise BrokenSetError([Problem(name, 0, "", found, f"at most {DEEPEST} levels")])
    page = BeautifulSoup(text, "html.parser")
    title = page.find("h1") or page.find("title")
    for element in page.find_all(FURNITURE):
        element.decompose()
    body = page.find("article") or page.find("main") or page.body or page
    paragraphs = [
        element.get_text()
        for element in (body.find_all(TEXT) if isinstance(body, Tag) else ())
        if not element.find(TEXT)
    ]
    if not paragraphs:
        paragraphs = body.get_text("\n\n").split("\n\n")
    return Article(title.get_text() if title else "", tuple(paragraphs))


def read_markdown(data: bytes, name: str) -> Article:
    """Return the article of a Markdown file; raw HTML in it is shown and not obeyed."""
    html = MarkdownIt("commonmark", {"html": False}).render(decode(data, name))
    return read_html(html.encode(), name)


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
