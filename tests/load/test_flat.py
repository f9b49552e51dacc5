"""What an answer costs the store, in SQLite's own steps, over a short log and a long one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app.resources import seed_files
from bot.settings import DATABASE
from bot.store import classes, database, deliveries, learners, pushes, rounds
from bot.store.database import Store
from bot.store.pushes import Push, PushState
from bot.teaching.library import Library
from tests.bench.history import TEACHER, VETERAN, write_history
from tests.chat.dialogs import Chat
from tests.operate.generated import TELEGRAM
from tests.quiz.builders import NOW

SHORT, LONG = 2_000, 12_000
VETERAN_ANSWERS = 160
PUPILS = 8
SOMEBODY = TELEGRAM + 9

STEPS = 10
"""Steps of SQLite's machine between two counts."""

MORE = 1.25
"""How much more a step over the longer log may cost: its trees may be a level deeper, and whoever
answers has a round or two more or less."""

COMMON = 500
"""Steps that are nothing beside a log of thousands, which a scan would take ten steps a row for."""

DIALOG = [
    (SOMEBODY, "/start"),
    (SOMEBODY, "/quiz"),
    (SOMEBODY, "[Not sure]"),
    (SOMEBODY, "[Next ▶]"),
    (SOMEBODY, "[Not sure]"),
    (VETERAN, "/score"),
    (VETERAN, "/review"),
    (VETERAN, "/leaderboard"),
    (TEACHER, "/results"),
    (TEACHER, "/pushes"),
    (TEACHER, "/disputes"),
    (VETERAN, "/mydata"),
]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the steps of all connections that are opened, in a list of one number."""
    counted = [0]

    def step() -> None:
        counted[0] += STEPS

    def connect(path: Path, **options: bool) -> sqlite3.Connection:
        connection = plain(path, **options)
        connection.set_progress_handler(step, STEPS)
        return connection

    plain: Callable[..., sqlite3.Connection] = database.connect
    monkeypatch.setattr(database, "connect", connect)
    return counted


async def test_a_longer_log_makes_no_answer_and_no_page_dearer(
    tmp_path: Path, count: list[int]
) -> None:
    """Rounds, answers, scores, reviews, a class's board and results cost the same over 6 times."""
    costs: dict[int, list[int]] = {}
    for answers in (SHORT, LONG):
        folder = tmp_path / str(answers)
        folder.mkdir()
        write_history(folder / DATABASE, answers, veteran=VETERAN_ANSWERS, pupils=PUPILS)
        costs[answers] = []
        async with Chat(folder, seed_files()) as chat:
            people = {who: chat.telegram.user(who, "Somebody") for who, _ in DIALOG}
            for who, said in DIALOG:
                before = count[0]
                assert await chat.say(said, people[who])
                costs[answers].append(count[0] - before)
    assert sum(costs[SHORT]) > COMMON
    for (_, said), short, long in zip(DIALOG, costs[SHORT], costs[LONG], strict=True):
        assert long <= MORE * short + COMMON, (said, short, long)


def test_a_large_class_costs_in_proportion(tmp_path: Path, count: list[int]) -> None:
    """A push to ten times the class takes ten times the work at most; one's own round no more."""
    costs: dict[int, list[int]] = {}
    for size in (50, 500):
        with Store(tmp_path / f"{size}.sqlite3") as store:
            push = _pushed(store, size)

            def cost(read: Callable[[sqlite3.Connection], object], store: Store = store) -> int:
                before = count[0]
                assert store.write_now(read)
                return count[0] - before

            costs[size] = [
                cost(lambda db, push=push: deliveries.of_push(db, push.id)),  # type: ignore[misc]
                cost(lambda db, push=push: rounds.of_push(db, 2, push.id)),  # type: ignore[misc]
            ]
    (few_all, few_own), (many_all, many_own) = costs.values()
    assert many_all <= MORE * 10 * few_all
    assert many_own <= MORE * few_own + COMMON


def _pushed(store: Store, size: int) -> Push:
    """Push a set to a class of so many, and let everybody begin it."""
    library = Library(store)
    library.publish(seed_files(), NOW)
    first = library.newest()[0]

    def unit(db: sqlite3.Connection) -> Push:
        class_id = classes.create(db, "Class", "code", "UTC", NOW)
        for number in range(size):
            classes.join(db, class_id, learners.enrol(db, number + 1, NOW), NOW)
        push = Push(0, class_id, first.slug, first.version, state=PushState.WAITING, send_at=NOW)
        found = pushes.load(db, pushes.create(db, push))
        assert found is not None
        pushes.start(db, found.id)
        db.execute(
            "INSERT INTO rounds (id, learner, items, started_at, push)"
            " SELECT 1000 + learner, learner, '[[]]', '2025-05-01', push FROM deliveries"
        )
        return found

    return store.write_now(unit)
