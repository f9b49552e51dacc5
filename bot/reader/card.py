"""The model's card: labels, temperatures, thresholds, limits, data, measured figures.

Every number the reader decides by stands in the card and nowhere in the code. What the card says
is checked here when it is loaded; how it is made belongs to training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.errors import ReaderError
from bot.quiz.labels import Attribution, ReasonLabel, Stance

CARD_FILE = "card.json"

Share = Annotated[float, Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """A frozen part of the card; a field it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Temperatures(_Part):
    """Divisors of the logits of each head, fitted on the dev split."""

    stance: float = Field(gt=0)
    source: float = Field(gt=0)
    loaded: float = Field(gt=0)
    reason: float | None = Field(default=None, gt=0)


class Thresholds(_Part):
    """Where a probability counts: a kind as sure, a word as loaded, a sentence's words as sure.

    A sentence's words are sure when none of them is more probable than `loaded_low` and less so
    than `loaded_high`. A reason is as good as its expected worth (off 0, partly 1/2, good 1):
    partly from `reason_partly` on, good from `reason_good` on. `reason` is where a judgement
    counts as sure. `kind` or `reason` above 1 means never.
    """

    kind: float = Field(ge=0)
    loaded: Share
    loaded_low: Share
    loaded_high: Share
    reason: float | None = Field(default=None, ge=0)
    reason_partly: Share | None = None
    reason_good: Share | None = None


class Limits(_Part):
    """What the reader takes in and when it doubts its input.

    Lengths are in word pieces, `min_words` in words. `min_english` is the least share of English
    function words among the words of a sentence that has `english_from_words` of them or more;
    `min_latin` the least share of ASCII letters among its letters. An answer as like its target as
    `copied` (matching words, 0 to 1) repeats it, where that has `copied_from_words` or more.
    """

    max_pieces: int = Field(ge=16, le=512)
    context_pieces: int = Field(ge=0, le=512)
    min_words: int = Field(ge=1)
    english_from_words: int = Field(ge=1)
    min_english: Share
    min_latin: Share
    copied: Share = 1.0
    copied_from_words: int = Field(default=1, ge=1)


class DataSource(_Part):
    """A set of labelled sentences the model saw, with the licence that lets it be used."""

    name: Text
    rows: int = Field(ge=0)
    licence: Text
    credit: Text
    use: Text


class Figure(_Part):
    """One measured number: what, on which split, over how many cases.

    `low` and `high` are the ends of its 95 % interval; `others` are what baselines, and the model
    before this one, reach on the same cases, by name.
    """

    name: Text
    split: Text
    n: int = Field(ge=0)
    value: float
    unit: str = ""
    low: float | None = None
    high: float | None = None
    others: dict[str, float] = Field(default_factory=dict)


class Failure(_Part):
    """A held-out case that the model gets wrong, for people to see what its errors are like."""

    split: Text
    text: Text
    expected: Text
    found: Text
    sure: bool


class Card(_Part):
    """Everything that is to be known about one model directory."""

    format: Literal[1] = 1
    version: Text
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="of model.onnx")
    base: Text
    stance_labels: tuple[str, ...]
    source_labels: tuple[str, ...]
    reason_labels: tuple[str, ...] = ()
    temperatures: Temperatures
    thresholds: Thresholds
    limits: Limits
    data: tuple[DataSource, ...] = Field(min_length=1)
    figures: tuple[Figure, ...]
    failures: tuple[Failure, ...] = ()
    reproduce: Text
    caveats: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _labels_are_the_codebooks(self) -> Card:
        if self.stance_labels != tuple(Stance) or self.source_labels != tuple(Attribution):
            raise ValueError("stance_labels and source_labels must be the codebook's, in its order")
        if self.reason_labels not in ((), tuple(ReasonLabel)):
            raise ValueError("reason_labels must be the codebook's, in its order, or none")
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


def load_card(directory: Path) -> Card:
    """Read and check `card.json`; ReaderError names the file and the first field that is wrong."""
    path = directory / CARD_FILE
    try:
        return Card.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ReaderError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "card"
        raise ReaderError(f"{path}: {field}: {first['msg']}") from error
