"""The labels of the codebook: stance, attribution, kind, and what can be asked and concluded."""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """What a sentence mainly does: state something checkable, or judge."""

    CLAIM = "claim"
    OPINION = "opinion"


class Attribution(StrEnum):
    """Who vouches for a sentence, on the page."""

    NAMED = "named"
    VAGUE = "vague"
    NONE = "none"


class Kind(StrEnum):
    """The label a learner sees; stance and attribution together (`kind_of`)."""

    SOURCED_FACT = "sourced_fact"
    UNSOURCED_CLAIM = "unsourced_claim"
    REPORTED_OPINION = "reported_opinion"
    OPINION = "opinion"

    @property
    def stance(self) -> Stance:
        """The row of the codebook's table that the kind stands in."""
        return Stance.CLAIM if self in (Kind.SOURCED_FACT, Kind.UNSOURCED_CLAIM) else Stance.OPINION

    @property
    def sourced(self) -> bool:
        """Whether the kind promises a source that a reader could go to."""
        return self in (Kind.SOURCED_FACT, Kind.REPORTED_OPINION)


def kind_of(stance: Stance, attribution: Attribution) -> Kind:
    """Return the kind for a stance and an attribution: a vague source lifts nothing."""
    named = attribution is Attribution.NAMED
    if stance is Stance.CLAIM:
        return Kind.SOURCED_FACT if named else Kind.UNSOURCED_CLAIM
    return Kind.REPORTED_OPINION if named else Kind.OPINION


class Ask(StrEnum):
    """What a question asks of the learner."""

    KIND = "kind"
    LOADED = "loaded"
    REASON = "reason"


class ReasonLabel(StrEnum):
    """How a learner's own reason is judged (codebook, "Reasons")."""

    GOOD = "good"
    PARTLY = "partly"
    OFF = "off"


class Verdict(StrEnum):
    """What a grade concludes about an answer.

    `PASSED` is the learner's own "not sure"; `BORDERLINE` and `UNSURE` accept the answer, the
    first because careful readers part ways, the second because the machine does not know. `LATE`
    came after the time for it: it earns nothing and says nothing about the learner's skill.
    """

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    PASSED = "passed"
    BORDERLINE = "borderline"
    UNSURE = "unsure"
    LATE = "late"


class GradedBy(StrEnum):
    """Whose judgement stands behind a grade."""

    KEY = "key"
    READER = "reader"
    PERSON = "person"
