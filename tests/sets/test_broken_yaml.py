"""Files that are not usable YAML: the exact message, the line, and no harm done."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sets import BrokenSetError, Problem, read_bytes, read_yaml
from bot.sets.limits import FILE_BYTES

from .conftest import DEMO

HEADER = "set, title, language, source, kinds, questions"

WHOLE = [
    ("", "", "an empty file", "a quiz set"),
    ("# only a comment\n", "", "an empty file", "a quiz set"),
    ("just words\n", "line 1", "`just words`", f"fields: {HEADER}"),
    ("- a\n- b\n", "line 1", "a list", f"fields: {HEADER}"),
    ("set: a\n\ttitle: b\n", "line 2", "a tab", "spaces for indentation"),
    ("set: 'a\ntitle: b\n", "line 1", "a quotation mark that is never closed", "a closed one"),
    (
        "set: [a, b\n",
        "line 1",
        "brackets that are never closed",
        "items divided by commas, then `]` or `}`",
    ),
    (
        "title: A: B\n",
        "line 1",
        "a second `: ` or a wrong indentation",
        "quotes around a text that has `: ` in it, fields of one level in one column",
    ),
    (
        'title: "A \\q"\n',
        "line 1",
        "unknown escape character 'q'",
        "`\\\\` for a backslash in double quotes, or single quotes",
    ),
    ('title: "\\UFFFFFFFF"\n', "line 1", "a broken escape", "`\\u` and 4 digits"),
    (
        'title: "A" and B\nset: b\n',
        "line 1",
        "text after a closing quotation mark, or a wrong indentation",
        "`>-` on the field's line and the text indented below it",
    ),
    (
        "title: @home\n",
        "line 1",
        "character '@' that cannot start any token",
        "quotes around a text that starts with it",
    ),
    (
        "title: `a`\n",
        "line 1",
        "character '`' that cannot start any token",
        "quotes around a text that starts with it",
    ),
    (
        "set: a\nwords without a field\nlanguage: en\n",
        "line 3",
        "a line without `: `",
        "`field: text`, indented as its field",
    ),
    (
        "set:\n    a: b\n   c: d\n",
        "line 3",
        "a wrong indentation",
        "fields of one level in one column",
    ),
    ("a\x00: b\n", "line 1", "the character U+0000", "printable text"),
    ("set: a\r\n\r\n\x07\r\n", "line 3", "the character U+0007", "printable text"),
    ("set: *a\n", "line 1", "the alias `*a`", "aliases of an anchor that is complete before"),
    ("set: &a [*a]\n", "line 1", "the alias `*a`", "aliases of an anchor that is complete before"),
    ("set: a\n---\nset: b\n", "line 2", "a second document", "one set in a file"),
    (
        "%YAML 9.1\n---\nset: a\n",
        "line 1",
        "broken YAML (found incompatible YAML document (version 1.* is required))",
        "YAML",
    ),
    ("[" * 900_000, "line 1", "values nested too deep", "8 levels"),
]
"""Text; place, what is found and what is allowed."""

BYTES = [
    (b"\xff\xfes\0e\0t\0", "", "text saved as UTF-16", "UTF-8"),
    (b"\x89PNG\r\n\0\0", "", "a binary file", "text saved as UTF-8"),
    (b"set: a\ntitle: caf\xe9\n", "line 2", "a character that is not UTF-8", "text saved as UTF-8"),
    (b"a" * 1_000_001, "", "a file of 1,000,001 bytes", "at most 1,000,000"),
]
"""Bytes of a file; place, what is found and what is allowed."""

TAGGED = "title: !!python/object:os.system a\n"

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n"
    for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)


def message(place: str, found: str, allowed: str) -> str:
    """Return the message that a problem of x.yaml is told with."""
    return f"x.yaml: {place}{': ' if place else ''}found {found}, allowed: {allowed}"


@pytest.mark.parametrize(("text", "place", "found", "allowed"), WHOLE)
def test_syntax(text: str, place: str, found: str, allowed: str) -> None:
    """Text that is no usable YAML gets one problem with its line."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(text, "x.yaml")
    assert str(raised.value) == message(place, found, allowed)


@pytest.mark.parametrize(("data", "place", "found", "allowed"), BYTES)
def test_bytes(data: bytes, place: str, found: str, allowed: str) -> None:
    """Bytes that are no UTF-8 text of a bearable size get one problem."""
    with pytest.raises(BrokenSetError) as raised:
        read_bytes(data, "x.yaml")
    assert str(raised.value) == message(place, found, allowed)


def test_text_too_large() -> None:
    """The size of a text is that of its UTF-8 bytes."""
    with pytest.raises(BrokenSetError, match="1,000,002 bytes"):
        read_yaml("é" * (FILE_BYTES // 2 + 1), "x.yaml")


def test_alias_bomb() -> None:
    """Aliases count as what they stand for, so that a bomb ends at the line where it goes off."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(BOMB, "x.yaml")
    found = "more than 60,000 values, aliases written out"
    assert str(raised.value) == message("line 5", found, "a smaller file")


def test_tags_stay_words() -> None:
    """A tag that asks for code is a problem and is never followed."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(TAGGED, "x.yaml")
    expected = message("line 1", "the tag `!!python/object:os.system`", "values without a tag")
    assert str(raised.value.problems[0]) == expected


def test_escaped_control_character(demo: str) -> None:
    """A control character is a problem even where it is written as an escape."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(demo.replace("title: Demo", 'title: "\\0"'), "x.yaml")
    assert str(raised.value) == message("line 2", "the character U+0000", "printable text")


def test_fields_named_by_lists(demo: str) -> None:
    """A list cannot be the name of a field."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(demo + "? [a]\n: b\n", "x.yaml")
    found = "a list or fields where the name of a field belongs"
    assert str(raised.value) == message("line 22", found, "a name")


@given(st.text(alphabet=st.characters(), max_size=60))
@settings(deadline=None, max_examples=150)
def test_any_text(text: str) -> None:
    """No text at all leads to anything but problems."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(text, "x.yaml")
    assert raised.value.problems


@given(
    st.integers(0, len(DEMO)),
    st.integers(0, 30),
    st.text(alphabet="abAB01 \t\n:-[]{}'\"&*!|>%@`#?,\\~é\0", max_size=8),
)
@settings(deadline=None, max_examples=150)
def test_damaged_file(start: int, length: int, patch: str) -> None:
    """A set with a passage of its text damaged is still a set or has problems with lines."""
    text = DEMO[:start] + patch + DEMO[start + length :]
    problems: tuple[Problem, ...] = ()
    try:
        read_yaml(text, "x.yaml")
    except BrokenSetError as error:
        problems = error.problems
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)
