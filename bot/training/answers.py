"""Batches of learners' answers → the committed rows of `data/answers.jsonl`.

A batch is a file of JSON lines, one passage each: `{"context", "target", "kind", "answers":
[{"text", "label", "pair"?, "borderline"?}]}`; `second_NAME.jsonl` beside it has the labels of a
second, blind pass: `{"id", "label", "borderline"?}`. A passage that is among the sentences takes
their split, so that nothing of a held-out paragraph is trained on by another way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.quiz.labels import Kind, ReasonLabel
from bot.training.rows import second_labels, split_of


def assemble_answers(
    batches: Iterable[Path], sentences: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of all batches and the problems found in them, each as one line."""
    splits = {row["text"]: row["split"] for row in sentences}
    splits |= {row["context"]: row["split"] for row in sentences if row["context"]}
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    for batch in batches:
        second = second_labels(batch)
        for n, line in enumerate(batch.read_text(encoding="utf-8").splitlines(), 1):
            try:
                rows += _rows(json.loads(line), f"{batch.stem}-{n:03}", splits, second)
            except (ValueError, KeyError, TypeError) as error:
                problems.append(f"{batch.name}:{n}: {type(error).__name__}: {error}")
    return rows, problems


def _rows(
    passage: dict[str, Any], stem: str, splits: dict[str, str], second: dict[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    context, target = passage["context"].strip(), passage["target"].strip()
    if target not in context:
        raise ValueError(f"{target!r} is not in its context")
    split = splits.get(context) or splits.get(target) or split_of(context)
    for place, answer in enumerate(passage["answers"], 1):
        row = {
            "id": f"{stem}-{place}",
            "context": context,
            "target": target,
            "kind": str(Kind(passage["kind"])),
            "text": answer["text"],
            "label": str(ReasonLabel(answer["label"])),
            "batch": stem.split("-", maxsplit=1)[0],
            "split": split,
        }
        other = second.get(row["id"])
        if other:
            row["second"] = str(ReasonLabel(other["label"]))
        if answer.get("pair"):
            row["pair"] = answer["pair"]
        if _parted(row, answer, other):
            row["borderline"] = True
        yield row


def _parted(row: dict[str, Any], answer: dict[str, Any], other: dict[str, Any] | None) -> bool:
    """Whether either pass calls the answer borderline, or the passes part ways on its label."""
    if answer.get("borderline") or (other and other.get("borderline")):
        return True
    return bool(other) and row["label"] != row["second"]
