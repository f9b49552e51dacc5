"""From labelled batches to rows: offsets, splits, and every problem named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.training.answers import assemble_answers
from bot.training.assemble import assemble, occurrences
from bot.training.rows import split_of

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


def test_a_family_shares_a_split_and_is_named(tmp_path: Path) -> None:
    """The split of a paragraph in a family follows from the family's name."""
    one = {"register": "op-ed", "family": "a", "sentences": [SENTENCE]}
    other = one | {"sentences": [SENTENCE | {"text": "What a farce."}]}
    rows, _ = assemble([written(tmp_path, one, other)])
    assert [(row["family"], row["split"]) for row in rows] == [("a", split_of("a"))] * 2


@pytest.mark.parametrize(
    ("second", "borderline"),
    [
        ({}, False),
        ({"source": "vague"}, False),
        ({"source": "named"}, True),
        ({"stance": "claim"}, True),
        ({"borderline": True}, True),
    ],
)
def test_a_second_pass_that_gives_another_kind_makes_a_row_borderline(
    tmp_path: Path, second: dict[str, Any], borderline: bool
) -> None:
    """Only what changes the kind, or is called borderline, does; the labels are kept beside."""
    labels = {"id": "b09-001-1", "stance": "opinion", "source": "none", "loaded": ["farce", "no"]}
    text = json.dumps(labels | second)
    (tmp_path / "second_b09.jsonl").write_text(text, encoding="utf-8")
    (row,), _ = assemble([written(tmp_path, {"register": "op-ed", "sentences": [SENTENCE]})])
    assert row.get("borderline", False) is borderline
    assert row["second"]["loaded"] == [(9, 14)]


PASSAGE = {
    "context": "It failed. Why this farce?",
    "target": "Why this farce?",
    "kind": "opinion",
    "answers": [
        {"text": "farce judges", "label": "good", "pair": "p1"},
        {"text": "farce states", "label": "off", "pair": "p1"},
    ],
}


def test_a_passage_becomes_answers_in_the_split_of_its_sentence(tmp_path: Path) -> None:
    """Answers get ids, both labels, and the split that the sentences give their passage."""
    second = [{"id": "b09-001-1", "label": "good"}, {"id": "b09-001-2", "label": "partly"}]
    lines = "\n".join(json.dumps(one) for one in second)
    (tmp_path / "second_b09.jsonl").write_text(lines, encoding="utf-8")
    sentence = {"text": "Why this farce?", "context": PASSAGE["context"], "split": "elsewhere"}
    (good, off), problems = assemble_answers([written(tmp_path, PASSAGE)], [sentence])
    assert problems == []
    assert (good["id"], good["label"], good["second"]) == ("b09-001-1", "good", "good")
    assert (good["pair"], good["split"], good["batch"]) == ("p1", "elsewhere", "b09")
    assert ("borderline" in good, off["borderline"]) == (False, True)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "gossip"}, "gossip"),
        ({"target": "Why that farce?"}, "not in its context"),
        ({"answers": [{"text": "a", "label": "fine"}]}, "fine"),
        ({"answers": [{"text": "a"}]}, "label"),
    ],
)
def test_a_problem_with_answers_is_named(tmp_path: Path, change: dict[str, Any], word: str) -> None:
    """What the codebook does not know is reported with its line."""
    _, problems = assemble_answers([written(tmp_path, PASSAGE, PASSAGE | change)], [])
    (problem,) = problems
    assert problem.startswith("b09.jsonl:2: ")
    assert word in problem
