"""The committed sentences: their labels, spans and splits, and that no article is among them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.training.assemble import ALONE
from bot.training.rows import (
    DEV,
    TEST,
    TRAIN,
    AnswerRow,
    Row,
    load_answers,
    load_own,
    split_of,
    usable,
)

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT.parent / "shared" / "articles"
SHINGLE = 8


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every committed row."""
    return load_own()


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every run of 8 words, lower case, without punctuation; a shorter text is one run."""
    words = re.findall(r"\w+", text.lower())
    last = max(1, len(words) - SHINGLE + 1)
    return {tuple(words[i : i + SHINGLE]) for i in range(last)} if words else set()


def quoted(node: object) -> Iterator[str]:
    """Every passage in a quiz-set file that is not marked as invented."""
    if isinstance(node, dict):
        if not node.get("invented"):
            yield from (node[key] for key in ("passage", "target") if key in node)
        for value in node.values():
            yield from quoted(value)
    elif isinstance(node, list):
        for value in node:
            yield from quoted(value)


def shared_with(rows: Sequence[Row | AnswerRow], text: str) -> set[tuple[str, ...]]:
    """Find the shingles that a text has in common with any row or its context."""
    known = {
        run
        for part in {part for row in rows for part in (row.text, row.context or "")}
        for run in shingles(part)
    }
    return {run for run in shingles(text) & known if len(run) == SHINGLE}


def test_there_is_enough_of_every_label(rows: list[Row]) -> None:
    """Every pair of stance and source but the rarest has 50 rows or more, and all are there."""
    counts = Counter((row.stance, row.source) for row in rows)
    assert len(counts) == 6
    assert sorted(counts.values())[1] >= 50


def test_spans_lie_in_the_text_on_whole_words(rows: list[Row]) -> None:
    """Loaded spans are ordered, apart, within their sentence, and cut through no word."""
    for row in rows:
        end = 0
        for start, stop in row.loaded:
            assert end <= start < stop <= len(row.text), row.id
            assert not re.match(r"\w\w", row.text[max(0, start - 1) : start + 1]), row.id
            assert not re.match(r"\w\w", row.text[stop - 1 : stop + 1]), row.id
            end = stop


def test_a_sentence_stands_in_its_paragraph(rows: list[Row]) -> None:
    """The context holds the sentence; a headline has none, for it is read alone."""
    for row in rows:
        assert (row.context is None) == (row.register == ALONE), row.id
        assert row.context is None or row.text in row.context, row.id


def test_ids_are_unique(rows: list[Row]) -> None:
    """No two rows share an id."""
    assert len({row.id for row in rows}) == len(rows)


def test_splits_share_no_paragraph(rows: list[Row]) -> None:
    """A paragraph is in one split, which follows from its text or from its family's name."""
    splits = defaultdict(set)
    for row in rows:
        splits[row.id.rsplit("-", 1)[0]].add(row.split)
        if row.context is not None:
            splits[row.context].add(row.split)
            assert row.split == split_of(row.family or row.context), row.id
    assert all(len(found) == 1 for found in splits.values())


def test_splits_are_eight_to_one_to_one(rows: list[Row]) -> None:
    """Train is about 80 % of the rows, and dev and test are never under 6 %."""
    counts = Counter(row.split for row in rows)
    assert set(counts) == {TRAIN, DEV, TEST}
    assert 0.75 < counts[TRAIN] / len(rows) < 0.86
    assert min(counts[DEV], counts[TEST]) > 0.06 * len(rows)


def test_borderline_rows_are_not_used(rows: list[Row]) -> None:
    """A row that careful readers part ways on is in no split that is trained on or measured."""
    assert any(row.borderline for row in rows)
    assert not any(row.borderline for split in (TRAIN, DEV, TEST) for row in usable(rows, split))


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are not beside this checkout")
def test_no_sentence_of_the_articles_is_trained_on(rows: list[Row]) -> None:
    """No row, context or answer shares eight words in a row with either article."""
    files = sorted(ARTICLES.glob("*.txt"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert shared_with([*rows, *load_answers()], text) == set()


def test_no_quoted_passage_of_the_seeds_is_trained_on(rows: list[Row]) -> None:
    """No row, context or answer shares eight words in a row with a passage that a set quotes."""
    for path in sorted((ROOT / "seeds").glob("*.yaml")):
        passages = "\n".join(quoted(YAML(typ="safe").load(path)))
        assert shared_with([*rows, *load_answers()], passages) == set(), path.name


def test_the_comparison_finds_a_copied_sentence(rows: list[Row]) -> None:
    """A committed sentence, its case and punctuation changed, is found by the comparison."""
    long = next(row for row in rows if len(row.text.split()) > SHINGLE + 2)
    assert shared_with([long], "Before. " + long.text.upper().replace(",", ";"))
