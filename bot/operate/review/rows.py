"""How rows of the score log become rows of the snapshot. Only statements; `snapshot` runs them.

The store is attached as `live` and stands before the snapshot, attached as `review`: a name
without a schema is the store's.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.quiz.labels import Kind
from bot.store.standing import NEWER, standing

SAID = """CASE substr(answers.said, 3, 4) WHEN 'kind' THEN json_extract(answers.said, '$.kind')
    WHEN 'reas' THEN 'reason' WHEN 'pass' THEN 'not sure' ELSE CASE
    WHEN json_array_length(answers.said, '$.marked') + json_array_length(answers.said, '$.strays')
    THEN 'marked' ELSE 'nothing loaded' END END"""
"""What was said without a word of what was typed (`bot.store.log.said_to_json` has the forms)."""

_TYPED = """CASE substr(answers.said, 3, 4) WHEN 'reas' THEN json_extract(answers.said, '$.reason')
    WHEN 'mark' THEN coalesce((SELECT group_concat(value, ' | ') FROM
        (SELECT value FROM json_each(answers.said, '$.words')
         UNION ALL SELECT value FROM json_each(answers.said, '$.strays'))), '')
    ELSE '' END"""

NAMED = "names a point"
"""What the key says of a reason, where it says anything."""

_KINDS = ", ".join(f"'{kind}'" for kind in Kind)

_KEY = f"""CASE WHEN answers.borderline THEN ''
    WHEN answers.ask = 'kind' AND answers.graded_by = 'key' AND answers.expected IN ({_KINDS})
        THEN answers.expected
    WHEN answers.ask = 'reason' AND answers.matched <> '[]' THEN '{NAMED}' ELSE '' END"""

_ASKED = ("answers.slug", "answers.version", "answers.question", "answers.ask")

_OBJECTION = "coalesce(disputes.words, '')"


def _count(column: str, path: str) -> str:
    """Return how many entries a list in a JSON column has; 0 in a column without the list."""
    return f"coalesce(json_array_length({column}, '{path}'), 0)"


def _counts(marks: str, matched: str) -> tuple[str, ...]:
    """Return hits, misses, over-marks and points; most answers have none to be parsed."""
    parsed = (
        f"CASE {marks} WHEN '[[], [], []]' THEN 0 ELSE {_count(marks, f'$[{n}]')} END"
        for n in range(3)
    )
    return (*parsed, f"CASE {matched} WHEN '[]' THEN 0 ELSE {_count(matched, '$')} END")


def _second(column: str) -> str:
    return f"replace(substr({column}, 1, 19), 'T', ' ')"


def _grade(of: Callable[[str], str]) -> tuple[str, ...]:
    """Return the columns of a grade, each of which `of` finds."""
    hits, misses, over, points = _counts(of("marks"), of("matched"))
    model = ("model_label", "model_p", "model_sure", "model_version")
    by = (of("expected"), of("verdict"), of("score"), of("graded_by"))
    return (SAID, *by, *model, hits, misses, over, points)


def _answers(*, with_text: bool) -> str:
    """Return the statement that adds answers."""
    columns = (
        *("answers.id", _second("answers.at"), "answers.learner"),
        *_ASKED,
        *_grade(standing),
        *(_KEY, "seconds", "answers.verdict = 'unsure'", "disputes.answer IS NOT NULL"),
        *("coalesce(settlements.decision, '')", "coalesce(newer.why, '')", "newer.id"),
        *("borderline", "coalesce(again.attempt, 1)"),
        f"CASE answers.ask WHEN 'loaded' THEN {_count('answers.said', '$.marked')} ELSE 0 END",
        f"CASE answers.ask WHEN 'loaded' THEN {_count('answers.said', '$.strays')} ELSE 0 END",
        *("rounds.push", "pushes.class", "answers.round", "substr(answers.at, 1, 10)"),
    )
    text = (_TYPED, _OBJECTION) if with_text else ()
    return (
        f"INSERT INTO review.answers SELECT {', '.join((*columns, *text))} FROM answers"
        " LEFT JOIN rounds ON rounds.id = answers.round"
        " LEFT JOIN pushes ON pushes.id = rounds.push"
        " LEFT JOIN disputes ON disputes.answer = answers.id"
        " LEFT JOIN settlements ON settlements.answer = answers.id"
        f" LEFT JOIN temp.again ON again.id = answers.id {NEWER} WHERE"
    )


def _first_grades() -> str:
    """Return the statement that adds the first grades of answers that were graded again."""
    columns = (
        *("answers.id", "0", _second("answers.at"), "''", "NULL", "0", "answers.learner"),
        *_ASKED,
        *_grade("answers.{}".format),
    )
    return (
        f"INSERT INTO review.regrades SELECT {', '.join(columns)} FROM answers"
        " WHERE answers.id IN (SELECT answer FROM regrades) AND"
    )


def _later_grades() -> str:
    """Return the statement that adds the grades that answers got later, by another version."""
    columns = (
        *("answers.id", "regrades.id", _second("regrades.at"), "regrades.why", "regrades.by"),
        "regrades.id = (SELECT max(id) FROM regrades AS other WHERE other.answer = answers.id)",
        *("answers.learner", "answers.slug", "regrades.version", "question", "ask"),
        *_grade("regrades.{}".format),
    )
    return (
        f"INSERT INTO review.regrades SELECT {', '.join(columns)}"
        " FROM regrades JOIN answers ON answers.id = regrades.answer WHERE"
    )


def adding(*, with_text: bool) -> tuple[str, ...]:
    """Return the statements that add answers and their grades; a condition follows.

    `temp.again` must hold the attempts that are not the first.
    """
    return _answers(with_text=with_text), _first_grades(), _later_grades()


CHANGED = """INSERT INTO changed WITH touched AS (
        SELECT answer FROM live.disputes UNION SELECT answer FROM live.settlements
        UNION SELECT answer FROM live.regrades
        UNION SELECT id FROM review.answers WHERE disputed OR settled <> '' OR regrade IS NOT NULL
    )
    SELECT kept.id FROM touched JOIN review.answers AS kept ON kept.id = touched.answer
    LEFT JOIN live.disputes ON disputes.answer = kept.id
    LEFT JOIN live.settlements ON settlements.answer = kept.id
    WHERE kept.disputed <> (disputes.answer IS NOT NULL)
        OR kept.settled <> coalesce(settlements.decision, '')
        OR kept.regrade IS NOT (SELECT max(id) FROM live.regrades WHERE answer = kept.id)"""
"""Which kept answers have been disputed, settled or graded again, or no longer are."""

CUT_OFF = """INSERT INTO changed SELECT id FROM review.answers WHERE learner IN (
        SELECT kept.learner FROM review.answers AS kept WHERE kept.push IS NOT NULL
        AND kept.push IS NOT (SELECT push FROM live.rounds WHERE rounds.id = kept.round))"""
"""The kept answers of learners some of whose rounds lost their push, as when a class is deleted.

