"""The verdict on an answer: what was right, why, which words pushed, who graded and how sure."""

from __future__ import annotations

from bot.chat.buttons import Disagree, Finish, Next, Press
from bot.chat.says import Keyboard
from bot.chat.views import reason
from bot.chat.views.labels import A_KIND_TEXT, VERDICT_TEXT
from bot.chat.views.lists import listed
from bot.chat.views.question import PARAGRAPH, head, shown
from bot.quiz.answers import Chosen, Marked, Said
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.rounds import Item, Round
from bot.quiz.values import Grade, Span
from bot.texts import Markup, Texts, escaped, joined

_TELLS_CHOICE = (Verdict.WRONG, Verdict.BORDERLINE, Verdict.LATE)
"""Verdicts that say which kind was chosen: what was right does not tell it."""


def verdict(
    texts: Texts, round_: Round, position: int, said: Said, *, disputed: bool = False
) -> Markup:
    """Return the message that a question becomes when it is answered."""
    item, grade = round_.items[position], round_.grades[position]
    result = joined([texts.say(VERDICT_TEXT[grade.verdict]), _expected(texts, item, grade)], " ")
    if isinstance(said, Chosen) and said.kind != grade.expected and grade.verdict in _TELLS_CHOICE:
        chosen = texts.say("you-chose-kind", kind=texts.say(A_KIND_TEXT[said.kind]))
        result = joined([result, chosen], " ")
    strays = said.strays if isinstance(said, Marked) else ()
    stray = texts.say("loaded-stray", words=listed(texts, strays)) if strays else Markup()
    parts = [
        joined([head(texts, round_, position), shown(texts, item, _underlined(item))], PARAGRAPH),
        joined([result, *_details(texts, item, grade), stray], "\n"),
        escaped(grade.explanation),
        _graded_by(texts, item, grade),
        texts.say("disputed") if disputed else Markup(),
    ]
    return joined(parts, PARAGRAPH)


def noted(texts: Texts, round_: Round, position: int) -> Markup:
    """Return the message that a question becomes where verdicts wait for the end."""
    item, late = round_.items[position], round_.grades[position].verdict is Verdict.LATE
    told = texts.say("noted-late" if late else "noted")
    return joined([head(texts, round_, position), shown(texts, item), told], PARAGRAPH)


def keyboard(
    texts: Texts, round_: Round, position: int, *, leads_on: bool, disputed: bool
) -> Keyboard:
    """Return the buttons under a verdict; `leads_on` while nothing came after it."""
    row: list[tuple[str, Press]] = []
    if leads_on and round_.done:
        row.append((texts.plain("button-finish"), Finish(round_.id)))
    elif leads_on and not round_.closed:
        row.append((texts.plain("button-next"), Next(round_.id, position + 1)))
    if not disputed:
        row.append((texts.plain("button-disagree"), Disagree(round_.id, position)))
    return [row] if row else []


def _expected(texts: Texts, item: Item, grade: Grade) -> Markup:
    """Return which kind the sentence is, where that was asked."""
    if item.ask is not Ask.KIND or not grade.expected:
        return Markup()
    kind = Kind(grade.expected)
    open_case = grade.verdict in (Verdict.BORDERLINE, Verdict.UNSURE)
    if open_case and grade.graded_by is GradedBy.READER:
        return Markup()
    key = "would-be-kind" if open_case else "is-kind"
    return texts.say(key, kind=texts.say(A_KIND_TEXT[kind]))


def _details(texts: Texts, item: Item, grade: Grade) -> list[Markup]:
    underlined = texts.say("loaded-underlined") if _underlined(item) else Markup()
    match item.ask:
        case Ask.KIND:
            sourced = grade.expected == Kind.SOURCED_FACT and grade.graded_by is GradedBy.KEY
            return [texts.say("sourced-caution") if sourced else Markup(), underlined]
        case Ask.LOADED:
            return _marks(texts, item, grade)
        case Ask.REASON:
            return [*reason.details(texts, item, grade), underlined]


def _marks(texts: Texts, item: Item, grade: Grade) -> list[Markup]:
    """Return hits, misses and over-marks, each on a line."""
    if grade.verdict is Verdict.UNSURE:
        return []
    target, marks = item.question.passage.target, grade.marks

    def words(spans: tuple[Span, ...]) -> Markup:
        return listed(texts, tuple(target[start:end] for start, end in spans))

    lines = [
        texts.say(key, words=words(spans))
        for key, spans in (
            ("loaded-found", marks.hits),
            ("loaded-missed" if marks.hits else "loaded-words", marks.misses),
            ("loaded-over", marks.over),
        )
        if spans
    ]
    clean = not marks.hits and not marks.misses
    return [*lines, texts.say("loaded-clean")] if clean else lines


def _graded_by(texts: Texts, item: Item, grade: Grade) -> Markup:
    """Return who graded, and what the machine made of it; nobody grades what comes too late."""
    if grade.verdict is Verdict.LATE:
        return Markup()
    if grade.graded_by is GradedBy.PERSON:
        return texts.say("graded-by-person")
    if item.ask is Ask.REASON:
        return reason.graded_by(texts, item, grade)
    percent = round(100 * (grade.model_p or 0))
    if grade.graded_by is GradedBy.READER:
        return _machine_alone(texts, grade, percent)
    if item.ask is Ask.KIND and grade.model_label:
        return _machine_beside_key(texts, grade, percent)
    return texts.say("graded-by-key")


def _machine_alone(texts: Texts, grade: Grade, percent: int) -> Markup:
    """Return who graded what no key settled: the classifier, or nobody yet."""
    if grade.verdict is Verdict.UNSURE:
        return texts.say("graded-by-nobody")
    if grade.model_p is None:
        return texts.say("graded-by-reader-words")
    return texts.say("graded-by-reader", percent=percent)


def _machine_beside_key(texts: Texts, grade: Grade, percent: int) -> Markup:
    """Return how the classifier reads a sentence whose key graded."""
    if not grade.model_sure:
        return texts.say("graded-by-key-doubts")
    if grade.model_label == grade.expected:
        return texts.say("graded-by-key-agrees", percent=percent)
    kind = texts.say(A_KIND_TEXT[Kind(grade.model_label)])
    return texts.say("graded-by-key-differs", kind=kind, percent=percent)


def _underlined(item: Item) -> tuple[Span, ...]:
    """Return the words to underline: the key's, or without a key those read for sure."""
    if item.question.key:
        return item.question.key.loaded
    if item.reading is None or not item.reading.loaded_sure:
        return ()
    return tuple((span.start, span.end) for span in item.reading.loaded)
