"""What a snapshot says of a score log, row by row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import ReviewError
from bot.operate.review.tables import GRADES, tables
from bot.quiz.answers import Chosen, Marked, Passed, Reasoned
from bot.quiz.discernment import Axis, Counts, discern
from bot.quiz.labels import Ask, GradedBy, Kind, ReasonLabel, Verdict
from bot.quiz.values import Grade
from bot.store import disputes, log, regrades, results
from bot.store.database import Store
from bot.store.disputes import Decision
from bot.store.regrades import Why
from bot.teaching.counting import of_class
from tests.operate.review.shots import Shot, shot_of
from tests.quiz.builders import NOW, TEXT, item, judgement, question, reading, span_of
from tests.store.played import WRONG, answered, begun

MARKED = Marked((span_of(TEXT, "despot"), span_of(TEXT, "Monday")), ("tyrant",))
BY_PERSON = Grade(1, Verdict.RIGHT, GradedBy.PERSON, Kind.SOURCED_FACT)


def test_an_answer_is_a_row_with_the_grade_that_stands(
    store: Store, learner: int, shot: Shot
) -> None:
    """A wrong answer that was disputed and accepted shows as right, by a person, and says why."""
    answered(store, begun(store, learner), WRONG)
    store.write_now(lambda db: log.dispute(db, learner, 1, 0, NOW))
    store.write_now(lambda db: disputes.settle(db, 1, None, Decision.ACCEPTED, NOW))
    store.write_now(lambda db: regrades.add(db, 1, BY_PERSON, 1, None, Why.DECIDED, NOW))
    shot.build()
    row = shot.one("SELECT * FROM answers")
    assert row["at"] == "2026-03-02 12:00:05"
    asked = {"set": "set", "version": 1, "question": "a", "ask": "kind", "said": "sourced_fact"}
    stands = {"verdict": "right", "score": 1.0, "graded_by": "person", "expected": "sourced_fact"}
    since = {"disputed": 1, "settled": "accepted", "regraded": "decided", "regrade": 1}
    assert row == row | asked | stands | since | {
        "learner": learner,
        "seconds": 5.0,
        "key": "opinion",
    }
    both = "SELECT number, stands, verdict, expected, why FROM grades ORDER BY number"
    first = (0, 0, "wrong", "opinion", "")
    assert shot.rows(both) == [first, (1, 1, "right", "sourced_fact", "decided")]


def test_words_and_reasons_are_counted(store: Store, learner: int, shot: Shot) -> None:
    """Marked words are hits, misses and over-marks; of a reason the machine's label stands."""
    round_ = begun(store, learner)
    round_, _ = answered(store, round_, Passed(), MARKED)
    answered(store, round_, Reasoned("it hates him"), judged=judgement(ReasonLabel.PARTLY))
    shot.build()
    kind, loaded, reason = (
        shot.one("SELECT * FROM answers WHERE ask = ?", ask) for ask in ("kind", "loaded", "reason")
    )
    assert (kind["said"], kind["verdict"]) == ("not sure", "passed")
    counts = {"said": "marked", "marked": 2, "strays": 1, "hits": 1, "misses": 0}
    assert loaded == loaded | counts
    assert loaded["over"] > 0
    machine = {"model_label": "partly", "model_p": 0.95, "model_sure": 1, "model_version": "m-1"}
    assert reason == reason | machine | {"said": "reason", "graded_by": "reader", "key": ""}


@pytest.mark.parametrize(
    ("said", "shown"), [(Marked(()), "nothing loaded"), (Marked((), ("x",)), "marked")]
)
def test_nothing_loaded_is_not_a_stray_word(
    store: Store, learner: int, shot: Shot, said: Marked, shown: str
) -> None:
    """The button and a word that is not in the passage are told apart."""
    answered(store, begun(store, learner, 1, item(question(), Ask.LOADED)), said)
    shot.build()
    assert shot.rows("SELECT said FROM answers") == [(shown,)]


def test_attempts_count_what_is_answered_again(store: Store, learner: int, shot: Shot) -> None:
    """The second answer of the same learner to the same question is the second attempt."""
    for number in (1, 2):
        answered(store, begun(store, learner, number, item(question())), WRONG)
    shot.build()
    assert shot.rows("SELECT attempt FROM answers ORDER BY id") == [(1,), (2,)]
    assert shot.one("SELECT * FROM questions")["first"] == 1


def test_figures_are_those_of_the_class_pages(generated: Shot) -> None:
    """Facility, discrimination, warnings and d′ agree with what instructors are shown."""
    generated.build()
    with Store(generated.store) as store:
        slug = "espreso-generals"
        ours = results.of_set(store.reader, slug)
        keep = "DELETE FROM answers WHERE slug <> ?"
        store.write_now(lambda db: db.execute(keep, (slug,)))
    generated.build()
    counted = of_class(ours, lambda _: "x" * 4_000)
    for one in counted.questions:
        values = (slug, one.asked[1], one.asked[2])
        where = 'WHERE "set" = ? AND question = ? AND ask = ?'
        found = generated.one(f"SELECT * FROM questions {where}", *values)  # noqa: S608 - constant
        assert found["facility"] == pytest.approx(one.facility)
        assert found["discrimination"] == pytest.approx(one.discrimination)
        assert (found["answers"], found["suspect"]) == (one.answers + one.retries, one.suspect)
    for learner in counted.learners:
        row = generated.one("SELECT * FROM learners WHERE learner = ?", learner.learner)
        apart = learner.discernment.get(Axis.STANCE)
        assert row["stance"] == (apart and pytest.approx(apart.sensitivity))
        assert row["lean"] == (apart and pytest.approx(apart.lean))
        assert row["answers"] == learner.answers + learner.retries


