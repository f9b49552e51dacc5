"""The model's card: files, labels, temperatures, thresholds, limits, data, measured figures.

Every number the reader decides by stands in the card and nowhere in the code. What the card says
is checked here when it is loaded; how it is made belongs to training, and what a field is told to
be stands beside it: `docs/models.md` and the JSON Schema are made from that.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from bot.errors import ReaderError
from bot.quiz.labels import Attribution, ReasonLabel, Stance

CARD_FILE = "card.json"
GUIDE = "docs/models.md"
"""Where it is told what a model directory holds."""
_SHOWN = 4  # problems told of one card: they stand in one line
_QUOTED = 60  # characters of a value that a problem shows


def _within(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError("must be a path within the model directory, with / between its parts")
    return name


Share = Annotated[float, Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Inside = Annotated[str, AfterValidator(_within)]


class _Part(BaseModel):
    """A frozen part of the card; a field it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outputs(_Part):
    """Names of the network's output tensors."""

    stance: Text = Field(
        default="stance",
        description="logit of an opinion: (batch), (batch, 1), or (batch, 2) for claim, opinion",
    )
    source: Text = Field(default="source", description="logits of the source labels: (batch, 3)")
    loaded: Text = Field(
        default="loaded",
        description="logit of a piece being loaded: (batch, length), (batch, length, 1), or "
        "(batch, length, 2) for not loaded, loaded",
    )
    reason: Text = Field(
        default="reason", description="logits of the reason labels: (batch, 3); unused without them"
    )


class Marking(_Part):
    """How a sentence, its context, and a reason with its passage are put before the network."""

    context: Literal["around", "whole", "none"] = Field(
        default="around",
        description="what follows the sentence: its paragraph with `place` where the sentence "
        "stood, the whole paragraph from its start, or nothing",
    )
    place: str | None = Field(
        default=None,
        description='token that stands for the sentence in its paragraph, "" for none; the '
        "tokenizer's mask token unless told",
    )
    start: tuple[str, ...] | None = Field(
        default=None, description="tokens before everything; the tokenizer's own unless told"
    )
    between: tuple[str, ...] | None = Field(
        default=None, description="tokens between two parts; the tokenizer's own unless told"
    )
    end: tuple[str, ...] | None = Field(
        default=None, description="tokens after everything; the tokenizer's own unless told"
    )
    positions_from: int = Field(
        default=0, ge=0, le=16, description="the first of `position_ids`, where the network has any"
    )
    levels: bool = Field(
        default=True,
        description="whether `attention_mask` is 2 on the passage of a reason and 1 on the reason, "
        "for a network whose passage does not see the reason; 1 on both if not",
    )
    answer_pieces: int = Field(
        default=40, ge=8, le=512, description="word pieces of a reason at the most"
    )
    target_pieces: int = Field(
        default=52, ge=8, le=512, description="word pieces of a reason's target at the most"
    )
    passage_pieces: int = Field(
        default=86,
        ge=16,
        le=512,
        description="word pieces of all that follows a reason at the most: kind, target, context",
    )


class Temperatures(_Part):
    """Divisors of the logits of each head, fitted on the dev split."""

    stance: float = Field(gt=0, description="divisor of the stance logits")
    source: float = Field(gt=0, description="divisor of the source logits")
    loaded: float = Field(gt=0, description="divisor of the loaded logits")
    reason: float | None = Field(
        default=None, gt=0, description="divisor of the reason logits; needed with reason labels"
    )


class Thresholds(_Part):
    """Where a probability counts: a kind as sure, a word as loaded, a sentence's words as sure.

    A sentence's words are sure when none of them is more probable than `loaded_low` and less so
    than `loaded_high`. A reason is as good as its expected worth (off 0, partly 1/2, good 1):
    partly from `reason_partly` on, good from `reason_good` on. `reason` is where a judgement
    counts as sure. `kind` or `reason` above 1 means never.
    """

    kind: float = Field(ge=0, description="probability from which a kind is sure; above 1: never")
    loaded: Share = Field(description="probability from which a word is loaded")
    loaded_low: Share = Field(
        description="a sentence's words are unsure where one is more probable than this …"
    )
    loaded_high: Share = Field(description="… and less than this")
    reason: float | None = Field(
        default=None,
        ge=0,
        description="probability from which a judgement is sure; above 1: never",
    )
    reason_partly: Share | None = Field(
        default=None,
        description="worth (off 0, partly 1/2, good 1) from which a reason is partly good",
    )
    reason_good: Share | None = Field(default=None, description="worth from which a reason is good")


class Limits(_Part):
    """What the reader takes in and when it doubts its input.

    Lengths are in word pieces, `min_words` in words. `min_english` is the least share of English
    function words among the words of a sentence that has `english_from_words` of them or more;
    `min_latin` the least share of ASCII letters among its letters. An answer as like its target as
    `copied` (matching words, 0 to 1) repeats it, where that has `copied_from_words` or more.
    """

    max_pieces: int = Field(ge=16, le=512, description="word pieces of an input, special ones too")
    context_pieces: int = Field(ge=0, le=512, description="word pieces of them for the context")
    min_words: int = Field(ge=1, description="words below which it is no sentence")
    english_from_words: int = Field(ge=1, description="words from which `min_english` is asked for")
    min_english: Share = Field(description="share of English function words below which it is not")
    min_latin: Share = Field(description="share of ASCII letters below which it is not English")
    copied: Share = Field(default=1.0, description="likeness from which a reason is its target")
    copied_from_words: int = Field(
        default=1, ge=1, description="words of the target from which that is asked"
    )


class DataSource(_Part):
    """A set of labelled sentences the model saw, with the licence that lets it be used."""

    name: Text = Field(description="what it is called")
    rows: int = Field(ge=0, description="how many rows of it were seen")
    licence: Text = Field(description="SPDX name of the licence that lets it be used")
    credit: Text = Field(description="whose it is")
    use: Text = Field(description="what of it was used for what")


class Figure(_Part):
    """One measured number: what, on which split, over how many cases.

    `low` and `high` are the ends of its 95 % interval; `others` are what baselines, and the model
    before this one, reach on the same cases, by name.
    """

    name: Text = Field(description="what was measured")
    split: Text = Field(description="on what")
    n: int = Field(ge=0, description="over how many cases")
    value: float = Field(description="the number")
    unit: str = Field(default="", description="its unit")
    low: float | None = Field(default=None, description="lower end of its 95 % interval")
    high: float | None = Field(default=None, description="upper end of its 95 % interval")
    others: dict[str, float] = Field(
        default_factory=dict, description="what others reach on the same cases, by name"
    )


class Failure(_Part):
    """A held-out case that the model gets wrong, for people to see what its errors are like."""

    split: Text = Field(description="of what")
    text: Text = Field(description="the case")
    expected: Text = Field(description="its label")
    found: Text = Field(description="what the model made of it")
    sure: bool = Field(description="whether it was sure")


class Card(_Part):
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
