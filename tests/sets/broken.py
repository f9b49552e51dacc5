"""Broken files as (name, bytes); what is said of each stands in `test_broken_files`."""

from __future__ import annotations

import zipfile

from .samples import CSV, GIFT, JSONL, PACKAGE, TXT, archive, h5p


def changed(text: str, old: str, new: str) -> bytes:
    """Return a text with one part replaced, as bytes."""
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new).encode()


def lied() -> bytes:
    """Return an archive whose directory says that a file is small, which unpacks to 30 MB."""
    data = archive(("h5p.json", b"{}"), ("content/content.json", b" " * 30_000_000))
    return data.replace((30_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))


def locked() -> bytes:
    """Return an archive whose first file is marked as encrypted."""
    data = bytearray(h5p())
    directory = data.rindex(b"PK\x01\x02", 0, data.index(b"PK\x01\x02") + 4)
    data[directory + 8] |= 1
    data[6] |= 1
    return bytes(data)


TABLES = [
    ("empty.csv", b""),
    ("blank.csv", b"\n\n\n"),
    ("header.csv", CSV.partition("\n")[0].encode()),
    ("words.csv", b"just words\nand more\n"),
    ("utf16.csv", CSV.encode("utf-16")),
    ("latin1.csv", CSV.replace("One word", "Caf\xe9").encode("latin-1")),
    ("binary.csv", b"PK\x03\x04\0\0\0"),
    ("large.csv", CSV.encode() + b"," * 1_000_000),
    ("column.csv", changed(CSV, "explain", "explian")),
    ("twice.csv", changed(CSV, "loaded,explain", "explain,explain")),
    ("no-id.csv", changed(CSV, ",id,", ",name,")),
    ("kind.csv", changed(CSV, ",opinion,", ",fact,")),
    ("ask.csv", changed(CSV, '"kind, loaded"', '"kind, word"')),
    ("no-ask.csv", changed(CSV, '"kind, loaded"', "")),
    ("loaded.csv", changed(CSV, ",elite,", ",elit,")),
    ("parts.csv", changed(CSV, ",elite,", ",elite | elite,")),
    ("explain.csv", changed(CSV, "One word pushes.", "")),
    ("quote.csv", changed(CSV, "It rained", '"It rained')),
    ("quotes.csv", changed(CSV, '"kind, loaded"', '"kind" loaded')),
    ("cells.csv", changed(CSV, "kind,,,", "kind,,,,more")),
    ("semicolons.csv", changed(CSV.replace(",", ";"), ";opinion;", ";fact;")),
    ("tabs.csv", changed(CSV.replace(",", "\t"), "\topinion\t", "\tfact\t")),
    ("sep.csv", b"sep=;\r\n" + changed(CSV.replace(",", ";"), ";opinion;", ";fact;")),
    (
        "lines.csv",
        changed(CSV, "One word pushes.", '"One\nword\npushes."').replace(b"kind,,,", b"kind,x,,"),
    ),
    ("set.csv", changed(CSV, ",,,,,,,two", "other,,,,,,,two")),
    ("date.csv", changed(CSV, "2024-02-02", "02.02.2024")),
    ("same-id.csv", changed(CSV, ",two,", ",one,")),
    ("control.csv", changed(CSV, "It rained", "It\x07 rained")),
    ("no-set.csv", changed(CSV, "demo,Demo,", ",,")),
    (
        "two-errors.csv",
        changed(CSV, ",opinion,", ",fact,").replace(b"rained on Monday.,kind", b"rained.,sort"),
    ),
    ("long.csv", changed(CSV, "It rained", "a" * 900)),
    ("cell.csv", changed(CSV, "It rained", "a" * 140_000)),
    ("source.csv", changed(CSV, "An author", "")),
]

LINES = [
    ("empty.jsonl", b""),
    ("words.jsonl", b"just words\n"),
    ("list.jsonl", b"[1, 2]\n"),
    ("comma.jsonl", changed(JSONL, '"id": "two",', '"id": "two"')),
    ("nested.jsonl", changed(JSONL, '["kind"]', "[" * 20 + "]" * 20)),
    ("deep.jsonl", b"[" * 900_000),
    ("twice.jsonl", changed(JSONL, '"id": "two",', '"id": "two", "id": "three",')),
    ("unknown.jsonl", changed(JSONL, '"id": "two",', '"id": "two", "explan": "a",')),
    ("kind.jsonl", changed(JSONL, '"kind": "opinion"', '"kind": "fact"')),
    ("number.jsonl", changed(JSONL, '"Demo"', "[2024]")),
    ("questions.jsonl", changed(JSONL, '"title": "Demo"', '"questions": []')),
    ("surrogate.jsonl", changed(JSONL, "It rained", r"\ud800")),
    ("one-line.jsonl", JSONL.partition("\n")[0].encode()),
    ("utf16.jsonl", JSONL.encode("utf-16")),
    ("latin1.jsonl", JSONL.replace("Monday", "\xe9").encode("latin-1")),
    (
        "all.jsonl",
        changed(JSONL, '"language": "en"', '"language": "english"').replace(
            b'["kind"]', b'["sort"]'
        ),
    ),
    ("first.jsonl", changed(JSONL, '{"set"', "{set")),
]

