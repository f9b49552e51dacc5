"""The end of a round: counts per skill, what to look at again, when it comes back."""

from __future__ import annotations

from datetime import datetime

from bot.chat.buttons import Begin, Page, Press, Review, ShowScore
from bot.chat.says import Keyboard
from bot.chat.views.labels import KIND_TEXT
from bot.chat.views.question import PARAGRAPH
from bot.quiz.labels import Ask, Kind, Verdict
from bot.quiz.review import MISSED
from bot.quiz.rounds import Item, Round
from bot.quiz.tally import Graded, Tally, tally
from bot.quiz.values import Grade
from bot.texts import Markup, Texts, joined

QUOTED_LENGTH = 90
"""Characters of a passage that are enough to recognise it by."""

EXPECTED_LENGTH = 120
"""Characters of what would have been right."""

LISTED = 8
"""Missed questions that are listed: with their lengths they fit into one message of Telegram's."""


def summary(
    texts: Texts, round_: Round, answers: list[Graded], next_due: datetime | None, now: datetime
) -> Markup:
    """Return the summary of a round, finished or ended early."""
    counts = tally(answers)
    points, total = f"{round(counts.points, 1):g}", len(round_.items)
    if round_.done:
        first = texts.say("summary-head", points=points, total=total)
    else:
        first = texts.say("summary-cancelled", answered=round_.position, points=points, total=total)
    missed = [
        _again(texts, item, grade)
        for item, grade in zip(round_.items, round_.grades, strict=False)
        if grade.verdict in MISSED
    ]
    parts = [first, joined(_skills(texts, counts), "\n")]
    if missed:
        more = len(missed) - LISTED
        rest = texts.say("summary-again-more", count=more) if more > 0 else Markup()
        parts.append(joined([texts.say("summary-again"), *missed[:LISTED], rest], "\n"))
        if next_due:
            parts.append(texts.say("summary-next-review", days=days_until(next_due, now)))
    elif round_.done:
        parts.append(texts.say("summary-nothing-missed"))
    return joined(parts, PARAGRAPH)


def keyboard(texts: Texts, round_: Round) -> Keyboard:
    """Return what one may do after a round; verdicts that were deferred come first."""
    pages: list[list[tuple[str, Press]]] = []
    if round_.options.deferred and round_.position:
        pages = [[(texts.plain("button-pages"), Page(round_.id, 0))]]
    return [
        *pages,
        [(texts.plain("button-again"), Begin())],
        [(texts.plain("button-review"), Review()), (texts.plain("button-score"), ShowScore())],
    ]


def days_until(then: datetime, now: datetime) -> int:
    """Return in how many days a moment is, 0 for the next hours and for the past."""
    return max(0, round((then - now).total_seconds() / 86_400))


def _skills(texts: Texts, counts: Tally) -> list[Markup]:
    lines = []
    if counts.kind_total:
        lines.append(texts.say("summary-kind", right=counts.kind_right, total=counts.kind_total))
    if counts.loaded_total:
        lines.append(
            texts.say("summary-loaded", hits=counts.hits, misses=counts.misses, over=counts.over)
        )
    if counts.reason_total:
        lines.append(
            texts.say(
                "summary-reason",
                right=counts.reason_right,
                total=counts.reason_total,
                unsure=counts.reason_unsure,
            )
        )
    if counts.open:
        lines.append(texts.say("summary-borderline", count=counts.open))
    if counts.late:
        lines.append(texts.say("summary-late", count=counts.late))
    return lines


def _again(texts: Texts, item: Item, grade: Grade) -> Markup:
    """Return a missed question in one line."""
    words = _short(grade.expected, EXPECTED_LENGTH)
    match item.ask:
        case Ask.KIND if grade.expected:
            expected = texts.say(KIND_TEXT[Kind(grade.expected)])
        case Ask.LOADED if grade.expected:
            expected = texts.say("summary-again-loaded", words=words)
        case Ask.LOADED:
            expected = texts.say("summary-again-clean")
        case Ask.REASON if grade.expected:
            expected = texts.say("reason-would-name", cues=words)
        case Ask.REASON if grade.verdict is Verdict.PASSED:
            expected = texts.say("summary-again-keyless")
        case Ask.REASON | Ask.KIND:
            expected = texts.say("summary-again-judged")
    passage = _short(item.question.passage.target, QUOTED_LENGTH)
    return texts.say("summary-again-item", passage=passage, expected=expected)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"
