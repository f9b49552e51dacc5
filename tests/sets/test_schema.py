"""The JSON Schema of the YAML format: it holds for every seed, and refuses what parsing refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bot.sets import BrokenSetError, json_schema, read_yaml

from .conftest import DEMO

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "quiz-set.schema.json"
SEEDS = sorted(ROOT.glob("seeds/*.yaml"))

VALIDATOR = Draft202012Validator(json_schema())

REFUSED = [
    ("title: Demo", "titel: Demo"),
    ("set: demo", "set: My Demo"),
    ("set: demo", "set: " + "a" * 33),
    ("language: en", "language: english"),
    ("author: An author", "autor: An author"),
    ("publisher: A paper", "publisher: A paper, url: example.org"),
    ("[sourced_fact, unsourced_claim, opinion]", "[sourced_fact, fact]"),
    ("[sourced_fact, unsourced_claim, opinion]", "[opinion]"),
    ("[sourced_fact, unsourced_claim, opinion]", "[opinion, opinion]"),
    ("- id: two", "- id: Two"),
    ("- id: two\n  passage", "- passage"),
    ("It rained on Monday.", "a" * 901),
    ("  ask: [kind]\n", "  ask: [sort]\n"),
    ("  ask: [kind]\n", "  ask: [kind, kind]\n"),
    ("  ask: [kind]\n", "  ask: []\n"),
    ("  ask: [kind]\n", "  ask: [kind]\n  asks: [kind]\n"),
    ("kind: opinion", "kind: fact"),
    ("    reason: [nobody", "    reasons: [nobody"),
    ("loaded: [elite, lost touch]", "loaded: elite"),
    ("[warm-up]", "[warm up]"),
    ("tags: [warm-up]", "source: {autor: me}"),
    ("tags: [warm-up]", "borderline: perhaps"),
    ("Two words push.", "a" * 601),
]
"""A part of the small set and what replaces it: unknown fields and labels, limits, shapes."""


def loaded(text: str) -> Any:
    """Return a YAML text as an editor sees it: dates are texts, numbers are numbers."""
    reader = YAML(typ="safe", pure=True)
    constructors = reader.constructor.yaml_constructors
    constructors["tag:yaml.org,2002:timestamp"] = lambda made, node: made.construct_scalar(node)
    return reader.load(text)


def test_itself() -> None:
    """The schema is a JSON Schema."""
    Draft202012Validator.check_schema(json_schema())


def test_published() -> None:
    """The schema that the documents link to is the one that parsing stands behind."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_seeds(seed: Path) -> None:
    """Every set that comes with the bot is valid."""
    assert list(VALIDATOR.iter_errors(loaded(seed.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_refused(old: str, new: str) -> None:
    """What the parser refuses as field, label or length the schema refuses too."""
    assert VALIDATOR.is_valid(loaded(DEMO))
    assert DEMO.count(old) == 1
    text = DEMO.replace(old, new)
    assert not VALIDATOR.is_valid(loaded(text))
    with pytest.raises(BrokenSetError):
        read_yaml(text, "x.yaml")


@pytest.mark.parametrize("title", ["2024", "1.10", "true", "'2024'"])
def test_texts_that_look_like_values(title: str) -> None:
    """A title that YAML takes for a number or a truth is valid in both."""
    text = DEMO.replace("title: Demo", f"title: {title}")
    assert VALIDATOR.is_valid(loaded(text))
    assert read_yaml(text, "x.yaml").title == title.strip("'")


def test_every_field_is_told() -> None:
    """Every field that `whosays sets check` explains carries the same words in the schema."""
    described = json.dumps(json_schema())
    for words in ("a slug of a-z", "one to four sentences", "true or false", "a list of cues"):
        assert words in described
