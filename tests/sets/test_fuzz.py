"""Hostile bytes: whatever a reader of any format is given, only SetError may come out."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SetError
from bot.sets import FORMATS, read_file

from .samples import GOOD, h5p

PATCHES = st.one_of(
    st.binary(max_size=12),
    st.text("\n\r\t \"'|[]{}*~=#:;,\\/<>&%u-", max_size=8).map(str.encode),
    st.sampled_from(
        [
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\0",
            b"[" * 99,
            b"{" * 99,
            b"\n" * 9,
            "\ud800".encode("utf-8", "surrogatepass"),
        ]
    ),
)
"""What a part of a good file is replaced by."""

BOMBS = [
    b"[",
    b"{",
    b"*",
    b"~",
    b"=",
    b"\\",
    b'"',
    b"#",
    b"<a ",
    b"<!--",
    b"a\n\n",
    b"<p>a",
    b"{}\n",
    b"id,",
    b"~a\n",
    b"//a\n",
    b"a,",
    b"|",
    b" ",
    b"\n",
    b"& ",
]
"""Bytes that a careless reader takes more than linear time for."""


def harmless(data: bytes, ending: str) -> None:
    """Read bytes; whatever they are, the outcome is a set or a SetError that says something."""
    try:
        quiz_set, _ = read_file(data, f"x.{ending}")
    except SetError as error:
        said = str(error)
    else:
        said = f"x.{quiz_set.slug}"
    assert said.startswith("x.")


@pytest.mark.parametrize("ending", FORMATS)
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(deadline=None, max_examples=60)
def test_random_bytes(ending: str, data: bytes) -> None:
    """No bytes at all lead to anything but a SetError."""
    harmless(data, ending)


@pytest.mark.parametrize("ending", GOOD)
@given(data=st.data())
@settings(deadline=None, max_examples=120)
def test_damaged_files(ending: str, data: st.DataObject) -> None:
    """A good file with up to three parts replaced is read, or refused with SetError."""
    content = GOOD[ending]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 30))
        content = content[:start] + data.draw(PATCHES) + content[start + length :]
    harmless(content, ending)


@given(
    package=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "language", "authors", "name", "authorComments", "source"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=9,
    ),
    text=st.text("<p>/br*&#;ua 0\n", max_size=60),
)
@settings(deadline=None, max_examples=120)
def test_strange_archives(package: object, text: str) -> None:
    """An archive whose parts have unexpected shapes is read, or refused with SetError."""
    fields = package if isinstance(package, dict) else {"title": package}
    harmless(h5p({**fields, "mainLibrary": "H5P.MarkTheWords"}, {"textField": text}), "h5p")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "gift", "txt"])
@pytest.mark.parametrize("bomb", BOMBS, ids=repr)
def test_long_runs(ending: str, bomb: bytes) -> None:
    """300 kilobytes of one sign, in a good file or alone, is refused in linear time."""
    run = bomb * (300_000 // len(bomb))
    harmless(run, ending)
    harmless(GOOD[ending] + run, ending)


@pytest.mark.parametrize("bomb", BOMBS, ids=repr)
def test_long_runs_in_archives(bomb: bytes) -> None:
    """The same holds for a text inside an archive, which is small when packed."""
    text = (bomb * (300_000 // len(bomb))).decode()
    harmless(h5p(content={"textField": text}), "h5p")
    harmless(h5p(authorComments=text), "h5p")
    with suppress(SetError):
        read_file(json.dumps(text).encode(), "x.jsonl")
