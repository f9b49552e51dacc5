"""The parts of a model's card: each field with what it may be and what it is.

Only their shapes live here; the card that they make, and reading it, is in `card`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _within(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError("must be a path within the model directory, with / between its parts")
    return name


Share = Annotated[float, Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Inside = Annotated[str, AfterValidator(_within)]


class Part(BaseModel):
    """A frozen part of the card; a field it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outputs(Part):
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


class Marking(Part):
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


class Temperatures(Part):
    """Divisors of the logits of each head, fitted on the dev split."""

    stance: float = Field(gt=0, description="divisor of the stance logits")
    source: float = Field(gt=0, description="divisor of the source logits")
    loaded: float = Field(gt=0, description="divisor of the loaded logits")
    reason: float | None = Field(
        default=None, gt=0, description="divisor of the reason logits; needed with reason labels"
    )


class Thresholds(Part):
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


class Limits(Part):
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


class DataSource(Part):
    """A set of labelled sentences the model saw, with the licence that lets it be used."""

    name: Text = Field(description="what it is called")
    rows: int = Field(ge=0, description="how many rows of it were seen")
    licence: Text = Field(description="SPDX name of the licence that lets it be used")
    credit: Text = Field(description="whose it is")
    use: Text = Field(description="what of it was used for what")


class Figure(Part):
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


class Failure(Part):
    """A held-out case that the model gets wrong, for people to see what its errors are like."""

    split: Text = Field(description="of what")
    text: Text = Field(description="the case")
    expected: Text = Field(description="its label")
    found: Text = Field(description="what the model made of it")
    sure: bool = Field(description="whether it was sure")
