"""Files that are made to break who reads them, each a few lines grown to any size."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

HEAD = "set: mine\ntitle: Mine\nlanguage: en\nsource:\n  title: a\n"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return held.getvalue()


def _laughs(size: int) -> str:
    """Return nine times nine times nine ... aliases."""
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, max(3, size // 60))]
    return "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x]", *rows])


def _h5p(content: bytes) -> bytes:
    return _zipped({"h5p.json": b"{}", "content/content.json": content})


def _lying(size: int) -> bytes:
    """Return an archive that says of a file of many zeros that it is small."""
    packed = _h5p(b" " * 60 * size)
    true, said = (60 * size).to_bytes(4, "little"), (100).to_bytes(4, "little")
    return packed.replace(true, said)


Made = Callable[[int], str | bytes]

HOSTILE: dict[str, Made] = {
    "laughs.yaml": _laughs,
    "deep.yaml": lambda size: "[" * size,
    "deep-fields.yaml": lambda size: "{a: " * (size // 4),
    "scalar.yaml": lambda size: f'{HEAD}questions: "{"x" * size}"',
    "words.yaml": lambda size: f"{HEAD}questions:\n- passage: {'x ' * (size // 2)}",
    "keys.yaml": lambda size: "".join(f"k{n}: 1\n" for n in range(size // 10)),
    "one-key.yaml": lambda size: "k: 1\n" * (size // 5),
    "itself.yaml": lambda _: "a: &a [*a]",
    "itself-as-key.yaml": lambda _: "&a a: *a",
    "anchors.yaml": lambda size: "".join(f"- &a{n} x\n" for n in range(size // 10)),
    "tag.yaml": lambda size: "!" * size,
    "long-tag.yaml": lambda size: f"a: !<{'a' * size}> x",
    "tags.yaml": lambda size: "- !a x\n" * (size // 7),
    "questions.yaml": lambda size: f"{HEAD}questions:\n" + "- a\n" * (size // 4),
    "deep.jsonl": lambda size: '{"a":' * (size // 5),
    "number.jsonl": lambda size: '{"set": ' + "1" * size + "}",
    "columns.csv": lambda size: "," * size,
    "braces.gift": lambda size: "{" * size,
    "deep.h5p": lambda size: _h5p(b"[" * size),
    "bomb.h5p": lambda size: _h5p(b" " * 60 * size),
    "lying.h5p": _lying,
    "many.h5p": lambda size: _zipped({str(n): b"" for n in range(size // 100)}),
    "outside.h5p": lambda _: _zipped({"../../x": b"", "h5p.json": b"{}"}),
    "utf-16.yaml": lambda size: (HEAD + "x" * size).encode("utf-16"),
    "utf-32.yaml": lambda size: (HEAD + "x" * size).encode("utf-32-le"),
    "latin-1.yaml": lambda _: "set: Übung".encode("latin-1"),
    "noise.yaml": lambda size: bytes(n * n % 251 for n in range(size)),
    "nothing.yaml": lambda _: "",
    "entities.docx": lambda size: _zipped({"[Content_Types].xml": _entities(size)}),
    "deep.html": lambda size: "<div>" * (size // 5),
    "deep.pdf": lambda size: "%PDF-1.7\n" + "[" * size,
}
"""Files by their names: how each is made for a size in bytes."""

NAMES = (
    "../../../etc/passwd.yaml",
    "..\\..\\x.yaml",
    "/etc/x.yaml",
    "\u202elmay.exe.yaml",
    "<b>x</b>&lt;<a href='tg://user?id=1'>.yaml",
    "x" * 500 + ".yaml",
    "a\nb\u2028c.yaml",
    "{ $name } {0} %s.yaml",
    ".yaml",
    "x.yaml\0.exe",
    "",
    "no-ending",
    "x.exe",
)
"""Names that would do harm where they were taken for a path, a page or a sentence."""


def made(name: str, size: int) -> bytes:
    """Return a hostile file of about so many bytes."""
    content = HOSTILE[name](size)
    return content if isinstance(content, bytes) else content.encode()


def _entities(size: int) -> bytes:
    """Return XML of entities that are made of entities."""
    parts = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, max(3, size // 100))]
    text = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "x">{"".join(parts)}]><l>&a9;</l>'
    return text.encode()


def plain_set() -> bytes:
    """Return a set without a fault, of about a kilobyte."""
    source = {"title": "Budget", "author": "not stated", "publisher": "P", "date": "not stated"}
    asked = {
        "id": "q",
        "passage": "The minister said on Monday that taxes will rise by two per cent.",
        "ask": ["kind"],
        "key": {"kind": "sourced_fact"},
        "explain": "The minister is named as the source. " * 12,
    }
    fields = {"set": "mine", "title": "Mine", "language": "en", "source": source}
    return json.dumps({**fields, "questions": [asked]}).encode()
