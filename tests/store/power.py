"""A store at work, recorded commit by commit, and what is left of it when the power goes.

The work is a bot's: updates are kept, handled with their effects and done mark in one unit, and
marked as sent. `work` does whatever of it is not done yet, so that it also goes on after a cut.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bot.quiz.answers import Chosen, Marked, Reasoned, Said
from bot.quiz.labels import Kind
from bot.store import arrivals, inbox, learners, log, rounds
from bot.store.calls import Call
from bot.store.database import Store
from tests.quiz.builders import NOW, playing, round_of
from tests.store import wal
from tests.store.played import ITEMS, resolve

SAID: tuple[Said, ...] = (Chosen(Kind.SOURCED_FACT), Marked(()), Reasoned("so"))
TABLES = ("learners", "identities", "rounds", "answers", "inbox")

T = TypeVar("T")
State = tuple[tuple[Any, ...], ...]


def updates(people: int) -> list[dict[str, object]]:
    """Return what some people say: each begins a round and answers its questions."""
    said = [(person, step) for step in range(len(SAID) + 1) for person in range(1, people + 1)]
    return [
        {"update_id": 100 + n, "message": {"text": str(step), "chat": {"id": person}}}
        for n, (person, step) in enumerate(said)
    ]


def state(db: sqlite3.Connection) -> State:
    """Return all that a database holds of the work."""
    return tuple(
        row
        for table in TABLES
        for row in db.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - constant names
    )


def work(store: Store, coming: list[dict[str, object]], acknowledged: Callable[[], object]) -> None:
    """Take in what did not come yet, handle what is not handled, and mark what is sent."""
    came = {i for (i,) in store.reader.execute("SELECT update_id FROM inbox")}
    waiting = [update for update in coming if update["update_id"] not in came]

    def do(unit: Callable[[sqlite3.Connection], T]) -> T:
        result = store.write_now(unit)
        acknowledged()
        return result

    def through(raw: dict[str, object]) -> None:
        do(partial(_handle, raw=raw))
        do(partial(inbox.sent, number=int(str(raw["update_id"]))))

    for unsent in inbox.unsent(store.reader):
        do(partial(inbox.sent, number=unsent.number))
    for raw in inbox.unhandled(store.reader):
        through(raw)
    for first in range(0, len(waiting), 3):
        for raw in do(partial(arrivals.keep, batch=waiting[first : first + 3], now=NOW)).updates:
            through(raw)


def _handle(db: sqlite3.Connection, raw: dict[str, Any]) -> None:
    """Do what an update leads to, and mark it as done, as the shell does in one unit."""
    person, step = raw["message"]["chat"]["id"], int(raw["message"]["text"])
    learner = learners.enrol(db, person, NOW)
    if step == 0:
        rounds.begin(db, round_of(*ITEMS, number=person, learner=learner), NOW)
    else:
        round_ = rounds.load(db, learner, person, resolve)
        assert round_ is not None
        after, entries = playing(round_, SAID[step - 1])
        rounds.save(db, after)
        assert all(log.add(db, entry) for entry in entries)
    inbox.done(db, raw["update_id"], [Call("sendMessage", {"chat_id": person})], NOW)


@dataclass
class Recording:
    """A database as it was at the last checkpoint, and its log since.

    `before` is what the log's file held before it was begun anew. `states[n]` is what the database
    held when the n-th commit of the log was acknowledged, and `sizes[n]` how long the log was.
    """

    coming: list[dict[str, object]]
    database: bytes = b""
    before: bytes = b""
    log: bytes = b""
    states: list[State] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    checkpointed: bytes = b""


def record(path: Path, people: int, *, generation: int = 1) -> Recording:
    """Work through what people say; in a second generation the log's file is an old one's."""
    recording = Recording(updates(people))
    beside = path.with_name(f"{path.name}-wal")
    with Store(path) as store:
        store.write_now(lambda db: db.execute("PRAGMA wal_autocheckpoint=0"))
        first = recording.coming[: 0 if generation == 1 else len(recording.coming) // 2]
        work(store, first, lambda: None)
        with sqlite3.connect(path) as other:
            mode = "TRUNCATE" if generation == 1 else "RESTART"
            busy, *_ = other.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        other.close()
        assert not busy
        recording.database, recording.before = path.read_bytes(), beside.read_bytes()

        def acknowledged() -> None:
            recording.states.append(state(store.reader))
            recording.sizes.append(wal.commits(beside.read_bytes())[-1])

        recording.states.append(state(store.reader))
        recording.sizes.append(0)
        work(store, recording.coming, acknowledged)
        recording.log = beside.read_bytes()
        with sqlite3.connect(path) as other:
            other.execute("PRAGMA wal_checkpoint(PASSIVE)")
        other.close()
        recording.checkpointed = path.read_bytes()
    return recording


def cuts(recording: Recording, every: int) -> Iterator[int]:
    """Yield where to cut a log: at each commit, and elsewhere in it at every so many bytes."""
    ends = {frame.end for frame in wal.frames(recording.log)}
    places = {0, 1, wal.HEADER - 1, wal.HEADER}
    places |= ends | {end + 1 for end in ends} | {end - 1 for end in ends}
    places |= {end + wal.FRAME for end in ends} | {end + wal.FRAME - 1 for end in ends}
    places |= set(range(0, len(recording.log), every))
    yield from sorted(place for place in places if place <= len(recording.log))


def whole(recording: Recording, log_: bytes) -> int:
    """Return how many commits a log still has in full; a cut may change nothing by chance."""
    ends = wal.commits(recording.log)
    return sum(log_[:end] == recording.log[:end] for end in ends)


def left(folder: Path, database: bytes, log_: bytes) -> Path:
    """Write what a power cut has left of a database."""
    path = folder / "left.sqlite3"
    for beside in folder.glob(f"{path.name}*"):
        beside.unlink()
    path.write_bytes(database)
    path.with_name(f"{path.name}-wal").write_bytes(log_)
    return path


def check(path: Path, recording: Recording, commits: int, *, go_on: bool) -> None:
    """Check that a database opens, is sound, and holds exactly so many commits.

    With `go_on` also that the work goes on from there to the very same end.
    """
    with Store(path) as store:
        assert store.reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.reader.execute("PRAGMA foreign_key_check").fetchall() == []
        assert state(store.reader) == recording.states[commits]
        if go_on:
            work(store, recording.coming, lambda: None)
            assert state(store.reader) == recording.states[-1]


def half_checkpointed(recording: Recording, random: Random) -> bytes:
    """Return a database into which only some of the log was copied, of one page a part."""
    size, new = wal.page_size(recording.log), recording.checkpointed
    old = recording.database.ljust(len(new), b"\0")
    pages = [old[at : at + size] for at in range(0, len(new), size)]
    written = sorted({frame.page - 1 for frame in wal.frames(recording.log)})
    for n in random.sample(written, random.randint(1, len(written))):
        pages[n] = new[n * size : (n + 1) * size]
    torn = random.choice(written)
    half = random.randrange(size)
    pages[torn] = new[torn * size : torn * size + half] + random.randbytes(size - half)
    return b"".join(pages)[: random.choice((len(recording.database), len(new)))]