GIFTS = [
    ("empty.gift", b""),
    ("words.gift", b"Just words.\n"),
    ("short.gift", b"::one::Who?{=Grant =Ulysses}\n"),
    ("kind.gift", changed(GIFT, "=opinion", "=fact")),
    ("choice.gift", changed(GIFT, "~sourced fact", "~fact")),
    ("rights.gift", changed(GIFT, "~sourced fact", "=sourced fact")),
    ("no-right.gift", changed(GIFT, "=opinion", "~opinion")),
    ("no-feedback.gift", changed(GIFT, "####One word pushes.\n", "")),
    ("brace.gift", changed(GIFT, "####One word pushes.\n}", "####One word pushes.\n")),
    ("closing.gift", changed(GIFT, "touch.{", "touch.")),
    ("inside.gift", changed(GIFT, "=opinion", "=opinion {}")),
    ("title.gift", changed(GIFT, "::one::", "::one")),
    ("same-title.gift", changed(GIFT, "::two::", "::one::")),
    ("date.gift", changed(GIFT, "2024-02-02", "2.2.2024")),
    ("kinds.gift", changed(GIFT, "// title: Demo", "// kinds: opinion fact")),
    ("utf16.gift", GIFT.encode("utf-16")),
    ("latin1.gift", GIFT.replace("Monday", "\xe9").encode("latin-1")),
    ("control.gift", changed(GIFT, "It rained", "It\x07 rained")),
    ("long.gift", changed(GIFT, "It rained", "a" * 900)),
    ("target.gift", changed(GIFT, "It rained", "[html]<u>It</u> rained. It")),
    ("entity.gift", changed(GIFT, "It rained", "[html]It&#129; rained")),
    ("large.gift", b"~" * 1_000_001),
]

TEXTS = [
    ("empty.txt", b""),
    ("remarks.txt", TXT.partition("// id")[0].encode()),
    ("bare.txt", b"The *elite* lost touch.\n"),
    ("kind.txt", changed(TXT, "kind: opinion", "kind: fact")),
    ("odd.txt", changed(TXT, "*elite*", "*elite")),
    ("nothing.txt", changed(TXT, "*elite*", "**")),
    ("places.txt", changed(TXT, "lost touch", "lost the elite touch")),
    ("inside.txt", changed(TXT, "*elite*", "e*lit*e")),
    ("unknown.txt", changed(TXT, "// explain: One", "// explian: One")),
    ("twice.txt", changed(TXT, "// id: one", "// id: one\n// id: three")),
    ("loaded.txt", changed(TXT, "// id: one", "// id: one\n// loaded: touch")),
    ("id.txt", changed(TXT, "id: two", "id: one")),
    ("utf16.txt", TXT.encode("utf-16")),
    ("binary.txt", b"\x89PNG\r\n\0\0"),
    ("control.txt", changed(TXT, "It rained", "It\x07 rained")),
]

ARCHIVES = [
    ("empty.h5p", b""),
    ("text.h5p", TXT.encode()),
    ("cut.h5p", h5p()[:-30]),
    ("other.h5p", archive(("a.txt", b"a"))),
    (
        "outside.h5p",
        archive(("../h5p.json", b"{}"), ("h5p.json", b"{}"), ("content/content.json", b"{}")),
    ),
    (
        "absolute.h5p",
        archive(("/etc/passwd", b""), ("h5p.json", b"{}"), ("content/content.json", b"{}")),
    ),
    (
        "backslash.h5p",
        archive(("a\\..\\b", b""), ("h5p.json", b"{}"), ("content/content.json", b"{}")),
    ),
    ("drive.h5p", archive(("C:\\b", b""), ("h5p.json", b"{}"), ("content/content.json", b"{}"))),
    ("bomb.h5p", archive(("h5p.json", b"{}"), ("content/content.json", b" " * 30_000_000))),
    (
        "bombs.h5p",
        archive(("h5p.json", b"{}"), ("content/content.json", b"{}"), ("a", b" " * 60_000_000)),
    ),
    ("lie.h5p", lied()),
    ("locked.h5p", locked()),
    (
        "lzma.h5p",
        archive(("h5p.json", b"{}"), ("content/content.json", b"{}"), method=zipfile.ZIP_LZMA),
    ),
    (
        "many.h5p",
        archive(
            ("h5p.json", b"{}"),
            ("content/content.json", b"{}"),
            *((str(n), b"") for n in range(2_000)),
        ),
    ),
    ("damaged.h5p", h5p().replace(b"content/content.json", b"content/content.jsom", 1)),
    ("type.h5p", h5p(mainLibrary="H5P.QuestionSet")),
    ("no-type.h5p", h5p({"title": "Demo"})),
    ("json.h5p", archive(("h5p.json", b"{"), ("content/content.json", b"{}"))),
    ("latin1.h5p", archive(("h5p.json", b'{"title": "\xe9"}'), ("content/content.json", b"{}"))),
    ("deep.h5p", archive(("h5p.json", b'{"a": ' + b"[" * 50_000), ("content/content.json", b"{}"))),
    ("no-text.h5p", h5p(content={"textField": ""})),
    ("no-kind.h5p", h5p(authorComments="")),
    ("kind.h5p", h5p(authorComments=str(PACKAGE["authorComments"]).replace("opinion", "fact"))),
    ("groups.h5p", h5p(authorComments="// id: one\n\n// id: two")),
    ("control.h5p", h5p(content={"textField": "<p>a\x07</p>"})),
    ("entity.h5p", h5p(content={"textField": "<p>a&#129;</p>"})),
    ("odd.h5p", h5p(content={"textField": "<p>The *elite lost touch.</p>"})),
    ("large.h5p", b"PK" + b"\0" * 1_000_000),
]

OTHERS = [
    ("set.doc", b""),
    ("set", b""),
    ("set.csv.zip", b""),
    ("demo.yaml", b"set: a\n\ttitle: b\n"),
]

BROKEN = [*TABLES, *LINES, *GIFTS, *TEXTS, *ARCHIVES, *OTHERS]
