"""Questions asked of the snapshot: each has a page with a table and CSV, some a chart too.

A parameter that is left empty asks about everything.
"""

from __future__ import annotations

from dataclasses import dataclass

OF_SET = "(:set = '' OR \"set\" = :set)"
"""The filter of the dashboard."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its SQL, whose parameters are names after colons."""

    name: str
    title: str
    what: str
    sql: str


CHARTED = (
    Query(
        "number_of_answers",
        "Answers",
        "How many answers there are.",
        "SELECT coalesce(sum(answers), 0) AS answers,"
        f" printf('%,d', coalesce(sum(answers), 0)) AS shown FROM days WHERE {OF_SET}",
    ),
    Query(
        "mean_score",
        "Mean score",
        "Mean score of all answers, in per cent of what could be had.",
        "SELECT coalesce(round(100 * sum(score) / sum(answers)), 0) AS percent FROM days"
        f" WHERE {OF_SET}",
    ),
    Query(
        "waiting",
        "Waiting for a person",
        "Unsure and disputed answers that nobody settled.",
        "SELECT coalesce(sum(waiting), 0) AS answers,"
        f" printf('%,d', coalesce(sum(waiting), 0)) AS shown FROM days WHERE {OF_SET}",
    ),
    Query(
        "up_to",
        "Up to (UTC)",
        "When this snapshot was brought up to date.",
        "SELECT at, substr(at, 6, 5) || ', ' || substr(at, 12, 5) AS shown FROM snapshot",
    ),
    Query(
        "answers_per_day",
        "Answers per day",
        "Answers by day and question type.",
        f"SELECT day, ask, sum(answers) AS answers FROM days WHERE {OF_SET}"
        " GROUP BY day, ask ORDER BY day, ask",
    ),
    Query(
        "grades_by_type",
        "Grades by question type",
        "Verdicts that stand, by question type.",
        f"SELECT ask, verdict, sum(answers) AS answers FROM days WHERE {OF_SET}"
        " GROUP BY ask, verdict ORDER BY ask, verdict",
    ),
    Query(
        "unsure_and_disputed",
        "Unsure and disputed answers per week",
        "How many answers of a week no machine was sure of, learners disagreed with, and nobody"
        " settled yet.",
        "SELECT week, 'no machine was sure' AS what, sum(unsure) AS answers FROM days"
        f" WHERE {OF_SET} GROUP BY week UNION ALL"
        " SELECT week, 'learner disagreed', sum(disputed) FROM days"
        f" WHERE {OF_SET} GROUP BY week UNION ALL"
        " SELECT week, 'still waiting', sum(waiting) FROM days"
        f" WHERE {OF_SET} GROUP BY week ORDER BY week, what",
    ),
    Query(
        "machine_against_key",
        "Machine against key",
        "How many answers had this key (rows) and this reading of the machine (columns), by model"
        " version, borderline questions apart; the darker, the more of the row.",
        "SELECT model_version, truth AS key_says, machine, sum(answers) AS answers,"
        " round(1.0 * sum(answers)"
        " / sum(sum(answers)) OVER (PARTITION BY model_version, truth), 3) AS share FROM confusions"
        f" WHERE against = 'key' AND {OF_SET} GROUP BY model_version, truth, machine"
        " ORDER BY model_version, truth, machine",
    ),
    Query(
        "machine_against_person",
        "Machine against person",
        "What people decided on unsure and disputed answers (rows), and what the machine had read"
        " (columns), by model version; the darker, the more of the row.",
        "SELECT model_version, truth AS decision, machine, sum(answers) AS answers,"
        " round(1.0 * sum(answers)"
        " / sum(sum(answers)) OVER (PARTITION BY model_version, truth), 3) AS share FROM confusions"
        f" WHERE against = 'person' AND {OF_SET} GROUP BY model_version, truth, machine"
        " ORDER BY model_version, truth, machine",
    ),
    Query(
        "difficulty",
        "Difficulty and discrimination of questions",
        "Facility is the mean score of first answers; discrimination says whether who does well"
        " elsewhere does well here. At least five learners.",
        'SELECT "set", version, question, ask, answers, round(facility, 3) AS facility,'
        " round(discrimination, 3) AS discrimination, suspect, sentence FROM questions"
        f" WHERE discrimination IS NOT NULL AND {OF_SET} ORDER BY discrimination",
    ),
    Query(
        "discernment_by_week",
        "Discernment over time",
        "d′ of all learners together, with its 95 % interval, week by week.",
        "SELECT period AS week, axis, learners, answers, round(sensitivity, 3) AS sensitivity,"
        " round(low, 3) AS low, round(high, 3) AS high, round(lean, 3) AS lean FROM discernment"
        " WHERE along = 'week' AND \"set\" = :set ORDER BY period, axis",
    ),
    Query(
        "discernment_with_practice",
        "Discernment with practice",
        "d′ over the first ten answers of each learner about kinds, the next ten, and so on.",
        "SELECT period AS answer, axis, learners, answers, round(sensitivity, 3) AS sensitivity,"
        " round(low, 3) AS low, round(high, 3) AS high, round(lean, 3) AS lean FROM discernment"
        " WHERE along = 'practice' AND \"set\" = :set AND learners >= 3 ORDER BY period, axis",
    ),
    Query(
        "over_marking",
        "Over-marking",
        "Loaded words found and missed, and parts marked that nobody expected, per answer.",
        "SELECT week, 'over-marked' AS what, 1.0 * sum(\"over\") / sum(answers) AS parts FROM days"
        f" WHERE ask = 'loaded' AND {OF_SET} GROUP BY week UNION ALL"
        " SELECT week, 'found', 1.0 * sum(hits) / sum(answers) FROM days"
        f" WHERE ask = 'loaded' AND {OF_SET} GROUP BY week UNION ALL"
        " SELECT week, 'missed', 1.0 * sum(misses) / sum(answers) FROM days"
        f" WHERE ask = 'loaded' AND {OF_SET} GROUP BY week ORDER BY week, what",
    ),
    Query(
        "time_to_answer",
        "Time to answer",
        "How many answers took how many seconds, in steps of five.",
        "SELECT ask, seconds / 5 * 5 AS seconds, sum(answers) AS answers FROM response_times"
        f" WHERE {OF_SET} GROUP BY ask, seconds / 5 ORDER BY ask, seconds",
    ),
    Query(
        "pushes_delivered",
        "Pushes delivered",
        "What became of the last fifteen pushes, by learner.",
        'SELECT push, class, "set", state, learners FROM deliveries'
        " WHERE message = 'set' AND push IN (SELECT DISTINCT push FROM deliveries"
        f" WHERE {OF_SET} ORDER BY push DESC LIMIT 15) ORDER BY push DESC, state",
    ),
)
"""What the dashboard shows, by the name of its chart."""