It is all of theirs, since attempts count within a push.
"""

CHANGED_TEXT = f"""INSERT INTO changed SELECT kept.id FROM review.answers AS kept
    JOIN live.answers ON answers.id = kept.id
    LEFT JOIN live.disputes ON disputes.answer = kept.id
    WHERE (kept.typed <> '' OR kept.objection <> '')
        AND (kept.typed IS NOT {_TYPED} OR kept.objection IS NOT {_OBJECTION})"""
"""Which kept answers no longer say what they said: old text is removed from the store."""

FORGOTTEN = "SELECT learner FROM review.learners EXCEPT SELECT id FROM live.learners"
"""Learners who were forgotten since; their numbers are never given out again."""

SAME = f"""SELECT NOT EXISTS (SELECT 1 FROM (SELECT * FROM review.answers
        ORDER BY id DESC LIMIT 1) AS kept LEFT JOIN live.answers ON answers.id = kept.id
        WHERE {_second("answers.at")} IS NOT kept.at OR answers.learner IS NOT kept.learner
        OR answers.round IS NOT kept.round OR answers.question IS NOT kept.question)"""
"""Whether the newest kept answer is in the store: one that was restored has others since."""

COMPLETE = "SELECT (SELECT count(*) FROM live.answers) = (SELECT count(*) FROM review.answers)"
"""Whether the snapshot holds as many answers as the store."""

TO_NUMBER = """SELECT answers.id, answers.learner, rounds.push, answers.slug, answers.question,
        answers.ask
    FROM live.answers LEFT JOIN live.rounds ON rounds.id = answers.round
    WHERE answers.learner IN (SELECT learner FROM live.answers WHERE {of})
    ORDER BY answers.learner, answers.id"""
"""All answers of the learners of some answers, whose attempts are to be counted."""
