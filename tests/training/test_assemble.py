"""From labelled batches to rows: offsets, splits, and every problem named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.training.assemble import assemble, occurrences, split_of

SENTENCE = {"text": "Why this farce?", "stance": "opinion", "source": "none", "loaded": ["farce"]}

PROBLEMS: list[tuple[dict[str, Any], str]] = [
    ({"stance": "verdict"}, "verdict"),
    ({"source": "someone"}, "someone"),
    ({"loaded": ["circus"]}, "circus"),
    ({"loaded": ["far"]}, "far"),
    ({"loaded": [""]}, "is not in"),
]


def written(folder: Path, *paragraphs: dict[str, Any]) -> Path:
    """Write a batch file with these paragraphs."""
    path = folder / "b09.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in paragraphs), encoding="utf-8")
    return path


def test_a_paragraph_becomes_rows_that_share_its_text(tmp_path: Path) -> None:
    """Each sentence gets an id, offsets, and the joined paragraph as its context."""
    other = SENTENCE | {"text": "It failed.", "loaded": [], "borderline": True}
    batch = written(tmp_path, {"register": "op-ed", "sentences": [SENTENCE, other]})
    rows, problems = assemble([batch])
    assert problems == []
    assert [row["id"] for row in rows] == ["b09-001-1", "b09-001-2"]
    assert {row["context"] for row in rows} == {"Why this farce? It failed."}
    assert rows[0]["loaded"] == ((9, 14),)
    assert ("borderline" in rows[0], rows[1]["borderline"]) == (False, True)


def test_a_headline_has_no_context(tmp_path: Path) -> None:
    """Headlines of a list are read alone."""
    rows, _ = assemble([written(tmp_path, {"register": "headline list", "sentences": [SENTENCE]})])
    assert rows[0]["context"] is None


@pytest.mark.parametrize(("change", "word"), PROBLEMS)
def test_a_problem_is_named_with_file_and_line(
    tmp_path: Path, change: dict[str, Any], word: str
) -> None:
    """A label outside the codebook or words that are not there are reported, not written."""
    good = {"register": "op-ed", "sentences": [SENTENCE]}
    bad = {"register": "op-ed", "sentences": [SENTENCE | change]}
    rows, problems = assemble([written(tmp_path, good, bad)])
    assert len(rows) == 1
    (problem,) = problems
    assert problem.startswith("b09.jsonl:2: ")
    assert word in problem


def test_a_paragraph_that_stands_there_twice_is_a_problem(tmp_path: Path) -> None:
    """The same paragraph in two places is reported: it would be weighed double."""
    one = {"register": "op-ed", "sentences": [SENTENCE]}
    _, problems = assemble([written(tmp_path, one, one)])
    assert problems == ["b09.jsonl:2: the paragraph stands there twice"]


def test_every_occurrence_is_found_as_a_whole_word() -> None:
    """Words are found wherever they stand whole, overlaps are merged, quotes left out."""
    text = 'Rot, rotation and "rot" in a rot-proof house of rot'
    assert occurrences(text, ["rot"]) == ((19, 22), (29, 32), (48, 51))
    assert occurrences("a house of cards", ["house of cards", "cards"]) == ((2, 16),)
    assert occurrences('so "free" they say', ["“free”"]) == ((4, 8),)


def test_the_split_of_a_paragraph_depends_on_its_text_alone() -> None:
    """Splits are stable: these were assigned when the rule was made."""
    assert [split_of(text) for text in ("a", "b", "p")] == ["test", "train", "dev"]
