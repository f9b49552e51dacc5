"""Which answers of the score log are meant: a value, and the conditions in SQL that it stands for.

A condition on the verdict is not among them: which verdict stands depends on the regrades.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.quiz.labels import Verdict
from bot.store.moments import to_text


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; as it comes, everything.

    `since` is the first moment that belongs to it, `until` the first that does not. `verdict` is
    the one that stands. `only_open` is what waits for a person: unsure grades and disputes that
    nobody settled.
    """

    learner: int | None = None
    slug: str = ""
    verdict: Verdict | None = None
    since: datetime | None = None
    until: datetime | None = None
    only_open: bool = False

    @property
    def where(self) -> str:
        """The conditions on columns of `answers`, each after an AND; nothing for everything."""
        conditions = (
            ("answers.learner = :learner", self.learner is not None),
            ("answers.slug = :slug", self.slug),
            ("answers.at >= :since", self.since),
            ("answers.at < :until", self.until),
        )
        return "".join(f" AND {condition}" for condition, given in conditions if given)

    @property
    def values(self) -> dict[str, object]:
        """The values of the named places in `where`, and `:verdict`."""
        return {
            "learner": self.learner,
            "slug": self.slug,
            "verdict": self.verdict,
            "since": to_text(self.since) if self.since else None,
            "until": to_text(self.until) if self.until else None,
        }


EVERYTHING = Filter()
