"""Quiz sets as hypothesis makes them up: all that passes the checks, with awkward characters."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import QuizSet
from bot.sets.reading import build
from bot.sets.spans import mark_parts
from bot.sets.tree import grow_fields

AWKWARD = "|[]\\'\"=+-@,;:*~#{}<>/&%u \u00a0\u2028é“”"
CHARACTERS = st.sampled_from(AWKWARD) | st.characters(exclude_categories=["Cc", "Cs"])


def texts(size: int = 12) -> st.SearchStrategy[str]:
    """Return one-line texts without space around them, none empty."""
    return st.text(CHARACTERS, min_size=1, max_size=size).map(str.strip).filter(bool)


LONG = st.lists(texts(), min_size=1, max_size=3).map("\n".join)
WORDS = texts().map(lambda text: "".join(text.split())).filter(bool)
IDS = st.text("abc-12", min_size=1, max_size=6)
SLUGS = st.text("abc-12", min_size=1, max_size=6)
DATES = st.sampled_from(["2024-02-29", "not stated", "in 1999"])
URLS = WORDS.map("https://{}".format)
ASKS = st.lists(st.sampled_from(Ask), min_size=1, unique=True)
SOURCES = st.fixed_dictionaries(
    {"title": texts(), "author": texts(), "publisher": texts(), "date": DATES},
    optional={"text_type": texts(), "url": URLS, "note": LONG},
)
OWN = st.fixed_dictionaries(
    {},
    optional={
        "title": texts(),
        "date": DATES,
        "url": URLS,
        "note": st.just("") | LONG,
    },
)


@st.composite
def questions(draw: st.DrawFn, kinds: list[Kind]) -> dict[str, Any]:
    """Draw the fields of a question; its id is given to it later."""
    words = draw(st.lists(st.sampled_from(["rot", "so", "the"]) | WORDS, min_size=1, max_size=8))
    between = draw(st.sampled_from([" ", " ", "\n", "  ", "\n\n", " // "]))
    start = draw(st.integers(0, len(words) - 1))
    stop = draw(st.integers(start + 1, len(words)))
    passage, target = between.join(words), between.join(words[start:stop])
    if passage.count(target) > 1 or passage.find(target, passage.find(target) + 1) >= 0:
        target = passage
    borderline = draw(st.booleans())
    asks = [ask for ask in draw(ASKS) if not (borderline and ask is Ask.REASON)] or [Ask.KIND]
    fields: dict[str, Any] = {
        "passage": passage,
        "target": target if draw(st.booleans()) or target == passage else None,
        "ask": [str(ask) for ask in asks],
        "borderline": borderline,
        "invented": draw(st.booleans()),
        "source": draw(OWN),
        "tags": draw(st.lists(WORDS, max_size=3, unique=True)),
    }
    if draw(st.booleans()):
        return fields
    asked = fields["target"] or passage
    parts = draw(st.lists(st.sampled_from(asked.split()), max_size=3, unique=True))
    _, wrong = mark_parts(asked, parts)
    key = {
        "kind": str(draw(st.sampled_from(kinds))),
        "loaded": [part for part in parts if part not in wrong] if not wrong else [],
        "reason": draw(st.lists(texts(), min_size=1, max_size=3, unique=True)),
    }
    return {**fields, "key": key, "explain": draw(LONG)}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the fields of a set that passes every check."""
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=2, unique=True))
    drawn = draw(st.lists(questions(kinds), min_size=1, max_size=4))
    ids = draw(st.lists(IDS, min_size=len(drawn), max_size=len(drawn), unique=True))
    return {
        "set": draw(SLUGS),
        "title": draw(texts()),
        "language": draw(st.sampled_from(["en", "de"])),
        "source": draw(SOURCES),
        "kinds": [str(kind) for kind in kinds],
        "questions": [{"id": name, **fields} for name, fields in zip(ids, drawn, strict=True)],
    }


def sets() -> st.SearchStrategy[QuizSet]:
    """Return quiz sets as a reader returns them."""
    return documents().map(lambda fields: build(grow_fields(fields, 1), "made up", []))
