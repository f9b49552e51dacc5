"""The documents on the card say what is checked: the table, the schema, the example."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.reader.card import Card
from bot.reader.describe import json_schema, markdown
from bot.reader.reader import MODEL_DIRECTORY

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "models.md").read_text(encoding="utf-8")
VALIDATOR = Draft202012Validator(json_schema())


def test_the_guide_has_the_table_of_every_field() -> None:
    """`docs/models.md` holds what `bot.reader.describe.markdown()` returns."""
    assert f"\n{markdown()}\n" in GUIDE


def test_the_published_schema_is_that_of_the_card() -> None:
    """`docs/card.schema.json` holds what `bot.reader.describe.json_schema()` returns."""
    published = (DOCS / "card.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    VALIDATOR.check_schema(json_schema())


def test_every_field_is_described() -> None:
    """No row of the table lacks what it is, and none has a cell too many."""
    rows = markdown().splitlines()
    assert len(rows) > 50
    assert all(len(re.split(r" \| ", row.strip("| "))) == 4 for row in rows[2:])
    assert "None" not in markdown()


def example() -> dict[str, Any]:
    """Return the card of the guide, with a digest."""
    text = next(one for one in re.findall("```json\n(.*?)```", GUIDE, re.S) if '"sha256"' in one)
    return {**json.loads(text), "sha256": "0" * 64}


def test_the_cards_there_are_fit_the_schema() -> None:
    """The installed card does, and the example of the guide, which loads as it is."""
    VALIDATOR.validate(json.loads((MODEL_DIRECTORY / "card.json").read_text(encoding="utf-8")))
    VALIDATOR.validate(example())
    assert not Card.model_validate(example()).reason_labels


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("sha256", "abc"),
        ("stance_labels", ["opinion", "claim"]),
        ("reason_labels", ["good"]),
        ("mood", "good"),
        ("data", []),
        ("marking", {"context": "before"}),
        ("outputs", {"kind": "kind"}),
    ],
)
def test_the_schema_refuses_what_loading_refuses(field: str, value: Any) -> None:
    """An editor underlines what would be told when the bot starts."""
    card = {**example(), field: value}
    assert not VALIDATOR.is_valid(card)
    with pytest.raises(ValueError, match=field):
        Card.model_validate(card)