LISTED = (
    Query(
        "to_settle",
        "What waits for a person",
        "Unsure and disputed answers that nobody settled, the 500 oldest; see /disputes.",
        'SELECT id, at, learner, class, "set", question, ask, said, expected, verdict,'
        " model_label, model_p, disputed FROM answers"
        " WHERE (verdict = 'unsure' OR disputed) AND settled = '' ORDER BY id LIMIT 500",
    ),
    Query(
        "machine_differs",
        "Where a sure machine differs from the key",
        "Questions by how often; the key, or the machine, may be wrong.",
        'SELECT "set", version, question, ask, "key", model_label, model_version,'
        " count(*) AS answers, round(avg(model_p), 3) AS p FROM answers"
        " WHERE ask = 'kind' AND \"key\" <> '' AND model_label NOT IN ('', \"key\") AND model_sure"
        ' GROUP BY "set", version, question, "key", model_label, model_version'
        " ORDER BY answers DESC",
    ),
    Query(
        "suspect_keys",
        "Questions whose key may be wrong",
        "The learners who are best at the others mostly miss these.",
        'SELECT "set", version, question, ask, first, round(facility, 2) AS facility,'
        ' round(discrimination, 2) AS discrimination, disputed, "key", sentence FROM questions'
        " WHERE suspect ORDER BY disputed DESC, facility",
    ),
    Query(
        "one_learner",
        "One learner's answers",
        "All that a learner answered, by number, the newest first.",
        'SELECT id, at, "set", question, ask, said, expected, score, verdict, graded_by, seconds'
        " FROM answers WHERE learner = :learner ORDER BY id DESC",
    ),
    Query(
        "history_of_an_answer",
        "Every grade of one answer",
        "Which key and version, what was answered, what the machine read, who graded, and what"
        " took its place.",
        "SELECT * FROM grades WHERE answer = :answer ORDER BY number",
    ),
    Query(
        "sets_side_by_side",
        "Sets side by side",
        "Answers, mean score, and how many were unsure or disputed, by set and question type.",
        'SELECT "set", ask, sum(answers) AS answers, round(sum(score) / sum(answers), 3) AS score,'
        " sum(unsure) AS unsure, sum(disputed) AS disputed, sum(waiting) AS waiting FROM days"
        ' GROUP BY "set", ask ORDER BY "set", ask',
    ),
)
"""What has no chart."""

QUERIES = (*LISTED, *CHARTED)
