"""Hypothesis strategies for whole values of the quiz: questions, readings, answers."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, Attribution, Kind, ReasonLabel, Stance
from bot.quiz.values import Judgement, Key, LoadedSpan, Passage, Question, Reading, Span
from tests.quiz.builders import ALL, SOURCE

probabilities = st.floats(0, 1)


def spans(length: int) -> st.SearchStrategy[Span]:
    """Draw a span of at least one character within a length."""
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda pair: (pair[0], max(pair[0] + 1, pair[1]))
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Draw a question on any text, keyed or not, borderline or not."""
    text = draw(st.text(min_size=1, max_size=80))
    loaded = draw(st.lists(spans(len(text)), max_size=4, unique=True))
    cue = st.text(max_size=20) | st.sampled_from(["prediction", '"certainly"', "nobody says who"])
    cues = tuple(draw(st.lists(cue, max_size=3)))
    kind = draw(st.none() | st.sampled_from(Kind))
    return Question(
        id="q",
        passage=Passage(text, 0, len(text)),
        ask=ALL,
        source=SOURCE,
        key=Key(kind, tuple(loaded), cues) if kind else None,
        borderline=draw(st.booleans()),
    )


@st.composite
def readings(draw: st.DrawFn, length: int) -> Reading:
    """Draw a reading of a text of some length: the labels need not follow the probabilities."""
    loaded = draw(st.lists(st.tuples(spans(length), probabilities), max_size=4))
    return Reading(
        p_opinion=draw(probabilities),
        p_source={name: draw(probabilities) for name in Attribution},
        loaded=tuple(LoadedSpan(start, end, p) for (start, end), p in loaded),
        stance=draw(st.sampled_from(Stance)),
        attribution=draw(st.sampled_from(Attribution)),
        sure=draw(st.booleans()),
        loaded_sure=draw(st.booleans()),
        model=draw(st.text(max_size=10)),
        why_unsure=draw(st.sampled_from(["", "low_confidence"])),
    )


def judgements() -> st.SearchStrategy[Judgement]:
    """Draw a judgement of a reason: the label need not follow the probabilities."""
    return st.builds(
        Judgement,
        label=st.sampled_from(ReasonLabel),
        p=st.fixed_dictionaries(dict.fromkeys(ReasonLabel, probabilities)),
        sure=st.booleans(),
        model=st.text(max_size=10),
        why_unsure=st.sampled_from(["", "low_confidence"]),
    )


def answers(ask: Ask, length: int) -> st.SearchStrategy[Said]:
    """Draw an answer that fits what is asked about a text of some length."""
    passed: st.SearchStrategy[Said] = st.just(Passed())
    said: dict[Ask, st.SearchStrategy[Said]] = {
        Ask.KIND: st.builds(Chosen, st.sampled_from(Kind)),
        Ask.LOADED: st.builds(Marked, st.lists(spans(length), max_size=5).map(tuple)),
        Ask.REASON: st.builds(Reasoned, st.text(max_size=60)),
    }
    return passed | said[ask]


Case = tuple[Question, Ask, Said, Reading | None, Judgement | None]
"""All that a grade depends on."""


@st.composite
def asked(draw: st.DrawFn) -> Case:
    """Draw all that a grade depends on; a reason names a cue of the key every now and then."""
    question = draw(questions())
    length = len(question.passage.text)
    ask = draw(st.sampled_from(Ask))
    said = draw(answers(ask, length))
    if isinstance(said, Reasoned) and question.key and question.key.reason:
        said = draw(st.sampled_from([said, *map(Reasoned, question.key.reason)]))
    read = draw(st.none() | readings(length))
    judged = draw(st.none() | judgements()) if isinstance(said, Reasoned) else None
    return question, ask, said, read, judged
