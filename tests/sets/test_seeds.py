"""The sets that come with the bot: valid, mixed as promised, explained briefly, truly quoted."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.quiz.labels import Kind
from bot.quiz.values import QuizSet
from bot.sets import fingerprint, from_record, read_bytes, report, to_record

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
ARTICLES = ROOT.parent / "shared" / "articles"

SLUGS = ["espreso-generals", "loyalty-trap", "practice"]

QUOTED = [
    ("espreso-generals", "000_dd58ba5a0de40c47.txt"),
    ("loyalty-trap", "004_157f61888b7c5ef8.txt"),
]
"""Sets and the articles that they quote."""

SCARCE = [
    ("espreso-generals", ()),
    ("loyalty-trap", (Kind.SOURCED_FACT, Kind.REPORTED_OPINION)),
    ("practice", ()),
]
"""Kinds of which a set has too few: the trap article quotes hardly anybody by name."""

SENTENCE_END = re.compile(r"[.!?]+[\"”’)]*(?=\s|$)")

needs_articles = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are not here")


@cache
def seed(slug: str) -> QuizSet:
    """Return a set of the seeds."""
    return read_bytes((SEEDS / f"{slug}.yaml").read_bytes(), f"seeds/{slug}.yaml")


def test_all_are_listed() -> None:
    """Every file of the seeds is tested here and named like its set."""
    assert sorted(path.stem for path in SEEDS.glob("*.yaml")) == SLUGS
    assert [seed(slug).slug for slug in SLUGS] == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_valid_and_large(slug: str) -> None:
    """A set has no problems, at least 40 questions, and comes back from the store."""
    assert len(seed(slug).questions) >= 40
    assert from_record(to_record(seed(slug))) == seed(slug)


def test_ids_differ() -> None:
    """No question id stands in two sets, nor two sets with equal content."""
    ids = [question.id for slug in SLUGS for question in seed(slug).questions]
    assert len(set(ids)) == len(ids)
    assert len({fingerprint(seed(slug)) for slug in SLUGS}) == len(SLUGS)


@pytest.mark.parametrize(("slug", "scarce"), SCARCE)
def test_balance(slug: str, scarce: tuple[Kind, ...]) -> None:
    """A set can balance the kinds that it is expected to, and every question has a key."""
    counted = report(seed(slug))
    assert counted.scarce == scarce
    assert counted.keyless == 0


def test_practice_balances_everything() -> None:
    """The practice set has at least ten settled questions of every kind, all marked invented."""
    counted = report(seed("practice"))
    assert min(count.settled for count in counted.kinds) >= 10
    assert counted.invented == counted.questions


@pytest.mark.parametrize("slug", SLUGS)
def test_clean_passages(slug: str) -> None:
    """At least a quarter of the questions that ask for loaded words have none, not all of them."""
    counted = report(seed(slug))
    assert counted.clean * 4 >= counted.clean + counted.loaded
    assert counted.loaded > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_explanations_are_short(slug: str) -> None:
    """An explanation has one to three sentences and at most 400 characters."""
    long = {
        question.id: question.explain
        for question in seed(slug).questions
        if not 1 <= len(SENTENCE_END.findall(question.explain)) <= 3 or len(question.explain) > 400
    }
    assert long == {}


@needs_articles
@pytest.mark.parametrize(("slug", "article"), QUOTED)
def test_verbatim(slug: str, article: str) -> None:
    """Every passage stands in its article word for word, line breaks aside."""
    text = " ".join((ARTICLES / article).read_text(encoding="utf-8").split())
    passages = {question.id: question.passage.text for question in seed(slug).questions}
    assert {
        name: said for name, said in passages.items() if " ".join(said.split()) not in text
    } == {}


@needs_articles
@pytest.mark.parametrize(("slug", "article"), QUOTED)
def test_quotes_part_of_the_article(slug: str, article: str) -> None:
    """The passages of a set cover less than 60 percent of the article's characters."""
    text = " ".join((ARTICLES / article).read_text(encoding="utf-8").split())
    covered: set[int] = set()
    for question in seed(slug).questions:
        start = text.find(" ".join(question.passage.text.split()))
        covered.update(range(start, start + len(question.passage.text)))
    assert len(covered) < 0.6 * len(text)
