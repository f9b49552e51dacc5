"""Article files → paragraphs: every kind of file, and files that are none."""

from __future__ import annotations

import time
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from bot.sets import BrokenSetError, limits
from bot.sets.articles import ENDINGS, Article, read_article
from bot.sets.articles.html import MARKDOWN_BYTES
from bot.sets.articles.pdf import STREAM_BYTES, WORK
from bot.sets.articles.word import UNPACKED

FIRST = "Rain fell on Monday, the weather office said."
SECOND = "The budget is a circus. It will ruin us."
BOTH = (FIRST, SECOND)


def word(*paragraphs: tuple[str, str]) -> bytes:
    """Return a Word document of (text, style) paragraphs."""
    document = Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def long_word(paragraphs: int) -> bytes:
    """Return a Word document of so many paragraphs: one, repeated where it stands in the file.

    To add that many to a document takes its library seconds.
    """
    data = BytesIO(word(("x", "Normal")))
    with ZipFile(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"]
    start, end = body.index(b"<w:p>"), body.index(b"</w:p>") + len(b"</w:p>")
    parts["word/document.xml"] = body[:start] + body[start:end] * paragraphs + body[end:]
    return zipped(**parts)


def pdf(*pages: tuple[str, ...], password: str = "") -> bytes:
    """Return a PDF with lines of text on its pages; without lines a page is empty."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        content.set_data(f"BT /F1 12 Tf 50 750 Td {shown}ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def zipped(**files: bytes) -> bytes:
    """Return an archive."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


PAGE = f"""<html><head><title>Other</title><style>p {{}}</style></head><body><nav><p>Home</p></nav>
<article><h1>A title</h1><p>{FIRST}</p><figure><p>A caption.</p></figure>
<p>The budget is a <b>circus</b>.
It will ruin us.</p><script>evil()</script></article><footer><p>Us</p></footer></body></html>"""

READ: list[tuple[str, bytes, Article]] = [
    ("a.txt", f"A title\n\n{FIRST}\n\n{SECOND}\n".encode(), Article("A title", BOTH)),
    (
        "a.txt",
        f"{FIRST}\r\n\r\nThe budget is a\r\ncircus. It will ruin us.".encode(),
        Article("", BOTH),
    ),
    (
        "a.txt",
        f"{FIRST}\n\nThe bud-\nget is a circus. It will ruin us.".encode(),
        Article("", BOTH),
    ),
    ("a.txt", f"\ufeff{FIRST}\n\n{SECOND}\u200b".encode(), Article("", BOTH)),
    (
        "a.TXT",
        f"{FIRST} {SECOND} {FIRST}\n{SECOND}".encode(),
        Article("", (f"{FIRST} {SECOND} {FIRST}", SECOND)),
    ),
    (
        "a.md",
        f"# A title\n\n{FIRST}\n\nThe *budget* is a circus. It will ruin us.".encode(),
        Article("A title", BOTH),
    ),
    ("a.md", f"{FIRST}\n\n> {SECOND}".encode(), Article("", BOTH)),
    ("a.html", PAGE.encode(), Article("A title", BOTH)),
    ("a.htm", f"{FIRST}".encode(), Article("", (FIRST,))),
    ("a.html", f"<h1>A title</h1><p>{FIRST}<p>{SECOND}".encode(), Article("A title", BOTH)),
    (
        "a.html",
        f"<div>{FIRST}<br>\n<br>The <b>budget</b> is a circus.<br>It will ruin us.</div>".encode(),
        Article("", BOTH),
    ),
    (
        "a.html",
        f"<article><h1>More</h1><p>Teaser.</p></article><article><header><h1>A title</h1>"
        f"<p>By us</p></header><p>{FIRST}</p><p>{SECOND}</p></article>".encode(),
        Article("A title", BOTH),
    ),
    (
        "a.docx",
        word(
            ("A title", "Title"),
            (FIRST, "Normal"),
            ("", "Normal"),
            ("More", "Heading 2"),
            ("A picture of the rain.", "Caption"),
            (SECOND, "Normal"),
        ),
        Article("A title", BOTH),
    ),
    (
        "a.pdf",
        pdf((FIRST, "The budget is a cir-", "cus. It will ruin us."), ("2",)),
        Article("", (f"{FIRST} {SECOND}",)),
    ),
]


@pytest.mark.parametrize(("name", "data", "article"), READ)
def test_what_is_read(name: str, data: bytes, article: Article) -> None:
    """Paragraphs survive and come on one line each; furniture and markup do not."""
    assert read_article(data, name) == article


BROKEN: list[tuple[str, bytes, str]] = [
    ("a.txt", b"", "no text"),
    ("a.txt", b"\xff\xfea\x00", "UTF-16"),
    ("a.txt", b"a\x00b", "a binary file"),
    ("a.txt", b"ok\nna\xefve", "not UTF-8"),
    ("a.txt", b"x" * (limits.FILE_BYTES + 1), "bytes"),
    ("a.exe", b"x", "txt, md, html, htm, docx, pdf"),
    ("article", b"x", "txt, md"),
    ("a.html", b"<div>" * 5000 + b"text", "nested too deep"),
    ("a.html", b"<script>only()</script>", "no text"),
    ("a.docx", b"PK\x03\x04 and rubbish", "broken archive"),
    ("a.docx", zipped(**{"word/document.xml": b"<w"}), "broken document"),
    ("a.docx", zipped(bomb=b"\0" * (UNPACKED + 1)), "when unpacked"),
    ("a.docx", long_word(limits.PARAGRAPHS + 1), "paragraphs, allowed: at most"),
    ("a.txt", b"x\n\n" * (limits.PARAGRAPHS + 1), "paragraphs, allowed: at most"),
    ("a.md", b"x" * (MARKDOWN_BYTES + 1), "Markdown of 200,001 bytes"),
    ("a.docx", zipped(**{"../evil": b""}), "paths inside"),
    ("a.pdf", b"%PDF-1.4 rubbish", "broken PDF"),
    ("a.pdf", pdf(()), "a PDF of pictures"),
    ("a.pdf", pdf((FIRST,), password="x"), "behind a password"),
    ("a.pdf", pdf(*[("x",)] * 201), "at most 200"),
    ("a.pdf", pdf(("x" * (STREAM_BYTES + 1),)), "unpacks to too much"),
    ("a.pdf", pdf(*[("x" * (WORK // 4),)] * 5), "unpacks to too much"),
]


@pytest.mark.parametrize(("name", "data", "why"), BROKEN)
def test_what_is_refused(name: str, data: bytes, why: str) -> None:
    """What is no article is refused with what was found and what is allowed."""
    with pytest.raises(BrokenSetError) as caught:
        read_article(data, name)
    assert why in str(caught.value)
    assert name in str(caught.value)


SLOW = [
    ("html", b"<p>a"),
    ("html", b"<p>"),
    ("html", b"<!--"),
    ("html", b"<"),
    ("html", b"a<br>"),
    ("txt", b"a\n\n"),
    ("txt", b"a-\n"),
]
"""Kinds of file, and bytes that a careless reader takes more than linear time for."""

LONGEST = 20.0
"""Seconds for the largest file: ten times what it takes, where a careless reader takes minutes."""


@pytest.mark.parametrize(("ending", "part"), SLOW)
def test_hostile_files_take_no_more_than_linear_time(ending: str, part: bytes) -> None:
    """The largest file of what is worst for a reader is read, or refused, in seconds."""
    data = part * (limits.FILE_BYTES // len(part))
    start = time.process_time()
    with suppress(BrokenSetError):
        read_article(data, f"a.{ending}")
    assert time.process_time() - start < LONGEST


@given(
    st.binary(max_size=400),
    st.sampled_from(ENDINGS),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n"]),
)
def test_no_bytes_break_it(data: bytes, ending: str, before: bytes) -> None:
    """Any bytes are an article or a clear refusal."""
    try:
        article = read_article(before + data, f"a.{ending}")
    except BrokenSetError as error:
        assert error.problems  # noqa: PT017 # either outcome is fine, a crash is not
    else:
        assert article.paragraphs


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    """Any text is paragraphs on one line each, or refused."""
    for ending in ("txt", "md", "html"):
        try:
            article = read_article(text.encode(errors="replace"), f"a.{ending}")
        except BrokenSetError:
            continue
        assert all("\n" not in one and one.strip() for one in article.paragraphs)
