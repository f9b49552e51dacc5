"""A second build adds what is new, does again what changed, and forgets what was forgotten."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.operate.review.snapshot import Built, build
from bot.quiz.answers import Reasoned
from bot.quiz.labels import Ask
from bot.store import learners
from bot.store.database import Store
from tests.operate.generated import write_log
from tests.operate.review.shots import GENERATED, Shot, shot_of
from tests.quiz.builders import NOW, item, question
from tests.store.played import WRONG, answered, begun

MORE = """INSERT INTO answers SELECT id + 100000, '2026-04-01T08:00:00.000+00:00', learner,
    (SELECT min(id) FROM rounds WHERE rounds.learner = answers.learner), position, slug, version,
    question || '-new', ask, said, expected, score, verdict, graded_by, marks, matched, borderline,
    model_label, model_p, model_version, model_sure, seconds FROM answers WHERE id % 100 = 0"""

CHANGES = {
    "more answers": [MORE],
    "disputes": ["INSERT OR IGNORE INTO disputes (answer, at) VALUES (7, 'x'), (9, 'x')"],
    "a decision": [
        (
            "INSERT OR IGNORE INTO settlements (answer, at, decision)"
            " SELECT answer, 'x', 'upheld' FROM disputes"
        )
    ],
    "a regrade and its undoing": [
        (
            "INSERT INTO regrades (answer, at, why, version, score, verdict, graded_by, expected,"
            " marks, matched) SELECT id, '2026-04-01T08:00:00.000+00:00', why, 2, 0.5, 'partly',"
            " 'key', 'x', marks, matched FROM answers,"
            " (SELECT 'key changed' AS why UNION SELECT 'undone')"
            " WHERE id IN (11, 12, 13)"
        )
    ],
    "a class that is gone": ["DELETE FROM classes WHERE id = 1"],
    "learners who are gone": ["DELETE FROM learners WHERE id IN (3, 5)"],
    "the newest answers' learner": [
        "DELETE FROM learners WHERE id = (SELECT learner FROM answers ORDER BY id DESC LIMIT 1)",
        MORE.replace("id + 100000", "id + (SELECT max(id) FROM answers) - 50"),
    ],
}


@pytest.mark.parametrize("statements", CHANGES.values(), ids=CHANGES.keys())
def test_a_build_upon_another_is_as_good_as_one_from_nothing(
    generated: Shot, statements: list[str]
) -> None:
    """Whatever happened to the store, the snapshot says what one built anew would say."""
    generated.build()
    before = generated.dump()
    generated.do(*statements)
    built = generated.build()
    assert not built.anew
    after = generated.dump()
    assert after != before
    assert after == generated.anew()


def test_only_what_is_new_is_added(generated: Shot) -> None:
    """A second build of an unchanged store does nothing; then a few rows are a few."""
    assert generated.build() == Built(GENERATED, GENERATED, 0, 0, anew=True)
    assert generated.build() == Built(GENERATED, 0, 0, 0, anew=False)
    generated.do("INSERT OR IGNORE INTO disputes (answer, at) VALUES (7, 'x')", MORE)
    assert generated.build() == Built(GENERATED + 20, 20, 1, 0, anew=False)


def test_a_learner_who_is_forgotten_is_gone_from_the_file(
    store: Store, learner: int, other: int, shot: Shot
) -> None:
    """After /forget no row, and no byte of what was typed, is left in the snapshot."""
    said = Reasoned("xylophone-sentence")
    answered(store, begun(store, learner, 1, item(question(), Ask.REASON)), said)
    answered(store, begun(store, other, 2), WRONG)
    shot.build(with_text=True)
    assert b"xylophone-sentence" in shot.bytes()
    store.write_now(lambda db: learners.forget(db, learner))
    built = shot.build(with_text=True)
    assert (built.removed, built.anew) == (1, False)
    assert shot.rows("SELECT DISTINCT learner FROM answers") == [(other,)]
    assert shot.rows("SELECT learner FROM learners") == [(other,)]
    assert b"xylophone-sentence" not in shot.bytes()


def test_text_that_the_store_removed_goes_from_the_snapshot(generated: Shot) -> None:
    """What retention emptied in the store is emptied here, answers and objections."""
    generated.build(with_text=True)
    assert b"I see it otherwise" in generated.bytes()
    generated.do(
        "UPDATE answers SET said = json_object('reason', '') WHERE ask = 'reason'",
        "UPDATE disputes SET words = ''",
    )
    built = generated.build(with_text=True)
    assert built.redone > 0
    assert not built.anew
    assert generated.rows("SELECT DISTINCT typed FROM answers WHERE ask = 'reason'") == [("",)]
    assert b"I see it otherwise" not in generated.bytes()


def test_with_and_without_text_are_built_anew(generated: Shot) -> None:
    """Asking for less removes the columns and every byte of the text."""
    generated.build(with_text=True)
    assert generated.build().anew
    assert b"I see it otherwise" not in generated.bytes()
    assert generated.build(with_text=True).anew
    assert b"I see it otherwise" in generated.bytes()


def test_an_older_shape_is_built_anew(generated: Shot) -> None:
    """A snapshot of another version of the program is made again in place."""
    generated.build()
    with closing(sqlite3.connect(generated.path)) as db:
        db.execute("UPDATE snapshot SET shape = 'old'")
        db.execute("CREATE TABLE left_over (x)")
        db.commit()
    assert generated.build().anew
    assert generated.dump() == generated.anew()


@pytest.mark.parametrize("answers", [400, 4_000])
def test_a_restored_store_is_built_anew(generated: Shot, tmp_path: Path, answers: int) -> None:
    """A store with fewer answers, or with more after some that were lost, takes the old's place."""
    generated.build()
    write_log(tmp_path / "older.sqlite3", answers)
    for ending in ("-wal", "-shm"):
        generated.store.with_name(f"{generated.store.name}{ending}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "older.sqlite3", generated.store)
    built = generated.build()
    assert (built.answers, built.anew) == (answers, True)
    assert generated.dump() == generated.anew()


def test_answers_that_others_took_the_place_of(generated: Shot) -> None:
    """As many answers, the newest of which are others, are no addition to what was there."""
    generated.build()
    generated.do(
        "UPDATE answers SET learner = 4, round = (SELECT min(id) FROM rounds WHERE learner = 4)"
        " WHERE id = (SELECT max(id) FROM answers)"
    )
    assert generated.build().anew
    assert generated.dump() == generated.anew()


def test_a_reader_meanwhile_sees_it_whole(generated: Shot) -> None:
    """Whoever has the snapshot open sees what was there until the build is done."""
    generated.build()
    with closing(sqlite3.connect(f"file:{generated.path}?mode=ro", uri=True)) as reader:
        count = "SELECT count(*), (SELECT sum(answers) FROM days) FROM answers"
        seen = []

        def told(done: int, total: int) -> None:
            seen.append(reader.execute(count).fetchone())

        generated.do(MORE)
        build(generated.store, generated.path, NOW, told, with_text=False)
        assert seen
        assert set(seen) == {(GENERATED, GENERATED)}
        assert reader.execute(count).fetchone() == (GENERATED + 20, GENERATED + 20)


def test_the_store_is_only_read(generated: Shot) -> None:
    """Building does not change the store's file by a byte, and needs no bot to run."""
    before = generated.store.read_bytes()
    generated.build()
    assert generated.store.read_bytes() == before


def test_a_running_bot_is_not_in_the_way(store: Store, learner: int, shot: Shot) -> None:
    """What was just answered, and is still in the store's log, is in the snapshot."""
    answered(store, begun(store, learner), WRONG)
    assert shot_of(store.path).build().answers == 1
    answered(store, begun(store, learner, 2), WRONG)
    assert shot.build() == Built(2, 1, 0, 0, anew=False)