def test_discernment_by_week_and_with_practice(store: Store, learner: int, shot: Shot) -> None:
    """d′ of a week and of ten answers is that of the plain counts."""
    kinds = [Kind.OPINION] * 8 + [Kind.SOURCED_FACT] * 8
    items = [item(question(name=f"q{n}", kind=kind)) for n, kind in enumerate(kinds)]
    said = [*[Chosen(Kind.OPINION)] * 6, *[Chosen(Kind.SOURCED_FACT)] * 10]
    answered(store, begun(store, learner, 1, *items), *said)
    shot.build()
    week = shot.one(
        "SELECT * FROM discernment WHERE along = 'week' AND axis = 'stance' AND \"set\" = ''"
    )
    assert week["sensitivity"] == pytest.approx(discern(Counts(8, 6, 8, 0)).sensitivity)
    assert (week["period"], week["answers"]) == ("2026-03-02", 16)
    practice = (
        "SELECT period, answers FROM discernment WHERE along = 'practice' AND axis = 'stance'"
    )
    # The second ten are facts alone, of which d′ says nothing.
    assert set(shot.rows(practice)) == {(1, 10)}


def test_the_machine_against_the_key(store: Store, learner: int, shot: Shot) -> None:
    """A reading that differs from the key counts under both labels; borderline ones do not."""
    read = reading(Kind.UNSOURCED_CLAIM)
    items = [
        item(question(name="a"), read=read),
        item(question(name="b"), read=reading(sure=False)),
        item(question(name="c", borderline=True), read=read),
    ]
    answered(store, begun(store, learner, 1, *items), WRONG, WRONG, WRONG)
    shot.build()
    found = shot.rows(
        "SELECT truth, machine, model_version, model_sure, answers FROM confusions ORDER BY machine"
    )
    opinion = ("opinion", "opinion", "m-1", 0, 1)
    assert found == [opinion, ("opinion", "unsourced_claim", "m-1", 1, 1)]


def test_every_column_is_explained_and_there(generated: Shot) -> None:
    """The tables on disk have the documented columns in their order, and no other table."""
    for with_text in (False, True):
        generated.build(with_text=with_text)
        names = generated.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        documented = {table.name: table.columns for table in tables(with_text=with_text)}
        documented[GRADES.name] = GRADES.columns
        assert {name for (name,) in names if not name.startswith("sqlite_")} == documented.keys()
        for name, columns in documented.items():
            there = [row[1] for row in generated.rows(f"PRAGMA table_info({name})")]
            assert there == [column.name for column in columns]
            assert all(column.what for column in columns)


def test_counts_agree_with_the_rows(generated: Shot) -> None:
    """Days, response times, questions and learners each count every answer once."""
    built = generated.build()
    for table in ("days", "response_times", "questions", "learners"):
        assert generated.rows(f"SELECT sum(answers) FROM {table}") == [(built.answers,)]  # noqa: S608 - constant
    grades = "SELECT count(*) FROM grades WHERE stands"
    assert generated.rows(grades) == [(built.answers,)]
    waiting = "SELECT count(*) FROM answers WHERE (verdict = 'unsure' OR disputed) AND settled = ''"
    assert generated.rows("SELECT sum(waiting) FROM days") == generated.rows(waiting)


def test_an_empty_log_is_an_empty_snapshot(store: Store, shot: Shot) -> None:
    """Before anybody answered there is a snapshot with all its tables."""
    assert shot.build().answers == 0
    assert shot.rows("SELECT count(*) FROM days, answers, questions") == [(0,)]


def test_no_store_is_told_in_a_line(tmp_path: Path) -> None:
    """Without a score log there is an error that says who makes one, and no file is left."""
    with pytest.raises(ReviewError, match="no score log yet"):
        shot_of(tmp_path / "whosays.sqlite3").build()
    assert not list(tmp_path.iterdir())


def test_what_is_no_snapshot_is_told_in_a_line(generated: Shot) -> None:
    """A file in the snapshot's place that is none is left alone, with a word on what to do."""
    generated.path.write_bytes(b"hands off" * 1000)
    with pytest.raises(ReviewError, match="may be deleted"):
        generated.build()
    assert generated.path.read_bytes().startswith(b"hands off")


def test_a_store_of_another_version_leaves_nothing_behind(tmp_path: Path) -> None:
    """A store without the tables that are needed is an error, not half a snapshot."""
    with closing(sqlite3.connect(tmp_path / "whosays.sqlite3")) as db:
        db.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY)")
    with pytest.raises(ReviewError, match="cannot build"):
        shot_of(tmp_path / "whosays.sqlite3").build()
    assert [file.name for file in tmp_path.glob("review*")] == []


def test_only_its_owner_reads_the_snapshot(generated: Shot) -> None:
    """The file has no rights for the group or for others."""
    generated.build()
    assert generated.path.stat().st_mode & 0o077 == 0
