"""Marking loaded words: hits, misses and over-marks, and that more marks never pay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import GradedBy, Kind, Verdict
from bot.quiz.marking.loaded import SLACK_WORDS, compare, mark_loaded, score_of
from bot.quiz.values import Marks, Question, Reading, Span
from tests.quiz.builders import SURE, question, reading, span_of, spans_of

TEXT = "The minister's circus act of a budget will ruin a generation."
PUSHING = ("circus act", "ruin a generation")
LOADED, CLEAN = question(TEXT, loaded=PUSHING), question(TEXT)

# marked → score, the words of hits, misses and over-marks
COMPARED: list[tuple[tuple[str, ...], float, list[str], list[str], list[str]]] = [
    (PUSHING, 1, [*PUSHING], [], []),
    (("circus", "generation"), 1, [*PUSHING], [], []),
    (("circus act",), 1 / 2, ["circus act"], ["ruin a generation"], []),
    ((), 0, [], [*PUSHING], []),
    ((*PUSHING, "budget"), 2 / 3, [*PUSHING], [], ["budget"]),
    (("circus act", "budget"), 1 / 3, ["circus act"], ["ruin a generation"], ["budget"]),
    (("budget",), 0, [], [*PUSHING], ["budget"]),
    (("of a budget",), 0, [], [*PUSHING], ["of a budget"]),
    (("circus", "act"), 1 / 2, ["circus act"], ["ruin a generation"], []),
    (("circus act", "circus act"), 1 / 2, ["circus act"], ["ruin a generation"], []),
    (("circus act of a budget",), 1 / 2, ["circus act"], ["ruin a generation"], []),
    (
        ("The minister's circus act of a budget",),
        1 / 4,
        ["circus act"],
        ["ruin a generation"],
        ["a", "budget"],
    ),
    (
        ("The minister's circus act of a", "circus act of a budget"),
        1 / 3,
        ["circus act"],
        ["ruin a generation"],
        ["a"],
    ),
    ((TEXT,), 2 / 5, [*PUSHING], [], ["a", "budget", "will"]),
]

WORD = 5
"""Letters of each word of the drawn sentences, so that offsets follow from numbers of words."""


@pytest.mark.parametrize(("marked", "score", "hits", "misses", "over"), COMPARED)
def test_marks_are_compared_by_overlap(
    marked: tuple[str, ...], score: float, hits: list[str], misses: list[str], over: list[str]
) -> None:
    """A few words around a hit are free, further ones and strangers cost, none counts twice."""
    grade = mark_loaded(LOADED, spans_of(TEXT, *marked), None)
    assert grade.score == pytest.approx(score)
    told = [[TEXT[a:b] for a, b in spans] for spans in _apart(grade.marks)]
    assert told == [hits, misses, over]


def _apart(marks: Marks) -> tuple[tuple[Span, ...], ...]:
    return marks.hits, marks.misses, marks.over


@pytest.mark.parametrize(
    ("marked", "verdict"),
    [(PUSHING, Verdict.RIGHT), (("circus",), Verdict.PARTLY), (("budget",), Verdict.WRONG)],
)
def test_the_verdict_follows_the_score(marked: tuple[str, ...], verdict: Verdict) -> None:
    """All and nothing else is right, none is wrong, and between them lies partly."""
    assert mark_loaded(LOADED, spans_of(TEXT, *marked), None).verdict is verdict


@pytest.mark.parametrize(
    ("marked", "verdict", "score"),
    [((), Verdict.RIGHT, 1), (("budget",), Verdict.WRONG, 0), ((TEXT,), Verdict.WRONG, 0)],
)
def test_a_clean_passage_is_right_when_nothing_is_marked(
    marked: tuple[str, ...], verdict: Verdict, score: float
) -> None:
    """Where nothing pushes, nothing marked is worth all and anything marked nothing."""
    grade = mark_loaded(CLEAN, spans_of(TEXT, *marked), None)
    assert (grade.verdict, grade.score, grade.expected) == (verdict, score, "")


@pytest.mark.parametrize("beside", range(SLACK_WORDS + 3))
def test_the_slack_ends_after_a_few_words(beside: int) -> None:
    """A mark may take so many words along with a hit; each one more is an over-mark."""
    words = ["despot", *(f"word{n}" for n in range(beside))]
    text = " ".join(words)
    marks = compare(text, (span_of(text, "despot"),), ((0, len(text)),))
    assert len(marks.over) == max(0, beside - SLACK_WORDS)
    assert marks.hits == (span_of(text, "despot"),)


@pytest.mark.parametrize(("length", "pushing"), [(8, 1), (12, 1), (12, 2), (20, 3), (30, 4)])
def test_marking_the_whole_sentence_gives_little(length: int, pushing: int) -> None:
    """One mark over everything finds all and is worth less than half, however many push."""
    words = [f"loaded{n}" if n < pushing else f"plain{n}" for n in range(length)]
    text = " ".join(words)
    asked = question(text, loaded=words[:pushing])
    assert 0 < mark_loaded(asked, ((0, len(text)),), None).score < 0.5


# question, reading, marked → verdict, score, graded by, expected
KEYLESS, OPEN = question(TEXT, None), question(TEXT, loaded=PUSHING, borderline=True)
CLEAN_OPEN = question(TEXT, borderline=True)
SURE_READ = reading(text=TEXT, loaded=("circus act",))
UNSURE_READ = reading(text=TEXT, loaded=("circus act",), loaded_sure=False)
READ: list[tuple[Question, Reading | None, tuple[str, ...], Verdict, float, GradedBy, str]] = [
    (KEYLESS, SURE_READ, ("circus act",), Verdict.RIGHT, 1, GradedBy.READER, "circus act"),
    (KEYLESS, SURE_READ, ("budget",), Verdict.WRONG, 0, GradedBy.READER, "circus act"),
    (KEYLESS, SURE_READ, (), Verdict.WRONG, 0, GradedBy.READER, "circus act"),
    (KEYLESS, reading(text=TEXT), (), Verdict.RIGHT, 1, GradedBy.READER, ""),
    (KEYLESS, UNSURE_READ, ("budget",), Verdict.UNSURE, 1, GradedBy.READER, "circus act"),
    (KEYLESS, UNSURE_READ, ("circus act",), Verdict.UNSURE, 1, GradedBy.READER, "circus act"),
    (KEYLESS, None, ("budget",), Verdict.UNSURE, 1, GradedBy.READER, ""),
    (CLEAN, SURE_READ, (), Verdict.RIGHT, 1, GradedBy.KEY, ""),
    (CLEAN, UNSURE_READ, ("circus act",), Verdict.WRONG, 0, GradedBy.KEY, ""),
    (OPEN, None, ("budget",), Verdict.BORDERLINE, 1, GradedBy.KEY, "; ".join(PUSHING)),
    (OPEN, None, ("circus",), Verdict.BORDERLINE, 1, GradedBy.KEY, "; ".join(PUSHING)),
    (OPEN, None, PUSHING, Verdict.RIGHT, 1, GradedBy.KEY, "; ".join(PUSHING)),
    (CLEAN_OPEN, None, ("budget",), Verdict.BORDERLINE, 1, GradedBy.KEY, ""),
]


@pytest.mark.parametrize(
    ("asked", "read", "marked", "verdict", "score", "graded_by", "expected"), READ
)
def test_words_are_held_against_the_key_or_a_sure_reading(
    asked: Question,
    read: Reading | None,
    marked: tuple[str, ...],
    verdict: Verdict,
    score: float,
    graded_by: GradedBy,
    expected: str,
) -> None:
    """The key decides, an empty one too; else a sure reader; borderline and unsure accept."""
    grade = mark_loaded(asked, spans_of(TEXT, *marked), read)
    assert (grade.verdict, grade.score) == (verdict, score)
    assert (grade.graded_by, grade.expected) == (graded_by, expected)


def test_the_readers_words_stay_beside_the_key() -> None:
    """A keyed grade notes the words the machine read, the surest of them and its doubt of them."""
    read = reading(Kind.OPINION, text=TEXT, loaded=("budget", "circus"), loaded_sure=False)
    grade = mark_loaded(LOADED, (), read)
    assert (grade.model_label, grade.model_p, grade.model_sure) == ("budget; circus", SURE, False)


@st.composite
def markings(draw: st.DrawFn) -> tuple[str, tuple[Span, ...], tuple[Span, ...], Span | None]:
    """Draw a sentence, what pushes in it, what was marked, and one further over-mark."""
    length = draw(st.integers(1, 16))
    pushing = draw(st.sets(st.integers(0, length - 1), max_size=4))
    runs = st.tuples(st.integers(0, length - 1), st.integers(0, length - 1)).map(sorted)
    marked = draw(st.lists(runs, max_size=5))
    more = draw(runs)
    text = " ".join(["x" * WORD] * length)

    def span(run: list[int]) -> Span:
        return run[0] * (WORD + 1), run[1] * (WORD + 1) + WORD

    expected = tuple(span([n, n]) for n in sorted(pushing))
    over = None if any(more[0] <= n <= more[1] for n in pushing) else span(more)
    return text, expected, tuple(span(run) for run in marked), over


@given(markings())
@settings(max_examples=150, deadline=None)
def test_marking_more_never_pays(
    case: tuple[str, tuple[Span, ...], tuple[Span, ...], Span | None],
) -> None:
    """A further mark on words that nobody expected never raises a score, whatever it touches."""
    text, expected, marked, over = case
    if over is None:
        return
    before, after = compare(text, expected, marked), compare(text, expected, (*marked, over))
    assert score_of(after) <= score_of(before)
    assert after.hits == before.hits


def test_a_bridge_between_marks_takes_no_over_mark_away() -> None:
    """A mark laid over the words between two others does not turn a wrong one into slack."""
    text = "despot one two three"
    expected = spans_of(text, "despot")
    apart = spans_of(text, "despot one", "three")
    bridged = (*apart, span_of(text, "one two three"))
    assert score_of(compare(text, expected, apart)) == 1 / 2
    assert score_of(compare(text, expected, bridged)) < 1 / 2


def test_marks_that_only_touch_do_not_overlap() -> None:
    """A mark that ends where the expected word begins has not found it."""
    marks = compare("half-loaded", ((5, 11),), ((0, 5),))
    assert marks == Marks(misses=((5, 11),), over=((0, 5),))


@given(markings())
@settings(max_examples=60, deadline=None)
def test_every_expected_word_is_a_hit_or_a_miss(
    case: tuple[str, tuple[Span, ...], tuple[Span, ...], Span | None],
) -> None:
    """Hits and misses share out the expected spans, and no over-mark lies on one of them alone."""
    text, expected, marked, _ = case
    marks = compare(text, expected, marked)
    assert sorted(marks.hits + marks.misses) == list(expected)
    assert len(set(marks.over)) == len(marks.over)
    assert not set(marks.over) & set(expected)
