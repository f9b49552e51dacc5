"""Composing a round: no repeats, kinds in balance, passages mixed, due and unseen ones first.

The seed sets are composed here as well: what a learner meets who goes on and on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import Ask, Kind
from bot.quiz.rounds import Composition, History, compose
from bot.quiz.rounds.composing import TAUGHT_ANSWERS, WARM_UP, WARM_UP_TAG
from bot.quiz.rounds.state import Ref
from bot.quiz.values import Question, QuizSet
from bot.sets import read_bytes
from tests.quiz.builders import ALL, plenty, question, quiz_set

SEEDS = range(12)
NEW = History()
PUBLISHED = Path(__file__).parents[2] / "seeds"
ROUND_SIZE = 8
WIDEST, RARE = 2, 0
"""How far apart the kinds of a round may be, and how many rounds of 60 may miss that by one."""

# how many questions of each kind the sets have (asking all) → how many a round of 8 has, the
# kinds that are named as scarce
STOCKS: list[tuple[dict[Kind, int], dict[Kind, int], tuple[Kind, ...]]] = [
    (dict.fromkeys(Kind, 5), dict.fromkeys(Kind, 2), ()),
    (dict.fromkeys(Kind, 2), dict.fromkeys(Kind, 2), ()),
    (
        {Kind.OPINION: 20, Kind.UNSOURCED_CLAIM: 20, Kind.SOURCED_FACT: 20},
        {},
        (Kind.REPORTED_OPINION,),
    ),
    (
        {Kind.OPINION: 20, Kind.SOURCED_FACT: 1},
        {Kind.OPINION: 7, Kind.SOURCED_FACT: 1},
        (Kind.SOURCED_FACT, Kind.UNSOURCED_CLAIM, Kind.REPORTED_OPINION),
    ),
    (
        {Kind.OPINION: 20, Kind.UNSOURCED_CLAIM: 20, Kind.SOURCED_FACT: 1},
        {Kind.SOURCED_FACT: 1},
        (Kind.SOURCED_FACT, Kind.REPORTED_OPINION),
    ),
]

# what may be asked of a question, whether it is borderline, what is due of it → what a review asks
REVIEWED: list[tuple[tuple[Ask, ...], bool, set[Ask], set[Ask]]] = [
    *((ALL, False, {ask}, {ask}) for ask in Ask),
    (ALL, False, {Ask.LOADED, Ask.REASON}, {Ask.LOADED, Ask.REASON}),
    (ALL, False, set(Ask), set(Ask)),
    (ALL, False, set(), set()),
    ((Ask.KIND,), False, {Ask.REASON}, set()),
    ((Ask.KIND, Ask.LOADED), False, {Ask.LOADED, Ask.REASON}, {Ask.LOADED}),
    (ALL, True, {Ask.KIND, Ask.REASON}, {Ask.KIND}),
    (ALL, True, {Ask.REASON}, set()),
    ((Ask.REASON,), True, {Ask.REASON}, {Ask.REASON}),
]

# how often all questions of one kind were seen, when another kind was never seen
OFTENER = [1, 2, 8, 50]


def stock(kinds: dict[Kind, int]) -> QuizSet:
    """Return a set with so many questions of each kind, every other one clean."""
    return quiz_set(
        *(
            question(kind=kind, name=f"{kind}-{n}", loaded=("despot",) if n % 2 else ())
            for kind, many in kinds.items()
            for n in range(many)
        )
    )


def names(composed: Composition) -> list[str]:
    """Return the ids of the questions of a round, in order."""
    return [item.question.id for item in composed.items]


def kinds_in(composed: Composition, *asks: Ask) -> Counter[Kind | None]:
    """Count the kinds of a round, of some types only when they are given."""
    return Counter(
        item.question.key.kind if item.question.key else None
        for item in composed.items
        if item.ask in (asks or Ask)
    )


def askable(asked: Question) -> tuple[Ask, ...]:
    """Return what a round may ask of a question: of a borderline one the kind, where it can."""
    return (Ask.KIND,) if asked.borderline and Ask.KIND in asked.ask else asked.ask


def gap(composed: Composition) -> int:
    """Return how many more a round has of its most frequent kind than of its rarest."""
    found = kinds_in(composed)
    return max(found.values()) - min(found[kind] for kind in Kind)


def repeated(sets: list[QuizSet], rounds: int, seed: int) -> list[Composition]:
    """Compose rounds one after another, each knowing what was seen in those before."""
    rng, seen, composed = Random(seed), Counter[Ref](), []
    for _ in range(rounds):
        composed.append(compose(sets, History(seen=seen), ROUND_SIZE, rng))
        seen.update(item.ref for item in composed[-1].items)
    return composed


@st.composite
def pools(draw: st.DrawFn) -> list[QuizSet]:
    """Draw sets of any size and mix, keyed and not, one of them perhaps given twice."""
    sets = []
    for slug in draw(st.lists(st.sampled_from("abc"), unique=True)):
        drawn = draw(
            st.lists(
                st.builds(
                    question,
                    kind=st.none() | st.sampled_from(Kind),
                    ask=st.lists(st.sampled_from(Ask), min_size=1, unique=True).map(tuple),
                    borderline=st.booleans(),
                    tags=st.sampled_from([(), (WARM_UP_TAG,)]),
                ),
                max_size=8,
            )
        )
        named = tuple(replace(q, id=f"q{n}") for n, q in enumerate(drawn))
        sets.append(quiz_set(*named, slug=slug))
    return sets + sets[: draw(st.integers(0, 1))]


@given(pools(), st.integers(0, 30), st.integers(0, 99), st.booleans(), st.data())
@settings(max_examples=80, deadline=None)
def test_a_round_is_as_long_as_can_be_and_repeats_nothing(
    sets: list[QuizSet], size: int, seed: int, only_due: bool, data: st.DataObject
) -> None:
    """Any sets give up to `size` different questions, each asked something that it may be asked."""
    refs = sorted({(s.slug, q.id) for s in sets for q in s.questions})
    asks = st.frozensets(st.sampled_from(Ask), min_size=1)
    due = data.draw(st.dictionaries(st.sampled_from(refs), asks, max_size=5)) if refs else {}
    composed = compose(sets, History(due=due), size, Random(seed), only_due=only_due)
    chosen = [item.ref for item in composed.items]
    assert all(item.ask in item.question.ask for item in composed.items)
    by_ref = {(s.slug, q.id): (s.version, q) for s in sets for q in s.questions}
    assert all(by_ref[item.ref] == (item.version, item.question) for item in composed.items)
    can = {ref for ref in due if due[ref] & set(askable(by_ref[ref][1]))} if only_due else refs
    assert len(chosen) == len(set(chosen)) == min(size, len(can))
    if only_due:
        assert all(item.ask in due[item.ref] for item in composed.items)


@pytest.mark.parametrize("sets", [[], [quiz_set()], [quiz_set(slug="a"), quiz_set(slug="b")]])
def test_empty_sets_give_an_empty_round(sets: list[QuizSet]) -> None:
    """Without questions there is a round without items, and no claim about its mix."""
    composed = compose(sets, NEW, 10, Random(1))
    assert composed == Composition(())


@pytest.mark.parametrize(("kinds", "expected", "scarce"), STOCKS)
@pytest.mark.parametrize("seed", SEEDS)
def test_kinds_are_in_balance_as_far_as_the_sets_allow(
    kinds: dict[Kind, int], expected: dict[Kind, int], scarce: tuple[Kind, ...], seed: int
) -> None:
    """A round shares its places out among the kinds there are, and names the ones too few."""
    composed = compose([stock(kinds)], NEW, 8, Random(seed))
    found = kinds_in(composed)
    assert {kind: found[kind] for kind in expected} == expected
    assert composed.scarce == scarce
    plentiful = [found[kind] for kind in kinds if kinds[kind] > 8]
    assert not plentiful or max(plentiful) - min(plentiful) <= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_kind_questions_are_in_balance_among_themselves(seed: int) -> None:
    """Sensitivity rests on the `kind` questions, so no kind prevails among them either."""
    found = kinds_in(compose([plenty()], NEW, 12, Random(seed)), Ask.KIND)
    assert max(found.values()) - min(found[kind] for kind in Kind) <= 1


def test_only_kinds_on_offer_can_be_scarce() -> None:
    """A set that offers two buttons is not blamed for lacking the kinds of the other two."""
    kinds = (Kind.SOURCED_FACT, Kind.OPINION)
    some = quiz_set(*(question(kind=Kind.OPINION, name=f"o{n}") for n in range(6)), kinds=kinds)
    assert compose([some], NEW, 6, Random(1)).scarce == (Kind.SOURCED_FACT,)


@pytest.mark.parametrize("clean", [1, 2, 10])
@pytest.mark.parametrize("pushing", [1, 2, 10])
@pytest.mark.parametrize("seed", SEEDS)
def test_loaded_questions_are_mixed_whenever_the_sets_have_both(
    clean: int, pushing: int, seed: int
) -> None:
    """However few clean or loaded passages there are, both occur among the loaded questions."""
    kinds = list(Kind)
    questions: list[Question] = [
        *(question(kind=kinds[n % 2], name=f"c{n}") for n in range(clean)),
        *(question(kind=kinds[n % 4], name=f"l{n}", loaded=("despot",)) for n in range(pushing)),
    ]
    composed = compose([quiz_set(*questions)], NEW, 10, Random(seed))
    mix = Counter(
        bool(i.question.key and i.question.key.loaded)
        for i in composed.items
        if i.ask is Ask.LOADED
    )
    if mix.total() < 2:
        return
    assert mix[True] > 0
    assert mix[False] > 0
    assert not composed.only_loaded
    assert not composed.only_clean
    if clean == pushing == 10:
        assert abs(mix[True] - mix[False]) <= 1


@pytest.mark.parametrize(
    ("loaded", "only_loaded", "only_clean"), [(("despot",), True, False), ((), False, True)]
)
def test_a_mix_that_cannot_be_had_is_named(
    loaded: tuple[str, ...], only_loaded: bool, only_clean: bool
) -> None:
    """Sets with nothing clean, or nothing loaded, are told from those that can be mixed."""
    some = quiz_set(*(question(name=f"q{n}", loaded=loaded) for n in range(9)))
    composed = compose([some], NEW, 9, Random(1))
    assert (composed.only_loaded, composed.only_clean) == (only_loaded, only_clean)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_round_begins_with_its_warm_up(seed: int) -> None:
    """The first questions ask for the kind and are those tagged as easy, never borderline ones."""
    easy = quiz_set(*(question(name=f"e{n}", tags=(WARM_UP_TAG,)) for n in range(3)), slug="easy")
    doubtful = quiz_set(
        *(
            question(kind=Kind.SOURCED_FACT, name=f"b{n}", borderline=True, tags=(WARM_UP_TAG,))
            for n in range(3)
        ),
        slug="b",
    )
    composed = compose([plenty(), doubtful, easy], NEW, 8, Random(seed))
    first, rest = composed.items[:WARM_UP], composed.items[WARM_UP:]
    assert [item.ask for item in first] == [Ask.KIND] * WARM_UP
    assert {item.slug for item in first} == {"easy"}
    assert len({item.ask for item in rest}) == len(Ask)


@pytest.mark.parametrize(
    ("answers", "taught"), [(0, True), (TAUGHT_ANSWERS - 1, True), (TAUGHT_ANSWERS, False)]
)
def test_only_beginners_are_taught(answers: int, taught: bool) -> None:
    """The warm-up comes with its lesson until a learner has given some answers, and only there."""
    history = History(seen={("other", "x"): answers})
    composed = compose([plenty()], history, 8, Random(3))
    told = [item.taught for item in composed.items]
    assert told == [taught] * WARM_UP + [False] * (8 - WARM_UP)


@pytest.mark.parametrize("seed", SEEDS)
def test_settled_questions_come_before_borderline_ones(seed: int) -> None:
    """Among questions of a kind, those that can be marked are taken before those that cannot."""
    some = quiz_set(*(question(name=f"q{n}", borderline=n < 6) for n in range(12)))
    composed = compose([some], NEW, 6, Random(seed))
    assert not any(item.question.borderline for item in composed.items)


@pytest.mark.parametrize("seed", SEEDS)
def test_due_questions_come_first(seed: int) -> None:
    """Among questions alike, those due for review are taken before new ones."""
    some = quiz_set(*(question(name=f"q{n}") for n in range(12)))
    due = dict.fromkeys([("set", "q3"), ("set", "q7"), ("set", "q11")], frozenset(Ask))
    seen = dict.fromkeys(due, 5)
    composed = compose([some], History(seen=seen, due=due), 3, Random(seed))
    assert {item.ref for item in composed.items} == set(due)


@pytest.mark.parametrize("seed", SEEDS)
def test_due_borderline_questions_come_before_settled_ones(seed: int) -> None:
    """Being due outweighs being borderline, which weighs last."""
    some = quiz_set(*(question(name=f"q{n}", borderline=n < 3) for n in range(12)))
    due = dict.fromkeys([("set", f"q{n}") for n in range(3)], frozenset({Ask.KIND}))
    composed = compose([some], History(due=due), 6, Random(seed))
    assert {item.ref for item in composed.items} >= set(due)
    assert not any(item.question.borderline for item in compose([some], NEW, 6, Random(seed)).items)


@pytest.mark.parametrize("seed", SEEDS)
def test_unseen_questions_come_before_seen_ones(seed: int) -> None:
    """Among questions alike, what was seen least is taken."""
    some = quiz_set(*(question(name=f"q{n}") for n in range(9)))
    seen = {("set", f"q{n}"): 2 if n < 3 else 1 for n in range(6)}
    composed = compose([some], History(seen=seen), 6, Random(seed))
    assert sorted(names(composed)) == ["q3", "q4", "q5", "q6", "q7", "q8"]


@pytest.mark.parametrize("times", OFTENER)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_seen_question_weighs_like_one_more_of_its_kind(times: int, seed: int) -> None:
    """A kind whose questions were all seen gives way by one place at most, however often it was."""
    old, new = Kind.OPINION, Kind.SOURCED_FACT
    some = stock({old: 20, new: 20})
    seen = {("set", q.id): times for q in some.questions if q.id.startswith(f"{old}-")}
    found = kinds_in(compose([some], History(seen=seen), 8, Random(seed)))
    assert (found[old], found[new]) in {(4, 4), (3, 5)}


@pytest.mark.parametrize("seed", SEEDS)
def test_being_due_for_one_thing_is_no_reason_to_ask_another(seed: int) -> None:
    """A question that is due for its reason goes before others where reasons are asked."""
    some = quiz_set(*(question(name=f"q{n}") for n in range(12)))
    due = {("set", "q5"): frozenset({Ask.REASON})}
    composed = compose([some], History({("set", "q5"): 3}, due), 5, Random(seed))
    assert [item.ask for item in composed.items if item.question.id == "q5"] == [Ask.REASON]


@pytest.mark.parametrize("seed", SEEDS)
def test_only_being_seen_oftener_than_the_least_seen_weighs(seed: int) -> None:
    """When everything was seen equally often, a round is the one a newcomer gets."""
    seen = {("set", q.id): 7 for q in plenty().questions}
    told = names(compose([plenty()], History(seen=seen), 8, Random(seed)))
    assert told == names(compose([plenty()], NEW, 8, Random(seed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_due_does_not_weigh_by_how_often_it_was_seen(seed: int) -> None:
    """A kind whose questions are due keeps its share, however often they were seen."""
    some = stock({Kind.OPINION: 8, Kind.SOURCED_FACT: 8})
    refs = [("set", q.id) for q in some.questions if q.id.startswith(Kind.OPINION)]
    history = History(dict.fromkeys(refs, 50), dict.fromkeys(refs, frozenset(Ask)))
    found = kinds_in(compose([some], history, 8, Random(seed)))
    assert found == {Kind.OPINION: 4, Kind.SOURCED_FACT: 4}


def test_a_question_due_in_another_set_is_another_question() -> None:
    """What is due is known by set and id together, since ids repeat between sets."""
    here, there = (quiz_set(question(name="q"), slug=slug) for slug in ("here", "there"))
    history = History(due={("there", "q"): frozenset(Ask)})
    composed = compose([here, there], history, 5, Random(1), only_due=True)
    assert [item.ref for item in composed.items] == [("there", "q")]


def test_a_round_of_what_is_due_has_no_warm_up() -> None:
    """A review asks everything from the first question on and teaches nothing."""
    everything = plenty(4)
    due = {("set", q.id): frozenset(Ask) for q in everything.questions}
    rounds = [
        compose([everything], History(due=due), 6, Random(seed), only_due=True) for seed in SEEDS
    ]
    assert {composed.items[0].ask for composed in rounds} == set(Ask)
    assert not any(item.taught for composed in rounds for item in composed.items)


@pytest.mark.parametrize(("ask", "borderline", "due", "asked"), REVIEWED)
def test_a_review_asks_only_what_is_due(
    ask: tuple[Ask, ...], borderline: bool, due: set[Ask], asked: set[Ask]
) -> None:
    """Of a due question just the due asks that it still may be asked are; without any it waits."""
    some = quiz_set(question(name="q", ask=ask, borderline=borderline), question(name="other"))
    history = History(due={("set", "q"): frozenset(due)})
    rounds = [compose([some], history, 5, Random(seed), only_due=True) for seed in SEEDS]
    assert {item.ask for composed in rounds for item in composed.items} == asked
    assert {tuple(names(composed)) for composed in rounds} == {("q",) if asked else ()}


@pytest.fixture(scope="module")
def published() -> list[QuizSet]:
    """Read the three sets that the bot comes with."""
    files = sorted(PUBLISHED.glob("*.yaml"))
    assert len(files) == 3
    return [read_bytes(file.read_bytes(), file.name) for file in files]


@pytest.mark.parametrize("seed", range(4))
def test_rounds_that_go_on_reach_every_question(published: list[QuizSet], seed: int) -> None:
    """Within 60 rounds over the seed sets every question is asked, and the kinds stay balanced.

    Mixing clean and loaded passages comes before balance, so a rare round is off by one more.
    """
    rounds = repeated(published, 60, seed)
    met = {item.ref for composed in rounds for item in composed.items}
    assert met == {(one.slug, q.id) for one in published for q in one.questions}
    gaps = Counter(map(gap, rounds))
    assert max(gaps) <= WIDEST + 1
    assert gaps[WIDEST + 1] <= RARE


def test_one_seed_gives_one_round() -> None:
    """The same sets, history and seed compose the same round; seeds differ in theirs."""
    rounds = [[compose([plenty()], NEW, 8, Random(seed)) for _ in range(2)] for seed in SEEDS]
    assert all(one == other for one, other in rounds)
    assert len({tuple(names(one)) for one, _ in rounds}) > len(SEEDS) / 2


def test_a_round_longer_than_the_sets_asks_everything_once() -> None:
    """A size beyond the pool gives every question of it, once."""
    small = plenty(1)
    composed = compose([small], NEW, 50, Random(1))
    assert sorted(names(composed)) == sorted(q.id for q in small.questions)


def test_questions_without_a_key_can_be_asked() -> None:
    """A set that leaves grading to the reader makes a round like any other, all kinds scarce."""
    some = quiz_set(*(question(kind=None, name=f"q{n}") for n in range(8)))
    composed = compose([some], NEW, 8, Random(1))
    assert len(composed.items) == 8
    assert (composed.only_loaded, composed.only_clean) == (False, False)
