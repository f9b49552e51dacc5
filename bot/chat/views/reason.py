"""The verdict on a reason: what it named or missed, who graded it and how sure."""

from __future__ import annotations

from bot.chat.views.labels import GOOD_REASON_TEXT
from bot.chat.views.lists import listed
from bot.quiz.labels import GradedBy, ReasonLabel, Verdict
from bot.quiz.rounds import Item
from bot.quiz.values import Grade
from bot.texts import Markup, Texts


def details(texts: Texts, item: Item, grade: Grade) -> list[Markup]:
    """Return what was said of the reason, and what a good one would have named."""
    match grade.verdict:
        case Verdict.RIGHT if grade.matched:
            return [texts.say("reason-matched", cues=listed(texts, grade.matched))]
        case Verdict.RIGHT:
            return [texts.say("reason-good"), _points(texts, item, "reason-key-names")]
        case Verdict.PARTLY:
            return [texts.say("reason-partly"), _missing(texts, item)]
        case Verdict.WRONG:
            return [texts.say("reason-off"), _missing(texts, item)]
    return [_points(texts, item, "reason-would-name")]


def graded_by(texts: Texts, item: Item, grade: Grade) -> Markup:
    """Return who graded a reason, and what the classifier made of it beside the key."""
    percent = round(100 * (grade.model_p or 0))
    match grade.verdict:
        case Verdict.PASSED | Verdict.BORDERLINE:
            return Markup()
        case Verdict.UNSURE:
            return _by_nobody(texts, item, grade, percent)
    if grade.graded_by is GradedBy.KEY:
        return _beside_cues(texts, grade, percent)
    return texts.say("graded-by-reader", percent=percent)


def _points(texts: Texts, item: Item, key: str) -> Markup:
    """Return a sentence with the points of the key, where it has any."""
    points = item.question.key.reason if item.question.key else ()
    return texts.say(key, cues=listed(texts, points)) if points else Markup()


def _missing(texts: Texts, item: Item) -> Markup:
    """Return what a good reason names: the key's points, or without them what its kind takes."""
    if (points := _points(texts, item, "reason-would-name")) or item.reading is None:
        return points
    kind = item.question.key.kind if item.question.key else item.reading.kind
    return texts.say(GOOD_REASON_TEXT[kind])


def _by_nobody(texts: Texts, item: Item, grade: Grade, percent: int) -> Markup:
    """Return why a person is to settle it: the two disagree, nobody is sure, or nobody judged."""
    if grade.matched:
        return texts.say("graded-by-cues-disputed", percent=percent)
    if item.question.key is None:
        return texts.say("graded-by-nobody" if grade.model_label else "graded-by-nobody-reason")
    return texts.say("graded-by-cues-doubts" if grade.model_label else "graded-by-cues-unsure")


def _beside_cues(texts: Texts, grade: Grade, percent: int) -> Markup:
    """Return what the classifier makes of a reason that names one of the key's points."""
    if not grade.model_label:
        return texts.say("graded-by-cues")
    if not grade.model_sure:
        return texts.say("graded-by-cues-unjudged")
    if grade.model_label == ReasonLabel.GOOD:
        return texts.say("graded-by-cues-agrees", percent=percent)
    return texts.say("graded-by-cues-differs", percent=percent)
