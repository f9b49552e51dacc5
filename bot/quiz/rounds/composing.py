"""Composing a round: which questions, which thing asked of each, in which order.

In this order of weight: no question twice; the kinds in balance, so that discernment and not a
habit of suspicion is what pays; clean passages among the loaded ones; what is due for review;
what was seen least. After a short warm-up the types are interleaved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.quiz.labels import Ask, Kind
from bot.quiz.rounds.state import Composition, History, Item
from bot.quiz.values import Question, QuizSet

WARM_UP = 2
"""Questions of a round that ask for the kind before the types are mixed."""

TAUGHT_ANSWERS = 12
"""Answers a learner has given before the warm-up comes without its lesson."""

WARM_UP_TAG = "warm-up"
"""Tag by which a set names questions that are easy enough to begin with."""

CYCLE = (Ask.LOADED, Ask.KIND, Ask.REASON)
"""The types in turn after the warm-up."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may still be chosen, with the set it comes from."""

    slug: str
    version: int
    question: Question

    @property
    def kind(self) -> Kind | None:
        return self.question.key.kind if self.question.key else None

    @property
    def loaded(self) -> bool:
        return bool(self.question.key and self.question.key.loaded)


def compose(
    sets: Sequence[QuizSet], history: History, size: int, rng: Random, *, only_due: bool = False
) -> Composition:
    """Compose a round of at most `size` questions from the sets.

    With `only_due` just the questions that are due for review are taken, without a warm-up.
    """
    by_ref = {
        (quiz_set.slug, question.id): _Candidate(quiz_set.slug, quiz_set.version, question)
        for quiz_set in sets
        for question in quiz_set.questions
        if not only_due or (quiz_set.slug, question.id) in history.due
    }
    pool = list(by_ref.values())
    rng.shuffle(pool)
    chosen: list[tuple[_Candidate, Ask]] = []
    for ask, warm in _slots(size, 0 if only_due else WARM_UP, rng):
        if (pick := _pick(pool, ask, warm, chosen, history)) is not None:
            chosen.append(pick)
            pool.remove(pick[0])
    taught = history.answers < TAUGHT_ANSWERS and not only_due
    items = tuple(
        Item(c.slug, c.version, c.question, ask, taught=taught and place < WARM_UP)
        for place, (c, ask) in enumerate(chosen)
    )
    return _with_shortfalls(items, {kind for quiz_set in sets for kind in quiz_set.kinds})


def _slots(size: int, warm_up: int, rng: Random) -> list[tuple[Ask, bool]]:
    """Return the type wished for at each place, and whether the place is in the warm-up."""
    turn = rng.randrange(len(CYCLE))
    warm = [(Ask.KIND, True)] * min(warm_up, size)
    return warm + [(CYCLE[(turn + n) % len(CYCLE)], False) for n in range(size - len(warm))]


def _pick(
    pool: list[_Candidate],
    ask: Ask,
    warm: bool,
    chosen: Sequence[tuple[_Candidate, Ask]],
    history: History,
) -> tuple[_Candidate, Ask] | None:
    """Return the best question for a place; when none asks the type wished for, another type."""
    if not pool:
        return None
    left = Counter(c.loaded for c in pool if Ask.LOADED in c.question.ask)
    fitting = [c for c in pool if ask in c.question.ask]
    if not fitting:
        candidate = min(
            pool, key=lambda c: _cost(c, c.question.ask[0], warm, chosen, history, left)
        )
        return candidate, candidate.question.ask[0]
    return min(fitting, key=lambda c: _cost(c, ask, warm, chosen, history, left)), ask


def _cost(
    candidate: _Candidate,
    ask: Ask,
    warm: bool,
    chosen: Sequence[tuple[_Candidate, Ask]],
    history: History,
    left: Mapping[bool, int],
) -> tuple[int, int, int, int, int, int, int]:
    """Return what speaks against a candidate, the weightiest first; ties fall by the shuffle.

    `left` counts the questions with and without loaded words that may still be asked for them: the
    last of its side is not spent on another type before the round has one.
    """
    same_ask = Counter(c.kind for c, other in chosen if other is ask)
    in_all = Counter(c.kind for c, _ in chosen)
    mixed = Counter(c.loaded for c, other in chosen if other is Ask.LOADED)
    ref = candidate.slug, candidate.question.id
    if ask is Ask.LOADED:
        mixing = mixed[candidate.loaded] - mixed[not candidate.loaded]
    else:
        last = Ask.LOADED in candidate.question.ask and left[candidate.loaded] == 1
        mixing = int(last and not mixed[candidate.loaded])
    return (
        mixing,
        int(warm and (WARM_UP_TAG not in candidate.question.tags or candidate.question.borderline)),
        in_all[candidate.kind],
        same_ask[candidate.kind],
        int(candidate.question.borderline),
        int(ref not in history.due),
        history.seen.get(ref, 0),
    )


def _with_shortfalls(items: tuple[Item, ...], offered: set[Kind]) -> Composition:
    """Say which kinds fall short of an equal share and whether loaded questions are mixed."""
    kinds = Counter(item.question.key.kind for item in items if item.question.key)
    share = len(items) // len(offered) if offered else 0
    loaded = [
        bool(item.question.key.loaded)
        for item in items
        if item.ask is Ask.LOADED and item.question.key
    ]
    composition = Composition(
        items, scarce=tuple(kind for kind in Kind if kind in offered and kinds[kind] < share)
    )
    if len(loaded) < 2:
        return composition
    return replace(composition, only_loaded=all(loaded), only_clean=not any(loaded))
