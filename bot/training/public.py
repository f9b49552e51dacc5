"""Sentences of public sets, read from a folder that the caller names: their text never stands here.

NewsSD-ENG and GUM bring real prose under a licence that lets anybody use it (README.md). What this
project adds are labels by its own codebook, in two blind passes (`data/public.jsonl`, by a digest
of each sentence). NewsSD's own label is kept beside them as what it is, a partial one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.training.rows import (
    DEV,
    GUM,
    NEWSSD,
    OWN_DIRECTORY,
    TEST,
    TRAIN,
    Row,
    objects,
    row_from,
    split_of,
    tenth,
)

NEWSSD_FILE = "newssd_eng.jsonl"
GUM_FILE = "gum_attribution.jsonl"
LABELS_FILE = "public.jsonl"
_HELD_OUT = "val"
# Reporting is what there is least of: three documents in ten are held out to measure on.
_GUM_SPLITS = {0: TEST, 1: TEST, 2: TEST, 3: DEV}
_BEFORE, _AFTER = 2, 1  # how many neighbours in its document stand for a sentence's paragraph


@dataclass(frozen=True, slots=True)
class PartialRow:
    """One sentence of NewsSD: whether it is an opinion that nobody named stands behind.

    False is a claim or a reported opinion, so it is never trained on as a stance.
    """

    text: str
    authors_opinion: bool
    split: str


def digest(text: str) -> str:
    """Name a sentence by its words: 16 hex digits, whatever its white space."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def load_newssd(folder: Path | None) -> list[PartialRow]:
    """Read NewsSD from a folder; empty when there is no folder or it lacks the file."""
    return [
        PartialRow(found["text"], bool(found["subjective"]), _newssd_split(found))
        for found in _read(folder, NEWSSD_FILE)
    ]


def load_public(folder: Path | None, directory: Path = OWN_DIRECTORY) -> list[Row]:
    """Read the sentences of the folder that carry this project's labels, in the files' order.

    A sentence of NewsSD stands alone; one of GUM has its neighbours for a context. NewsSD's
    validation split is held out for measuring, and GUM is split by document.
    """
    path = directory / LABELS_FILE
    labels = {found["id"]: found for found in objects(path)} if path.is_file() else {}
    return [
        row_from(labels[key] | found)
        for found in (*_newssd(folder), *_gum(folder))
        if (key := digest(found["text"])) in labels
    ]


def _newssd(folder: Path | None) -> Iterator[dict[str, Any]]:
    for found in _read(folder, NEWSSD_FILE):
        yield {
            "text": found["text"],
            "context": None,
            "register": "news and views",
            "batch": NEWSSD,
            "split": _newssd_split(found),
        }


def _newssd_split(found: dict[str, Any]) -> str:
    """Measure on its validation split; a tenth of its train split serves to calibrate."""
    if found["split"] == _HELD_OUT:
        return TEST
    return DEV if split_of(found["text"]) == DEV else TRAIN


def _gum(folder: Path | None) -> Iterator[dict[str, Any]]:
    rows = list(_read(folder, GUM_FILE))
    for i, found in enumerate(rows):
        around = [
            one["text"]
            for one in rows[max(0, i - _BEFORE) : i + _AFTER + 1]
            if one["document"] == found["document"]
        ]
        yield {
            "text": found["text"],
            "context": " ".join(around),
            "register": f"{found['genre']} (GUM)",
            "batch": GUM,
            "split": _GUM_SPLITS.get(tenth(found["document"]), TRAIN),
        }


def _read(folder: Path | None, name: str) -> Iterator[dict[str, Any]]:
    if folder is not None and (folder / name).is_file():
        yield from objects(folder / name)
