"""The results of a class, as pages and as a picture."""

from __future__ import annotations

import io

from bot.chat.buttons import Press, SendResults, ShowLearners, ShowQuestions, ShowResults
from bot.chat.says import Keyboard
from bot.quiz.discernment import ENOUGH, Axis
from bot.quiz.labels import Ask
from bot.store.classes import Class
from bot.teaching.classbook import ClassBook
from bot.teaching.library import Library
from bot.teaching.regrades import agreement
from bot.teaching.results import OfLearner, OfQuestion, missed_most
from bot.texts import Markup, Texts, joined

LISTED = 20
"""Learners or questions on a page; the files have all."""

MISSED = 3
"""Questions that stand on the first page as the most missed."""

QUOTED = 70
"""Characters of a sentence in a list."""

AXIS_TEXT = {Axis.STANCE: "results-stance", Axis.SOURCE: "results-source"}
RESULTS_ASK_TEXT = {
    Ask.KIND: "results-ask-kind",
    Ask.LOADED: "results-ask-loaded",
    Ask.REASON: "results-ask-reason",
}


def which(texts: Texts, classes: list[Class]) -> tuple[Markup, Keyboard]:
    """Return the classes whose results can be seen, as buttons."""
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-class", name=one.name), ShowResults(one.id))] for one in classes
    ]
    return texts.say("results-which" if classes else "classes-none"), rows


def page(texts: Texts, book: ClassBook, library: Library) -> tuple[Markup, Keyboard]:
    """Return the first page: how many, discernment and lean, what was most missed."""
    counted = book.counted
    if not counted.answers:
        return texts.say("results-none", name=book.of.name), []
    head = texts.say(
        "results-head",
        name=book.of.name,
        learners=len(counted.learners),
        answers=counted.answers,
        retries=counted.retries,
    )
    skills = [
        texts.say(
            AXIS_TEXT[axis],
            sensitivity=f"{found.sensitivity:.1f}",
            low=f"{found.low:.1f}",
            high=f"{found.high:.1f}",
            lean=f"{found.lean:+.1f}",
        )
        for axis, found in counted.discernment
    ]
    few = counted.answers < 2 * ENOUGH
    missed = [_question(texts, library, one) for one in missed_most(counted.questions, MISSED)]
    suspects = [_suspect(texts, library, one) for one in counted.questions if one.suspect]
    parts = [
        head,
        joined([*skills, texts.say("results-few") if few else Markup()], "\n"),
        joined([texts.say("results-missed"), *missed], "\n") if missed else Markup(),
        joined(suspects[:MISSED], "\n"),
        _agreement(texts, book),
    ]
    return joined(parts, "\n\n"), _choices(texts, book.of.id)


def learners(texts: Texts, book: ClassBook) -> Markup:
    """Return a line per learner, the most points first."""
    ranked = sorted(book.counted.learners, key=lambda one: one.score, reverse=True)
    lines = [_learner(texts, book, one) for one in ranked[:LISTED]]
    more = len(ranked) - LISTED
    tail = texts.say("results-more", count=more) if more > 0 else Markup()
    return joined([texts.say("results-learners", name=book.of.name), *lines, tail], "\n")


def questions(texts: Texts, book: ClassBook, library: Library) -> Markup:
    """Return a line per question, the most missed first."""
    ranked = sorted(book.counted.questions, key=lambda one: one.facility)
    lines = [_question(texts, library, one) for one in ranked[:LISTED]]
    more = len(ranked) - LISTED
    tail = texts.say("results-more", count=more) if more > 0 else Markup()
    return joined([texts.say("results-questions", name=book.of.name), *lines, tail], "\n")


def picture_png(texts: Texts, book: ClassBook) -> bytes:
    """Return the learners' scores as bars (0…1), nobody's name beside them.

    matplotlib is loaded here and not above: it takes half a second that only pictures need.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - see the docstring
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - see the docstring

    scores = [one.score for one in book.counted.learners]
    figure = Figure(figsize=(6, 3.4), dpi=150, layout="constrained")
    axes = figure.subplots()
    axes.hist([100 * score for score in scores], bins=range(0, 101, 10), color="#0072b2")
    axes.set_xlabel(texts.plain("results-picture-score"))
    axes.set_ylabel(texts.plain("results-picture-learners"))
    axes.xaxis.set_major_formatter("{x:.0f} %")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _agreement(texts: Texts, book: ClassBook) -> Markup:
    """Return how often person and machine agree on what the machine was not sure of."""
    agree, total = agreement(book.settled)
    return texts.say("results-agreement", agree=agree, total=total) if total else Markup()


def _choices(texts: Texts, class_id: int) -> Keyboard:
    return [
        [
            (texts.plain("button-results-learners"), ShowLearners(class_id)),
            (texts.plain("button-results-questions"), ShowQuestions(class_id)),
        ],
        [(texts.plain("button-results-files"), SendResults(class_id, identities=False))],
        [(texts.plain("button-results-identities"), SendResults(class_id, identities=True))],
    ]


def _learner(texts: Texts, book: ClassBook, one: OfLearner) -> Markup:
    return texts.say(
        "results-learner",
        name=book.called(one.learner),
        percent=round(100 * one.score),
        answers=one.answers,
        retries=one.retries,
        over=one.tally.over,
    )


def _question(texts: Texts, library: Library, one: OfQuestion) -> Markup:
    said = ", ".join(f"{label} {count}" for label, count in one.said)
    index = one.discrimination
    return texts.say(
        "results-question",
        passage=_passage(library, one),
        ask=texts.say(RESULTS_ASK_TEXT[one.asked[2]]),
        percent=round(100 * one.facility),
        answers=one.answers,
        discrimination="–" if index is None else f"{index:+.2f}",
        said=said.replace("_", " "),
    )


def _suspect(texts: Texts, library: Library, one: OfQuestion) -> Markup:
    return texts.say("results-suspect", passage=_passage(library, one))


def _passage(library: Library, one: OfQuestion) -> str:
    slug, question, _ = one.asked
    found = library.find(slug)
    try:
        target = found.question(question).passage.target if found else question
    except KeyError:
        return question
    return target if len(target) <= QUOTED else f"{target[:QUOTED].rstrip()}…"
