"""One small good file of each format, which broken ones are made from."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .conftest import DEMO

CSV = """\
set,set title,language,source title,source author,source publisher,source date,id,passage,ask,\
kind,loaded,explain
demo,Demo,en,A title,An author,A paper,2024-02-02,one,The elite lost touch.,"kind, loaded",\
opinion,elite,One word pushes.
,,,,,,,two,It rained on Monday.,kind,,,
"""

JSONL = """\
{"set": "demo", "title": "Demo", "language": "en", "source": {"title": "A title", \
"author": "An author", "publisher": "A paper", "date": "2024-02-02"}}
{"id": "one", "passage": "The elite lost touch.", "ask": ["kind", "loaded"], \
"key": {"kind": "opinion", "loaded": ["elite"]}, "explain": "One word pushes."}
{"id": "two", "passage": "It rained on Monday.", "ask": ["kind"]}
"""

GIFT = """\
// set: demo
// title: Demo
// language: en
// source.title: A title
// source.author: An author
// source.publisher: A paper
// source.date: 2024-02-02

// [tag:warm-up]
::one::The elite lost touch.{
=opinion
~sourced fact
~unsourced claim
####One word pushes.
}

::two::It rained on Monday.{
=unsourced claim
~opinion
####Nobody is named.
}
"""

TXT = """\
// set: demo
// title: Demo
// language: en
// source.title: A title
// source.author: An author
// source.publisher: A paper
// source.date: 2024-02-02

// id: one
// kind: opinion
// explain: One word pushes.
The *elite* lost touch.

// id: two
// kind: unsourced_claim
// explain: No word pushes.
It rained on Monday.
"""

PACKAGE = {
    "title": "Demo",
    "language": "en",
    "mainLibrary": "H5P.MarkTheWords",
    "authors": [{"name": "An author", "role": "Author"}],
    "authorComments": "// id: one\n// kind: opinion\n// explain: One word pushes.",
}
CONTENT = {"taskDescription": "", "textField": "<p>The *elite* lost touch.</p>"}


def archive(*files: tuple[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip archive of files, their names as they are given."""
    data = BytesIO()
    with ZipFile(data, "w") as made:
        for name, content in files:
            made.writestr(ZipInfo(name), content, compress_type=method)
    return data.getvalue()


def h5p(package: object = None, content: object = None, **fields: object) -> bytes:
    """Return an H5P archive; `fields` replace those of the package."""
    return archive(
        ("h5p.json", json.dumps(package or {**PACKAGE, **fields}).encode()),
        ("content/content.json", json.dumps(content or CONTENT).encode()),
    )


GOOD = {
    "yaml": DEMO.encode(),
    "csv": CSV.encode(),
    "jsonl": JSONL.encode(),
    "gift": GIFT.encode(),
    "txt": TXT.encode(),
    "h5p": h5p(),
}
"""A good file of each format, by the ending of its name."""
