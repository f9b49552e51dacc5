"""Labelled sentences and answers as frozen rows, and the committed files they come from.

No model, no torch here. Public sets, whose text is not committed, are in `public.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.quiz.labels import Attribution, Kind, ReasonLabel, Stance, kind_of
from bot.quiz.values import Span

OWN_DIRECTORY = Path(__file__).parent / "data"
SENTENCES_FILE = "sentences.jsonl"
ANSWERS_FILE = "answers.jsonl"

Labelled = TypeVar("Labelled", "Row", "AnswerRow")

TRAIN, DEV, TEST = "train", "dev", "test"
PUBLIC_SETS = (NEWSSD, GUM) = ("NewsSD-ENG", "GUM")


@dataclass(frozen=True, slots=True)
class Second:
    """The labels of a second pass, made without sight of the first."""

    stance: Stance
    source: Attribution
    loaded: tuple[Span, ...]

    @property
    def kind(self) -> Kind:
        """The kind that stance and source give."""
        return kind_of(self.stance, self.source)


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence labelled by the codebook.

    `borderline`: careful readers part ways on its kind. `doubted`: they do not, but one of them
    said that they might.
    """

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
    doubted: bool = False
    family: str = ""
    second: Second | None = None

    @property
    def kind(self) -> Kind:
        """The kind that stance and source give."""
        return kind_of(self.stance, self.source)

    @property
    def real(self) -> bool:
        """Whether it was printed somewhere, and not written for training."""
        return self.batch in PUBLIC_SETS


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One learner's reason for the kind of a passage, judged by the codebook.

    Answers with the same `pair` in one passage differ in little but their label.
    """

    id: str
    context: str
    target: str
    kind: Kind
    text: str
    label: ReasonLabel
    batch: str
    split: str
    second: ReasonLabel | None = None
    pair: str = ""
    borderline: bool = False

    @property
    def passage(self) -> str:
        """What the answers to one passage have in common: the id without its last number."""
        return self.id.rsplit("-", 1)[0]


def load_own(directory: Path = OWN_DIRECTORY) -> list[Row]:
    """Read every committed sentence, borderline ones too, in the order of lines."""
    return [row_from(found) for found in objects(directory / SENTENCES_FILE)]


def load_answers(directory: Path = OWN_DIRECTORY) -> list[AnswerRow]:
    """Read every committed answer, borderline ones too; none where there is no such file."""
    path = directory / ANSWERS_FILE
    return [_answer(found) for found in objects(path)] if path.is_file() else []


def split_of(paragraph: str) -> str:
    """Assign a paragraph, or a family of them, to a split, 80/10/10, so that it never moves."""
    return {0: TEST, 1: DEV}.get(tenth(paragraph), TRAIN)


def tenth(text: str) -> int:
    """Return one of ten places, 0 to 9, that depends on a text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 10


def second_labels(batch: Path) -> dict[str, dict[str, Any]]:
    """Read the second pass beside a batch, by id; empty where there is none."""
    path = batch.with_name(f"second_{batch.name}")
    return {found["id"]: found for found in objects(path)} if path.is_file() else {}


def usable(rows: list[Labelled], split: str) -> list[Labelled]:
    """Return the rows of a split on which careful readers agree: those not borderline."""
    return [row for row in rows if row.split == split and not row.borderline]


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """Read a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def row_from(found: dict[str, Any]) -> Row:
    """Make a row of an object that has its fields."""
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
        doubted=found.get("doubted", False),
        family=found.get("family", ""),
        second=_second(found["second"]) if "second" in found else None,
    )


def _second(found: dict[str, Any]) -> Second:
    return Second(
        stance=Stance(found["stance"]),
        source=Attribution(found["source"]),
        loaded=tuple((start, end) for start, end in found["loaded"]),
    )


def _answer(found: dict[str, Any]) -> AnswerRow:
    return AnswerRow(
        id=found["id"],
        context=found["context"],
        target=found["target"],
        kind=Kind(found["kind"]),
        text=found["text"],
        label=ReasonLabel(found["label"]),
        batch=found["batch"],
        split=found["split"],
        second=ReasonLabel(found["second"]) if "second" in found else None,
        pair=found.get("pair", ""),
        borderline=found.get("borderline", False),
    )
