"""The model's card: files, labels, temperatures, thresholds, limits, data, measured figures.

Every number the reader decides by stands in the card and nowhere in the code. What the card says
is checked here when it is loaded; how it is made belongs to training, and what a field is told to
be stands beside it: `docs/models.md` and the JSON Schema are made from that.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from bot.errors import ReaderError
from bot.quiz.labels import Attribution, ReasonLabel, Stance
from bot.reader.parts import (
    DataSource,
    Digest,
    Failure,
    Figure,
    Inside,
    Limits,
    Marking,
    Outputs,
    Part,
    Temperatures,
    Text,
    Thresholds,
)

__all__ = [
    "Card",
    "DataSource",
    "Failure",
    "Figure",
    "Limits",
    "Marking",
    "Outputs",
    "Temperatures",
    "Thresholds",
    "load_card",
]

CARD_FILE = "card.json"
GUIDE = "docs/models.md"
"""Where it is told what a model directory holds."""
_SHOWN = 4  # problems told of one card: they stand in one line
_QUOTED = 60  # characters of a value that a problem shows


class Card(Part):
    """Everything that is to be known about one model directory."""

    format: Literal[1] = Field(default=1, description="of the card itself")
    version: Text = Field(
        description="name of the model and its version, kept with all that it read"
    )
    file: Inside | None = Field(
        default=None, description="the network's file, where several lie in the directory"
    )
    sha256: Digest = Field(description="of the network's file")
    weights: dict[Inside, Digest] = Field(
        default_factory=dict,
        description="sha256 of the files of weights beside the network's, by name",
    )
    base: Text = Field(description="what the model was made from, with its licence")
    stance_labels: tuple[str, ...] = Field(
        description="what the stance logits stand for, in order",
        json_schema_extra={"const": [*Stance]},
    )
    source_labels: tuple[str, ...] = Field(
        description="what the source logits stand for, in order",
        json_schema_extra={"const": [*Attribution]},
    )
    reason_labels: tuple[str, ...] = Field(
        default=(),
        json_schema_extra={"enum": [[], [*ReasonLabel]]},
        description="what the reason logits stand for, in order; without them reasons are not "
        "judged, and count until a person settles them",
    )
    outputs: Outputs = Field(default=Outputs(), description="names of the output tensors")
    marking: Marking = Field(default=Marking(), description="how input is put before the network")
    temperatures: Temperatures = Field(description="divisors of the logits")
    thresholds: Thresholds = Field(description="where a probability counts")
    limits: Limits = Field(description="what is taken in, and when it is doubted")
    data: tuple[DataSource, ...] = Field(min_length=1, description="what the model was trained on")
    figures: tuple[Figure, ...] = Field(default=(), description="what was measured")
    failures: tuple[Failure, ...] = Field(default=(), description="what it gets wrong")
    reproduce: Text = Field(description="how to make it again")
    caveats: tuple[str, ...] = Field(default=(), description="what to mind")

    @field_validator("stance_labels")
    @classmethod
    def _stances(cls, found: tuple[str, ...]) -> tuple[str, ...]:
        return _codebooks(found, Stance)

    @field_validator("source_labels")
    @classmethod
    def _sources(cls, found: tuple[str, ...]) -> tuple[str, ...]:
        return _codebooks(found, Attribution)

    @field_validator("reason_labels")
    @classmethod
    def _reasons(cls, found: tuple[str, ...]) -> tuple[str, ...]:
        return _codebooks(found, ReasonLabel) if found else found

    @model_validator(mode="after")
    def _reasons_are_decided(self) -> Card:
        thresholds = self.thresholds
        numbers = (thresholds.reason, thresholds.reason_partly, thresholds.reason_good)
        if self.reason_labels and None in (self.temperatures.reason, *numbers):
            raise ValueError("a model with reason_labels needs a reason temperature and thresholds")
        return self

    def figure(self, name: str, split: str) -> Figure:
        """Return the figure of that name and split; KeyError when it was not measured."""
        for figure in self.figures:
            if (figure.name, figure.split) == (name, split):
                return figure
        raise KeyError(f"{name} on {split}")


def _codebooks(found: tuple[str, ...], labels: type[StrEnum]) -> tuple[str, ...]:
    allowed = tuple(str(label) for label in labels)
    if found != allowed:
        raise ValueError(f"must be the codebook's, in its order: {', '.join(allowed)}")
    return found


def load_card(directory: Path) -> Card:
    """Read and check `card.json`; ReaderError names, in one line, the file and what is wrong."""
    path = directory / CARD_FILE
    if not directory.is_dir():
        raise ReaderError(f"{directory}: is no directory: a model is one, see {GUIDE}")
    try:
        return Card.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ReaderError(f"{path}: cannot be read: write one, see {GUIDE}") from error
    except OSError as error:
        raise ReaderError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        problems = [_told(one) for one in error.errors(include_url=False)]
        more = len(problems) - _SHOWN
        rest = [f"and {more} more"] if more > 0 else []
        raise ReaderError(f"{path}: " + "; ".join([*problems[:_SHOWN], *rest])) from error


def _told(problem: Any) -> str:
    """Say a problem of pydantic's in a phrase: the field, what is allowed and what was found."""
    field = ".".join(str(part) for part in problem["loc"] if part != "[key]") or "card"
    said = problem["msg"].removeprefix("Value error, ")
    found = problem["input"]
    shown = isinstance(found, str | int | float | list | tuple) and problem["type"] != "missing"
    quoted = " ".join(repr(found).split())
    if not shown or problem["type"] == "json_invalid":
        return f"{field}: {' '.join(said.split())}"
    short = quoted if len(quoted) <= _QUOTED else f"{quoted[: _QUOTED - 1]}…"
    return f"{field}: {said} (found {short})"
