"""The rows of the snapshot: answers and their grades, with the meaning of every column."""

from __future__ import annotations

from bot.operate.review.counts import COUNTED
from bot.operate.review.table import Column, Table, View, real, text, whole

ASKED = (
    text("set", "the quiz set, by its short name"),
    whole("version", "version of the set that the answer was given to or graded by"),
    text("question", "the question's id in the set"),
    text("ask", "what was asked: kind, loaded (which words push) or reason (what tells you so)"),
)

_GRADE = (
    text("said", "the kind chosen, marked, nothing loaded, reason, or not sure"),
    text("expected", "what was held against the answer: a kind, the loaded words, or cues"),
    text("verdict", "right, partly, wrong, passed (not sure), borderline, unsure or late"),
    real("score", "0 to 1"),
    text("graded_by", "who graded: key, reader (the machine) or person"),
    text("model_label", "what the machine read, whoever graded; empty where it did not read"),
    real("model_p", "calibrated probability of that label, 0 to 1"),
    whole("model_sure", "1 where the machine was sure by its card's threshold, 0 where not"),
    text("model_version", "version of the model that read"),
    whole("hits", "loaded words that were found"),
    whole("misses", "loaded words that were missed"),
    whole("over", "marked parts that nobody expected"),
    whole("points", "points of the key that a reason names"),
)

ANSWERS = Table(
    "answers",
    "One row per answer, with the grade that stands.",
    (
        Column("id", "INTEGER PRIMARY KEY", "number of the answer in the score log"),
        text("at", "moment of the answer, UTC, to the second"),
        whole("learner", "number of the learner; nothing here says who that is"),
        *ASKED,
        *_GRADE,
        text("key", "what the key said at first: a kind, or names a point; empty for neither"),
        real("seconds", "from shown to answered", "s"),
        whole("unsure", "1 where no machine was sure when the answer was first graded"),
        whole("disputed", "1 where the learner disagreed"),
        text("settled", "a person's decision: upheld, accepted, rejected, rekeyed; else empty"),
        text("regraded", "why it was last graded again: decided, key changed, undone; else empty"),
        whole("regrade", "number of the regrade that stands; empty for the first grade"),
        whole("borderline", "1 where careful readers part ways and any answer is accepted"),
        whole("attempt", "the learner's n-th answer to the same question, within a push"),
        whole("marked", "parts of the passage that were marked"),
        whole("strays", "typed words that are not in the passage"),
        whole("push", "number of the push the round came from; empty for a round of one's own"),
        whole("class", "number of the class it was pushed to"),
        whole("round", "number of the round"),
        text("day", "its day, UTC"),
    ),
    facets=("ask", "verdict", "graded_by", "set"),
    indexes=("learner", "ask", "verdict", "graded_by", "set"),
    latest="id",
)

TYPED = (
    text("typed", "what was typed or marked, as it was said"),
    text("objection", "the learner's words on a grade that they disagreed with"),
)
"""Columns of `ANSWERS` that are there only in a snapshot with text."""

REGRADES = Table(
    "regrades",
    "Answers that were graded again: each grade they ever had, the first one and each regrade.",
    (
        whole("answer", "number of the answer"),
        whole("number", "0 for the first grade, then the number of the regrade"),
        text("at", "moment of the grade, UTC"),
        text("why", "why it was graded again; empty for the first grade"),
        whole("by", "number of the person who graded again; empty for the shell and the first"),
        whole("stands", "1 where this is the grade that counts"),
        whole("learner", "number of the learner"),
        *ASKED,
        *_GRADE,
    ),
    key=("answer", "number"),
    facets=("graded_by", "verdict", "why", "set"),
    latest="answer",
)

GRADES = View(
    "grades",
    "Every grade of every answer: those of answers never graded again, and `regrades`.",
    REGRADES.columns,
    {
        "answer": "id",
        "number": "0",
        "why": "''",
        "by": "NULL",
        "stands": "1",
    },
)


def tables(*, with_text: bool) -> tuple[Table, ...]:
    """Return every table of a snapshot."""
    answers = ANSWERS.with_columns(*TYPED) if with_text else ANSWERS
    return (answers, REGRADES, *COUNTED)


GRADES_VIEW = (
    f"CREATE VIEW review.grades AS SELECT {GRADES.selected} FROM answers WHERE regrade IS NULL"
    f" UNION ALL SELECT {REGRADES.names} FROM regrades"
)
