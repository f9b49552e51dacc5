"""Batches of labelled paragraphs → the committed rows of `data/sentences.jsonl`.

A batch is a file of JSON lines, one paragraph each: `{"register", "sentences": [{"text", "stance",
"source", "loaded": [verbatim words], "borderline"?}]}`. Every problem found is reported with its
file and line, and nothing is written while there is one.

    python -m bot.training.assemble BATCH.jsonl ... [--out data/sentences.jsonl]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.quiz.labels import Attribution, Stance
from bot.quiz.values import Span
from bot.training.rows import DEV, OWN_DIRECTORY, TEST, TRAIN

# A headline is read alone (codebook, question 2): its neighbours in a list are no paragraph.
ALONE = "headline list"


def split_of(paragraph: str) -> str:
    """Assign a paragraph to a split, 80/10/10, by its text alone, so that it never moves."""
    place = int(hashlib.sha256(paragraph.encode()).hexdigest()[:8], 16) % 10
    return {0: TEST, 1: DEV}.get(place, TRAIN)


def occurrences(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Find every occurrence of the words as whole words, overlaps merged.

    ValueError names the words that the text does not have.
    """
    found: list[Span] = []
    for named in words:
        wanted = named.strip().strip("\"'“”‘’").strip()
        spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)]
        if not wanted or not spans:
            raise ValueError(f"{named!r} is not in {text!r}")
        found += spans
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def assemble(batches: Iterable[Path]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of all batches and the problems found in them, each as one line."""
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    seen: set[str] = set()
    for batch in batches:
        for n, line in enumerate(batch.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found = list(_rows(json.loads(line), batch.stem, n))
            except (ValueError, KeyError, TypeError) as error:
                problems.append(f"{batch.name}:{n}: {type(error).__name__}: {error}")
                continue
            whole = " ".join(row["text"] for row in found)
            if whole in seen:
                problems.append(f"{batch.name}:{n}: the paragraph stands there twice")
            seen.add(whole)
            rows += found
    return rows, problems


def _rows(paragraph: dict[str, Any], batch: str, line: int) -> Iterator[dict[str, Any]]:
    sentences = paragraph["sentences"]
    whole = " ".join(sentence["text"].strip() for sentence in sentences)
    for place, sentence in enumerate(sentences, 1):
        text = sentence["text"].strip()
        row = {
            "id": f"{batch}-{line:03}-{place}",
            "text": text,
            "context": None if paragraph["register"] == ALONE else whole,
            "stance": str(Stance(sentence["stance"])),
            "source": str(Attribution(sentence["source"])),
            "loaded": occurrences(text, sentence["loaded"]),
            "register": paragraph["register"],
            "batch": batch,
            "split": split_of(whole),
        }
        yield row | {"borderline": True} if sentence.get("borderline") else row


def main() -> None:
    """Write the rows, or say what is wrong with the batches and exit with 1."""
    parser = argparse.ArgumentParser(description="Turn labelled batches into training rows.")
    parser.add_argument("batches", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=OWN_DIRECTORY / "sentences.jsonl")
    arguments = parser.parse_args()
    console = Console()
    rows, problems = assemble(sorted(arguments.batches))
    for problem in problems:
        console.print(problem, style="red", markup=False)
    if problems:
        raise SystemExit(1)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    counts = {split: sum(row["split"] == split for row in rows) for split in (TRAIN, DEV, TEST)}
    console.print(f"{len(rows)} rows: {counts}", markup=False)


if __name__ == "__main__":
    main()
