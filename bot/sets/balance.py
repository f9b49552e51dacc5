"""What a set holds, counted, and what a round of it can and cannot hold in balance.

Counts only; composing rounds is `bot.quiz.rounds`, printing is the command line's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import QuizSet

ROUND = 8
"""Questions of the round that a set is measured against."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """Keyed questions of one kind, by whether careful readers agree on it."""

    kind: Kind
    settled: int
    borderline: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a set holds.

    `asks` counts the questions that ask each thing. `loaded` and `clean` count the keyed questions
    that ask for loaded words, by whether there are any. `scarce` kinds are offered but too few,
    borderline ones aside, for an equal share of a round of `ROUND`.
    """

    slug: str
    title: str
    questions: int
    kinds: tuple[KindCount, ...]
    asks: tuple[tuple[Ask, int], ...]
    loaded: int
    clean: int
    invented: int
    keyless: int
    scarce: tuple[Kind, ...]

    @property
    def only_loaded(self) -> bool:
        """Whether marking something always pays, as no passage is clean."""
        return self.loaded > 0 and self.clean == 0

    @property
    def only_clean(self) -> bool:
        """Whether "nothing loaded" always pays."""
        return self.clean > 0 and self.loaded == 0


def report(quiz_set: QuizSet) -> Report:
    """Count what a set holds and what it has too few of."""
    keys = [(question, question.key) for question in quiz_set.questions if question.key]
    settled = Counter(key.kind for question, key in keys if not question.borderline)
    borderline = Counter(key.kind for question, key in keys if question.borderline)
    asks = Counter(ask for question in quiz_set.questions for ask in question.ask)
    marked = Counter(bool(key.loaded) for question, key in keys if Ask.LOADED in question.ask)
    share = ROUND // len(quiz_set.kinds)
    return Report(
        slug=quiz_set.slug,
        title=quiz_set.title,
        questions=len(quiz_set.questions),
        kinds=tuple(KindCount(kind, settled[kind], borderline[kind]) for kind in quiz_set.kinds),
        asks=tuple((ask, asks[ask]) for ask in Ask),
        loaded=marked[True],
        clean=marked[False],
        invented=sum(question.invented for question in quiz_set.questions),
        keyless=len(quiz_set.questions) - len(keys),
        scarce=tuple(kind for kind in quiz_set.kinds if settled[kind] < share),
    )


def report_lines(counted: Report) -> list[str]:
    """Return the report as plain lines, the first about the whole set."""
    lines = [f"{counted.slug}: {counted.title}, {counted.questions} questions"]
    for count in counted.kinds:
        more = f" and {count.borderline} borderline" if count.borderline else ""
        lines.append(f"  {_words(count.kind)}: {count.settled}{more}")
    lines.append("  asked: " + ", ".join(f"{ask} {number}" for ask, number in counted.asks))
    lines.append(f"  asked for loaded words: {counted.loaded} with some, {counted.clean} clean")
    if counted.invented:
        lines.append(f"  invented: {counted.invented}")
    if counted.keyless:
        lines.append(f"  without a key, graded by the reader: {counted.keyless}")
    return lines + [f"  ! {line}" for line in _gaps(counted)]


def _gaps(counted: Report) -> list[str]:
    lines = [
        f"too few keyed and settled for their share of a round of {ROUND}: {_words(kind)}"
        for kind in counted.scarce
    ]
    if counted.only_loaded:
        lines.append("no clean passage among those that ask for loaded words")
    if counted.only_clean:
        lines.append("no loaded words in any passage that asks for them")
    return lines


def _words(kind: Kind) -> str:
    return kind.replace("_", " ")
