"""The codebook's table of the four kinds."""

from __future__ import annotations

import pytest

from bot.quiz.labels import Attribution, Kind, Stance, kind_of

# stance, attribution, kind, does the kind promise a source?
TABLE = [
    (Stance.CLAIM, Attribution.NAMED, Kind.SOURCED_FACT, True),
    (Stance.CLAIM, Attribution.VAGUE, Kind.UNSOURCED_CLAIM, False),
    (Stance.CLAIM, Attribution.NONE, Kind.UNSOURCED_CLAIM, False),
    (Stance.OPINION, Attribution.NAMED, Kind.REPORTED_OPINION, True),
    (Stance.OPINION, Attribution.VAGUE, Kind.OPINION, False),
    (Stance.OPINION, Attribution.NONE, Kind.OPINION, False),
]


@pytest.mark.parametrize(("stance", "attribution", "kind", "sourced"), TABLE)
def test_kind_of_follows_the_codebook(
    stance: Stance, attribution: Attribution, kind: Kind, sourced: bool
) -> None:
    """Stance and source give the kind of the codebook's table, and a vague source lifts nothing."""
    assert kind_of(stance, attribution) is kind


@pytest.mark.parametrize(("stance", "attribution", "kind", "sourced"), TABLE)
def test_a_kind_knows_its_row_and_its_column(
    stance: Stance, attribution: Attribution, kind: Kind, sourced: bool
) -> None:
    """A kind says which stance it has and whether there is a source to go to."""
    assert (kind.stance, kind.sourced) == (stance, sourced)


def test_the_table_is_whole() -> None:
    """Every pair of stance and attribution has its case above, and every kind occurs."""
    assert {(s, a) for s, a, _, _ in TABLE} == {(s, a) for s in Stance for a in Attribution}
    assert {kind for _, _, kind, _ in TABLE} == set(Kind)
