"""The results of a class, as pages and as a picture."""

from __future__ import annotations

import io

from bot.chat.buttons import Press, SendResults, ShowLearners, ShowQuestions, ShowResults
from bot.chat.says import Keyboard
from bot.chat.views.labels import KIND_TEXT, VERDICT_WORD_TEXT
from bot.quiz.discernment import ENOUGH, Axis
from bot.quiz.labels import Ask, Kind, Verdict
from bot.store.classes import Class
from bot.teaching.classbook import ClassBook
from bot.teaching.library import Library
from bot.teaching.results import (
    NOT_SURE,
    NOTHING,
    OfLearner,
    OfQuestion,
    best_first,
    hardest_first,
    missed_most,
)
from bot.texts import Markup, Texts, escaped, joined

LISTED = 20
"""Learners on a page; the files have all."""

QUESTIONS = 10
"""Questions on a page: with what was said they fit one message."""

MISSED = 3
"""Questions that stand on the first page as the most missed."""

QUOTED = 70
"""Characters of a sentence in a list."""

AXIS_TEXT = {Axis.STANCE: "results-stance", Axis.SOURCE: "results-source"}
_BUTTON_TEXT = {NOTHING: "results-said-nothing", NOT_SURE: "results-said-not-sure"}
RESULTS_ASK_TEXT = {
    Ask.KIND: "results-ask-kind",
    Ask.LOADED: "results-ask-loaded",
    Ask.REASON: "results-ask-reason",
}


SAID = 4
"""Things said that are listed of a question; the rest is in the files."""

SAID_LENGTH = 16
"""Characters of marked words in a list."""


def which(texts: Texts, classes: list[Class]) -> tuple[Markup, Keyboard]:
    """Return the classes whose results can be seen, as buttons."""
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-class", name=one.name), ShowResults(one.id))] for one in classes
    ]
    return texts.say("results-which" if classes else "classes-none"), rows


def page(
    texts: Texts, book: ClassBook, library: Library, *, leads: bool
) -> tuple[Markup, Keyboard]:
    """Return the first page: how many, discernment and lean, what was most missed.

    Telegram identities are for whoever leads the class.
    """
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
            sensitivity=figure(found.sensitivity),
            low=figure(found.low),
            high=figure(found.high),
            lean=figure(found.lean, sign="+"),
        )
        for axis, found in counted.discernment.items()
    ]
    few = counted.answers < 2 * ENOUGH
    missed = [_question(texts, library, one) for one in missed_most(counted.questions, MISSED)]
    suspects = [_suspect(texts, library, one) for one in counted.questions if one.suspect]
    agree, total = book.agreed
    agreed = texts.say("results-agreed", agree=agree, total=total) if total else Markup()
    parts = [
        head,
        joined([*skills, texts.say("results-few") if few else Markup()], "\n"),
        joined([texts.say("results-missed"), *missed], "\n") if missed else Markup(),
        joined(suspects[:MISSED], "\n"),
        agreed,
    ]
    return joined(parts, "\n\n"), _choices(texts, book.of.id, leads=leads)


def learners(texts: Texts, book: ClassBook) -> Markup:
    """Return a line per learner, the most points first."""
    ranked = best_first(book.counted.learners)
    lines = [_learner(texts, book, one) for one in ranked[:LISTED]]
    more = len(ranked) - LISTED
    tail = texts.say("results-more", count=more) if more > 0 else Markup()
    return joined([texts.say("results-learners", name=book.of.name), *lines, tail], "\n")


def questions(texts: Texts, book: ClassBook, library: Library) -> Markup:
    """Return a line per question, the most missed first."""
    ranked = hardest_first(book.counted.questions)
    lines = [_question(texts, library, one) for one in ranked[:QUESTIONS]]
    more = len(ranked) - QUESTIONS
    tail = texts.say("results-more", count=more) if more > 0 else Markup()
    return joined([texts.say("results-questions", name=book.of.name), *lines, tail], "\n")


def figure(value: float, sign: str = "") -> str:
    """Return a figure with one decimal; a nought has no minus."""
    return f"{round(value, 1) + 0.0:{sign}.1f}"


def picture_png(texts: Texts, book: ClassBook) -> bytes:
    """Return the learners' scores as bars (0…1), nobody's name beside them.

    matplotlib is loaded here and not above: it takes half a second that only pictures need.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - see the docstring
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - see the docstring

    scores = [one.score for one in book.counted.learners if one.score is not None]
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


def _choices(texts: Texts, class_id: int, *, leads: bool) -> Keyboard:
    rows: list[list[tuple[str, Press]]] = [
        [
            (texts.plain("button-results-learners"), ShowLearners(class_id)),
            (texts.plain("button-results-questions"), ShowQuestions(class_id)),
        ],
        [(texts.plain("button-results-files"), SendResults(class_id, identities=False))],
    ]
    if leads:
        named = SendResults(class_id, identities=True)
        rows.append([(texts.plain("button-results-identities"), named)])
    return rows


def _learner(texts: Texts, book: ClassBook, one: OfLearner) -> Markup:
    found = one.discernment.get(Axis.STANCE)
    discerns = (
        texts.say("results-learner-discerns", sensitivity=figure(found.sensitivity))
        if found
        else Markup()
    )
    return texts.say(
        "results-learner",
        name=book.called(one.learner),
        score=_percent(texts, one.score),
        answers=one.answers,
        retries=_retries(texts, one),
        discerns=discerns,
        over=one.over,
    )


def _question(texts: Texts, library: Library, one: OfQuestion) -> Markup:
    index = one.discrimination
    return texts.say(
        "results-question",
        passage=_passage(library, one),
        ask=texts.say(RESULTS_ASK_TEXT[one.asked[2]]),
        score=_percent(texts, one.facility),
        answers=one.answers,
        retries=_retries(texts, one),
        discrimination="–" if index is None else f"{index:+.2f}",
        said=_said(texts, one),
    )


def _retries(texts: Texts, one: OfLearner | OfQuestion) -> Markup:
    if not one.retries:
        return Markup()
    return texts.say("results-retries", score=_percent(texts, one.retried), retries=one.retries)


def _percent(texts: Texts, score: float | None) -> Markup:
    return (
        escaped("–") if score is None else texts.say("results-percent", percent=round(100 * score))
    )


def _said(texts: Texts, one: OfQuestion) -> Markup:
    """Return the commonest things said, each with how often."""
    parts = [
        texts.say("results-said", said=_label(texts, one.asked[2], label), count=count)
        for label, count in one.said[:SAID]
    ]
    return joined(parts, ", ")


def _label(texts: Texts, ask: Ask, label: str) -> Markup:
    if label in _BUTTON_TEXT:
        return texts.say(_BUTTON_TEXT[label])
    match ask:
        case Ask.KIND:
            return texts.say(KIND_TEXT[Kind(label)])
        case Ask.REASON:
            return texts.say(VERDICT_WORD_TEXT[Verdict(label)])
    words = label if len(label) <= SAID_LENGTH else f"{label[:SAID_LENGTH].rstrip()}…"
    return texts.say("results-said-words", words=words)


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
