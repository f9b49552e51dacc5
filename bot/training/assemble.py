"""Batches of labelled paragraphs and answers → the committed rows of `data/`.

A batch is a file of JSON lines, one paragraph each: `{"register", "family"?, "sentences": [{"text",
"stance", "source", "loaded": [verbatim words], "borderline"?}]}`; paragraphs of one family, such as
rewordings of each other, share a split. `second_NAME.jsonl` beside a batch has the labels of a
second, blind pass: `{"id", "stance", "source", "loaded", "borderline"?}`. Batches of answers are
those whose name begins with r; `answers.py` says what is in them. Rows of the batches that are
given take the place of their earlier ones, all other rows stay. Every problem found is reported
with its file and line, and nothing is written while there is one.

    python -m bot.training.assemble BATCH.jsonl ... [--out data]
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.quiz.labels import Attribution, Stance, kind_of
from bot.quiz.values import Span
from bot.training.answers import assemble_answers
from bot.training.rows import (
    ANSWERS_FILE,
    DEV,
    OWN_DIRECTORY,
    SENTENCES_FILE,
    TEST,
    TRAIN,
    objects,
    second_labels,
    split_of,
)

# A headline is read alone (codebook, question 2): its neighbours in a list are no paragraph.
ALONE = "headline list"
SPLITS = (TRAIN, DEV, TEST)


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
        second = second_labels(batch)
        for n, line in enumerate(batch.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found = list(_rows(json.loads(line), batch.stem, n, second))
            except (ValueError, KeyError, TypeError) as error:
                problems.append(f"{batch.name}:{n}: {type(error).__name__}: {error}")
                continue
            whole = " ".join(row["text"] for row in found)
            if whole in seen:
                problems.append(f"{batch.name}:{n}: the paragraph stands there twice")
            seen.add(whole)
            rows += found
    return rows, problems


def _rows(
    paragraph: dict[str, Any], batch: str, line: int, second: dict[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    sentences = paragraph["sentences"]
    whole = " ".join(sentence["text"].strip() for sentence in sentences)
    family = paragraph.get("family")
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
            "split": split_of(family or whole),
        }
        if family:
            row["family"] = family
        other = second.get(row["id"])
        if other:
            row["second"] = _second(text, other)
        if _parted(row, sentence, other):
            row["borderline"] = True
        yield row


def _second(text: str, other: dict[str, Any]) -> dict[str, Any]:
    """Take over the second pass's labels; words that it did not quote verbatim are left out."""
    spans: list[Span] = []
    for words in other["loaded"]:
        with suppress(ValueError):
            spans += occurrences(text, [words])
    return {
        "stance": str(Stance(other["stance"])),
        "source": str(Attribution(other["source"])),
        "loaded": sorted(set(spans)),
    }


def _parted(row: dict[str, Any], sentence: dict[str, Any], other: dict[str, Any] | None) -> bool:
    """Whether either pass calls the sentence borderline, or the passes give different kinds."""
    if sentence.get("borderline") or (other and other.get("borderline")):
        return True
    labels = [one for one in (row, row.get("second")) if one]
    kinds = {kind_of(Stance(one["stance"]), Attribution(one["source"])) for one in labels}
    return len(kinds) > 1


def _among(path: Path, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put rows in the place of those of their batches in a file, behind those of other batches."""
    batches = {row["batch"] for row in rows}
    kept = objects(path) if path.is_file() else ()
    return [*(row for row in kept if row["batch"] not in batches), *rows]


def main() -> None:
    """Write the rows, or say what is wrong with the batches and exit with 1."""
    parser = argparse.ArgumentParser(description="Turn labelled batches into training rows.")
    parser.add_argument("batches", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=OWN_DIRECTORY, help="folder for the rows")
    arguments = parser.parse_args()
    console = Console()
    batches = sorted(one for one in arguments.batches if not one.name.startswith("second_"))
    rows, problems = assemble(one for one in batches if not one.name.startswith("r"))
    rows = _among(arguments.out / SENTENCES_FILE, rows)
    answers, more = assemble_answers([one for one in batches if one.name.startswith("r")], rows)
    answers = _among(arguments.out / ANSWERS_FILE, answers)
    problems += more
    for problem in problems:
        console.print(problem, style="red", markup=False)
    if problems:
        raise SystemExit(1)
    for name, found in ((SENTENCES_FILE, rows), (ANSWERS_FILE, answers)):
        lines = [json.dumps(row, ensure_ascii=False) for row in found]
        (arguments.out / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        counts = {split: sum(row["split"] == split for row in found) for split in SPLITS}
        console.print(f"{name}: {len(found)} rows: {counts}", markup=False)


if __name__ == "__main__":
    main()
