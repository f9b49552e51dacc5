"""The score page: plain counts first, discernment when there is enough, what is due."""

from __future__ import annotations

from datetime import datetime

from bot.chat.buttons import Begin, Resume, Review
from bot.chat.says import Keyboard
from bot.chat.views.question import PARAGRAPH
from bot.chat.views.summary import days_until
from bot.quiz.discernment import ENOUGH, Axis, Counts, count, discern
from bot.quiz.tally import Graded, kinds_said, tally
from bot.texts import Markup, Texts, joined

_OTHERS_TEXT = {Axis.STANCE: "score-stance-others", Axis.SOURCE: "score-source-others"}
_SIGNALS_TEXT = {Axis.STANCE: "score-stance-signals", Axis.SOURCE: "score-source-signals"}


def score(
    texts: Texts, answers: list[Graded], due: int, next_due: datetime | None, now: datetime
) -> Markup:
    """Return the score page as words."""
    if not answers:
        return joined([texts.say("score-head"), texts.say("score-empty")], PARAGRAPH)
    parts = [
        texts.say("score-head"),
        joined(_counts(texts, answers), "\n"),
        _discernment(texts, answers),
        _reviews(texts, due, next_due, now),
    ]
    return joined(parts, PARAGRAPH)


def keyboard(texts: Texts, due: int, open_round: int | None) -> Keyboard:
    """Return what one may do from the score page; an open round is gone on with first."""
    if open_round is not None:
        return [[(texts.plain("button-resume"), Resume(open_round))]]
    row = [(texts.plain("button-play"), Begin())]
    return [row, [(texts.plain("button-review"), Review())]] if due else [row]


def _counts(texts: Texts, answers: list[Graded]) -> list[Markup]:
    """Return counts per skill, the two things to tell apart each in a line."""
    counts, pairs = tally(answers), kinds_said(answers)
    lines = [
        texts.say("score-answers", count=len(answers)),
        *(_told_apart(texts, axis, count(axis, pairs)) for axis in Axis),
    ]
    if counts.loaded_total:
        lines.append(
            texts.say("score-loaded", hits=counts.hits, misses=counts.misses, over=counts.over)
        )
    if counts.reason_total:
        lines.append(
            texts.say("score-reason", right=counts.reason_right, unsure=counts.reason_unsure)
        )
    return lines


def _told_apart(texts: Texts, axis: Axis, counts: Counts) -> Markup:
    """Return how the two sides of an axis went, as far as there were answers on each."""
    said = []
    if counts.others:
        slots = {"false_alarms": counts.false_alarms, "others": counts.others}
        said.append(texts.say(_OTHERS_TEXT[axis], **slots))
    if counts.signals:
        said.append(texts.say(_SIGNALS_TEXT[axis], hits=counts.hits, signals=counts.signals))
    return joined(said, " ")


def _discernment(texts: Texts, answers: list[Graded]) -> Markup:
    counts = count(Axis.STANCE, kinds_said(answers))
    if not counts.enough:
        return texts.say("score-too-few", enough=ENOUGH)
    found = discern(counts)
    told = texts.say(
        "score-discern",
        level=found.level,
        d=f"{found.sensitivity:.1f}",
        low=f"{found.low:.1f}",
        high=f"{found.high:.1f}",
    )
    return joined([told, texts.say("score-lean", lean=found.leaning)], "\n")


def _reviews(texts: Texts, due: int, next_due: datetime | None, now: datetime) -> Markup:
    if due or next_due is None:
        return texts.say("score-due", count=due)
    return texts.say("score-next-due", days=days_until(next_due, now))
