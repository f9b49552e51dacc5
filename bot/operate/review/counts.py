"""The counts of the snapshot, small enough for a chart, with the meaning of every column."""

from __future__ import annotations

from bot.operate.review.table import Column, Table, real, text, whole

_SET = text("set", "the quiz set, by its short name")
_ASK = text("ask", "what was asked: kind, loaded or reason")
_N = whole("answers", "how many answers")

DAYS = Table(
    "days",
    "Answers by day, set, question type, verdict and who graded.",
    (
        text("day", "day, UTC"),
        text("week", "the Monday of its week, UTC"),
        _SET,
        _ASK,
        text("verdict", "verdict that stands"),
        text("graded_by", "who graded: key, reader or person"),
        _N,
        real("score", "sum of the scores, each 0 to 1"),
        whole("unsure", "answers of which no machine was sure at first"),
        whole("disputed", "answers whose learner disagreed"),
        whole("waiting", "unsure or disputed answers that nobody settled"),
        whole("hits", "loaded words found"),
        whole("misses", "loaded words missed"),
        whole("over", "marked parts that nobody expected"),
    ),
    facets=("ask", "verdict", "graded_by"),
    latest="day",
)

TIMES = Table(
    "response_times",
    "How long answers took, in whole seconds; the last row of a type holds all that took longer.",
    (_SET, _ASK, whole("seconds", "from shown to answered, rounded down", "s"), _N),
    facets=("ask",),
)

CONFUSIONS = Table(
    "confusions",
    "What the machine read against what the key says or a person decided, borderline ones apart.",
    (
        text("against", "key, or person"),
        _SET,
        _ASK,
        text("truth", "the kind of the key, that a reason names a point of it, or the decision"),
        text("machine", "the machine's label"),
        text("model_version", "version of the model"),
        whole("model_sure", "1 where it was sure"),
        _N,
        real("p", "mean of its probabilities, 0 to 1"),
    ),
    facets=("against", "ask", "model_version", "model_sure"),
    latest="answers",
)

QUESTIONS = Table(
    "questions",
    "Each question of each version of a set, and how it was answered.",
    (
        _SET,
        whole("version", "version of the set"),
        text("question", "the question's id in the set"),
        _ASK,
        _N,
        whole("first", "learners' first answers, which alone make the two figures beside"),
        real("facility", "mean score of first answers, 0 (hard) to 1 (easy), as in Moodle"),
        real("discrimination", "-1 to 1: whether who does well elsewhere does well here"),
        whole("suspect", "1 where the best learners mostly miss it: its key may be wrong"),
        whole("unsure", "answers of which no machine was sure at first"),
        whole("disputed", "answers whose learner disagreed"),
        real("over", "marked parts that nobody expected, per answer"),
        real("seconds", "mean time from shown to answered", "s"),
        text("key", "the kind that the key says; empty without a key"),
        whole("borderline", "1 where careful readers part ways"),
        text("sentence", "the sentence that is asked about"),
    ),
    key=("set", "version", "question", "ask"),
    facets=("ask", "set", "suspect"),
    latest="answers",
)

LEARNERS = Table(
    "learners",
    "Each learner by number, and what their answers say.",
    (
        whole("learner", "number of the learner; nothing here says who that is"),
        _N,
        text("first_day", "day of the first answer, UTC"),
        text("last_day", "day of the last answer, UTC"),
        real("score", "mean score of settled answers, 0 to 1"),
        real("stance", "d′ of telling opinions from facts and claims; 0 is none, 2 good"),
        real("lean", "c: below 0 calls too much an opinion, above 0 too little"),
        real("source", "d′ of telling who names a source"),
        real("over", "marked parts that nobody expected, per answer about loaded words"),
        whole("disputed", "answers that the learner disagreed with"),
    ),
    key=("learner",),
    latest="answers",
)

DISCERNMENT = Table(
    "discernment",
    "How well kinds are told apart, week by week and with practice, over all learners together.",
    (
        text("along", "week, or practice (every ten answers of each learner)"),
        text("set", "one set, or empty for all together"),
        text("axis", "stance (is it an opinion) or source (does somebody vouch for it)"),
        Column(
            "period", "", "the Monday of the week, or which answer of theirs the ten begin with"
        ),
        whole("learners", "how many learners"),
        _N,
        real("sensitivity", "d′: 0 is guessing, 1 fair, 2 good, 3 excellent"),
        real("low", "least d′ with 95 % confidence"),
        real("high", "greatest d′ with 95 % confidence"),
        real("lean", "c: below 0 says opinion (or unsourced) too often, above 0 too seldom"),
    ),
    facets=("along", "axis", "set"),
)

PUSHES = Table(
    "pushes",
    "Each push of a set to a class.",
    (
        whole("push", "number of the push"),
        whole("class", "number of the class"),
        _SET,
        whole("version", "version of the set"),
        text("state", "draft, waiting, sending, sent or cancelled"),
        text("send_at", "when it was to be sent, UTC; empty for at once"),
        text("deadline", "until when it may be answered, UTC"),
        whole("learners", "how many learners it is for"),
        whole("answered", "learners who answered at least one question"),
        _N,
        real("score", "mean score of settled answers, 0 to 1"),
    ),
    key=("push",),
    facets=("state", "class", "set"),
    latest="push",
)

DELIVERIES = Table(
    "deliveries",
    "What became of the messages of each push.",
    (
        whole("push", "number of the push"),
        whole("class", "number of the class"),
        _SET,
        text("message", "set, or reminder"),
        text("state", "waiting, sending, sent, blocked, failed, unknown or skipped"),
        whole("learners", "how many learners"),
    ),
    facets=("message", "state", "set"),
    latest="push",
)

SNAPSHOT = Table(
    "snapshot",
    "When this snapshot was brought up to date, and of what.",
    (
        text("at", "moment, UTC"),
        whole("answers", "answers in it"),
        whole("learners", "learners in it"),
        whole("with_text", "1 where it holds what learners typed"),
        text("shape", "what tells an older shape of snapshot apart"),
    ),
)

COUNTED = (
    DAYS,
    TIMES,
    CONFUSIONS,
    QUESTIONS,
    LEARNERS,
    DISCERNMENT,
    PUSHES,
    DELIVERIES,
    SNAPSHOT,
)
