"""Composing a round: which questions, which thing asked of each, in which order.

In this order of weight: no question twice; clean passages among the loaded ones; the kinds in
balance, so that discernment and not a habit of suspicion is what pays, against what was seen
before; what is due for review. After a short warm-up the types are interleaved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A question that may still be chosen, with the set it comes from and what weighs on it.

    `due` are the things about it that are due for review. `hard` and `stale` are 1 for a question
    that is not one to begin with, and for one that was seen oftener than others; `seen` is how
    often. Those with the same number in `alike` weigh the same in every place.
    """

    slug: str
    version: int
    question: Question
    asks: tuple[Ask, ...]
    kind: Kind | None
    loaded: bool
    due: frozenset[Ask]
    hard: int
    stale: int
    seen: int
    alike: int


def askable(question: Question) -> tuple[Ask, ...]:
    """Return what may be asked of a question.

    Of a borderline question only the kind, where the set asks it: nothing else about it may be
    marked wrong, so there would be nothing to learn from it.
    """
    only_kind = question.borderline and Ask.KIND in question.ask
    return (Ask.KIND,) if only_kind else question.ask


def _pool(sets: Sequence[QuizSet], history: History, *, only_due: bool) -> list[_Candidate]:
    """Return the candidates of a round, each question once, in the order of the sets."""
    by_ref = {
        (quiz_set.slug, question.id): (quiz_set, question)
        for quiz_set in sets
        for question in quiz_set.questions
    }
    least = min((history.seen.get(ref, 0) for ref in by_ref), default=0)
    numbers: dict[Hashable, int] = {}
    weighed = (_weigh(*pair, history, least, numbers, only_due) for pair in by_ref.values())
    return [candidate for candidate in weighed if candidate.asks]


def _weigh(
    quiz_set: QuizSet,
    question: Question,
    history: History,
    least: int,
    numbers: dict[Hashable, int],
    only_due: bool,
) -> _Candidate:
    """Weigh a question once; of a review only what is due may be asked of it.

    `numbers` has a number for all that weighs on the candidates so far.
    """
    ref = quiz_set.slug, question.id
    due, seen = history.due.get(ref, frozenset()), history.seen.get(ref, 0)
    asks = askable(question)
    asks = tuple(ask for ask in asks if ask in due) if only_due else asks
    kind = question.key.kind if question.key else None
    loaded = bool(question.key and question.key.loaded)
    hard = int(question.borderline or WARM_UP_TAG not in question.tags)
    weight = (asks, kind, loaded, due, hard, seen, question.borderline)
    return _Candidate(
        slug=quiz_set.slug,
        version=quiz_set.version,
        question=question,
        asks=asks,
        kind=kind,
        loaded=loaded,
        due=due,
        hard=hard,
        stale=int(seen > least),
        seen=seen,
        alike=numbers.setdefault(weight, len(numbers)),
    )


def compose(
    sets: Sequence[QuizSet], history: History, size: int, rng: Random, *, only_due: bool = False
) -> Composition:
    """Compose a round of at most `size` questions from the sets.

    With `only_due` just the questions that are due for review are taken, without a warm-up.
    """
    pool = _pool(sets, history, only_due=only_due)
    rng.shuffle(pool)
    chosen: list[tuple[_Candidate, Ask]] = []
    for ask, warm in _slots(size, 0 if only_due else WARM_UP, rng):
        if (pick := _pick(pool, ask, warm, chosen)) is not None:
            chosen.append(pick)
            pool.remove(pick[0])
    taught = history.answers < TAUGHT_ANSWERS and not only_due
    items = tuple(
        Item(c.slug, c.version, c.question, ask, taught=taught and place < WARM_UP)
        for place, (c, ask) in enumerate(chosen)
    )
    return _with_shortfalls(items, {kind for quiz_set in sets for kind in quiz_set.kinds})


def in_order(sets: Sequence[QuizSet], size: int | None = None) -> Composition:
    """Take the questions as the sets have them, the first `size` or all.

    Each asks the first thing that its set names for it.
    """
    asked = [
        Item(quiz_set.slug, quiz_set.version, question, asks[0])
        for quiz_set in sets
        for question in quiz_set.questions
        if (asks := askable(question))
    ]
    return Composition(tuple(asked[:size]))


def _slots(size: int, warm_up: int, rng: Random) -> list[tuple[Ask, bool]]:
    """Return the type wished for at each place, and whether the place is in the warm-up."""
    turn = rng.randrange(len(CYCLE))
    warm = [(Ask.KIND, True)] * min(warm_up, size)
    return warm + [(CYCLE[(turn + n) % len(CYCLE)], False) for n in range(size - len(warm))]


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What is chosen and what is left, counted once for all candidates of a place."""

    of_kind: Mapping[Kind | None, int]
    of_ask: Mapping[tuple[Kind | None, Ask], int]
    mixed: Mapping[bool, int]
    left: Mapping[bool, int]


def _so_far(pool: Sequence[_Candidate], chosen: Sequence[tuple[_Candidate, Ask]]) -> _SoFar:
    return _SoFar(
        of_kind=Counter(c.kind for c, _ in chosen),
        of_ask=Counter((c.kind, ask) for c, ask in chosen),
        mixed=Counter(c.loaded for c, ask in chosen if ask is Ask.LOADED),
        left=Counter(c.loaded for c in pool if Ask.LOADED in c.asks),
    )


def _pick(
    pool: list[_Candidate],
    ask: Ask,
    warm: bool,
    chosen: Sequence[tuple[_Candidate, Ask]],
) -> tuple[_Candidate, Ask] | None:
    """Return the best question for a place; when none asks the type wished for, another type."""
    so_far = _so_far(pool, chosen)
    # Of a hundred questions most are alike, and the first of them stands for all.
    first: dict[int, _Candidate] = {}
    for candidate in pool:
        first.setdefault(candidate.alike, candidate)
    asked = [(c, ask) for c in first.values() if ask in c.asks]
    asked = asked or [(c, c.asks[0]) for c in first.values()]
    return min(asked, key=lambda pair: _cost(pair[0], pair[1], warm, so_far), default=None)


def _cost(candidate: _Candidate, ask: Ask, warm: bool, so_far: _SoFar) -> tuple[int, ...]:
    """Return what speaks against a candidate, the weightiest first; ties fall by the shuffle.

    The last question with (or without) loaded words that may be asked for them is not spent on
    another type before the round has one. A question that was seen oftener than others weighs like
    one more of its kind in the round, so that a scarce kind does not bring the same one every time.
    """
    kind, loaded = candidate.kind, candidate.loaded
    if ask is Ask.LOADED:
        mixing = so_far.mixed.get(loaded, 0) - so_far.mixed.get(not loaded, 0)
    else:
        last = so_far.left.get(loaded) == 1 and Ask.LOADED in candidate.asks
        mixing = int(last and not so_far.mixed.get(loaded))
    return (
        mixing,
        candidate.hard if warm else 0,
        so_far.of_kind.get(kind, 0) + (0 if ask in candidate.due else candidate.stale),
        so_far.of_ask.get((kind, ask), 0),
        int(ask not in candidate.due),
        candidate.seen,
        int(candidate.question.borderline),
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
