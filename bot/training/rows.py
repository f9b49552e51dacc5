"""Labelled sentences as frozen rows, and the files they come from. No model, no torch here.

The project's own sentences carry every label. The two public sets are read from a folder that the
caller names, and each teaches only what its labels say (see README.md beside this file).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.quiz.labels import Attribution, Kind, Stance, kind_of
from bot.quiz.values import Span
from bot.reader.card import DataSource

OWN_DIRECTORY = Path(__file__).parent / "data"
NEWSSD_FILE = "newssd_eng.jsonl"

TRAIN, DEV, TEST = "train", "dev", "test"
NEWSSD_HELD_OUT = "val"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the project's own data, labelled by the codebook."""

    id: str
    text: str
    context: str | None
    stance: Stance
    source: Attribution
    loaded: tuple[Span, ...]
    register: str
    batch: str
    split: str
    borderline: bool = False

    @property
    def kind(self) -> Kind:
        """The kind that stance and source give."""
        return kind_of(self.stance, self.source)


@dataclass(frozen=True, slots=True)
class PartialRow:
    """One sentence of NewsSD: whether it is an opinion that nobody named stands behind.

    False is a claim or a reported opinion, so it is never trained on as a stance.
    """

    text: str
    authors_opinion: bool
    split: str


def load_own(directory: Path = OWN_DIRECTORY) -> list[Row]:
    """Read every committed row, borderline ones too, in the order of files and lines."""
    return [_own(found) for path in sorted(directory.glob("*.jsonl")) for found in _objects(path)]


def load_newssd(folder: Path | None) -> list[PartialRow]:
    """Read NewsSD from a folder; empty when there is no folder or it lacks the file."""
    if folder is None or not (folder / NEWSSD_FILE).is_file():
        return []
    return [
        PartialRow(found["text"], bool(found["subjective"]), found["split"])
        for found in _objects(folder / NEWSSD_FILE)
    ]


def usable(rows: list[Row], split: str) -> list[Row]:
    """Return the rows of a split on which careful readers agree: those not borderline."""
    return [row for row in rows if row.split == split and not row.borderline]


def described(own: list[Row], newssd: list[PartialRow]) -> tuple[DataSource, ...]:
    """Describe for the card what a model was trained on: rows used, licence, credit, use."""
    sources = [
        DataSource(
            name="Who Says sentences",
            rows=len(usable(own, TRAIN)),
            licence="Apache-2.0",
            credit="the project; invented people, places and outlets",
            use="stance, source and loaded words; trained on the train split, 80 % by paragraph",
        )
    ]
    trained = [row for row in newssd if row.split == TRAIN]
    if trained:
        sources.append(
            DataSource(
                name="NewsSD-ENG",
                rows=len(trained),
                licence="CC-BY-4.0",
                credit="Antici et al., A Corpus for Sentence-Level Subjectivity Detection on "
                "English News Articles, LREC-COLING 2024 (nlp-unibo/newssd-eng)",
                use="a partial label: whether a sentence is an opinion with no named source",
            )
        )
    return tuple(sources)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _own(found: dict[str, Any]) -> Row:
    return Row(
        id=found["id"],
        text=found["text"],
        context=found["context"],
        stance=Stance(found["stance"]),
        source=Attribution(found["source"]),
        loaded=tuple((start, end) for start, end in found["loaded"]),
        register=found["register"],
        batch=found["batch"],
        split=found["split"],
        borderline=found.get("borderline", False),
    )
