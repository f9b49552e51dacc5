"""Labelled sentences as frozen rows, and the files they come from. No model, no torch here.

The project's own sentences carry every label. The two public sets are read from a folder that the
caller names, and each teaches only what its labels say (see README.md beside this file).
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
from bot.reader.card import DataSource

OWN_DIRECTORY = Path(__file__).parent / "data"
SENTENCES_FILE = "sentences.jsonl"
ANSWERS_FILE = "answers.jsonl"
NEWSSD_FILE = "newssd_eng.jsonl"

Labelled = TypeVar("Labelled", "Row", "AnswerRow")

TRAIN, DEV, TEST = "train", "dev", "test"
NEWSSD_HELD_OUT = "val"


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
    family: str = ""
    second: Second | None = None

    @property
    def kind(self) -> Kind:
        """The kind that stance and source give."""
        return kind_of(self.stance, self.source)


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


@dataclass(frozen=True, slots=True)
class PartialRow:
    """One sentence of NewsSD: whether it is an opinion that nobody named stands behind.

    False is a claim or a reported opinion, so it is never trained on as a stance.
    """

    text: str
    authors_opinion: bool
    split: str


def load_own(directory: Path = OWN_DIRECTORY) -> list[Row]:
    """Read every committed sentence, borderline ones too, in the order of lines."""
    return [_own(found) for found in _objects(directory / SENTENCES_FILE)]


def load_answers(directory: Path = OWN_DIRECTORY) -> list[AnswerRow]:
    """Read every committed answer, borderline ones too; none where there is no such file."""
    path = directory / ANSWERS_FILE
    return [_answer(found) for found in _objects(path)] if path.is_file() else []


def load_newssd(folder: Path | None) -> list[PartialRow]:
    """Read NewsSD from a folder; empty when there is no folder or it lacks the file."""
    if folder is None or not (folder / NEWSSD_FILE).is_file():
        return []
    return [
        PartialRow(found["text"], bool(found["subjective"]), found["split"])
        for found in _objects(folder / NEWSSD_FILE)
    ]


def split_of(paragraph: str) -> str:
    """Assign a paragraph, or a family of them, to a split, 80/10/10, so that it never moves."""
    place = int(hashlib.sha256(paragraph.encode()).hexdigest()[:8], 16) % 10
    return {0: TEST, 1: DEV}.get(place, TRAIN)


def second_labels(batch: Path) -> dict[str, dict[str, Any]]:
    """Read the second pass beside a batch, by id; empty where there is none."""
    path = batch.with_name(f"second_{batch.name}")
    return {found["id"]: found for found in _objects(path)} if path.is_file() else {}


def usable(rows: list[Labelled], split: str) -> list[Labelled]:
    """Return the rows of a split on which careful readers agree: those not borderline."""
    return [row for row in rows if row.split == split and not row.borderline]


def described(
    own: list[Row], newssd: list[PartialRow], answers: list[AnswerRow]
) -> tuple[DataSource, ...]:
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
    judged = usable(answers, TRAIN)
    if judged:
        sources.append(
            DataSource(
                name="Who Says answers",
                rows=len(judged),
                licence="Apache-2.0",
                credit="the project; answers invented for the sentences above",
                use="reasons; trained on the train split, passages as in the sentences",
            )
        )
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
