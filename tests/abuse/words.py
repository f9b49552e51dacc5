"""Texts that are meant to break something, for every place that takes one."""

from __future__ import annotations

SQL = "'; DROP TABLE learners; --"
HTML = '</b><a href="tg://user?id=1">x</a><b>'
FLUENT = "{ $name } { -brand } {0} %s ${7*7} {{7*7}} *b* _i_ [x](y)"
RTL = "\u202eevil\u2066\u2067\u2069"
TOWER = "Z" + "\u0301\u0316\u034f" * 400
EMOJI = "👨‍👩‍👧‍👦🏳️‍🌈🇩🇪" * 5
UNSEEN = "\u3164\u2800\ufeff\u200b\u200d\u00ad\u115f"
FORMULA = '=HYPERLINK("http://x","y")'
PATH = "../../../etc/passwd\\..\\x"
LONG = "w" * 4_096

HOSTILE = {
    "sql": SQL,
    "html": HTML,
    "fluent": FLUENT,
    "rtl": RTL + "abc",
    "hebrew": "שלום 12",
    "tower": TOWER,
    "emoji": EMOJI,
    "unseen": UNSEEN,
    "formula": FORMULA,
    "wide formula": "＝1+1",
    "path": PATH,
    "long": LONG,
    "long html": "<" * 4_096,
    "nul": "a\0b",
    "half a pair": "a\ud83db",
    "quote": "\"'`\\",
    "lines": "a\nb\r\nc\u2028d\u2029e",
    "number": "#12",
    "slug": "a:b:c",
}
"""What is typed, by what it is."""
