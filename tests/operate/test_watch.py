"""What counts as trouble, and when operators are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.operate.vitals import Files, Vitals
from bot.operate.watch import (
    BEFORE,
    LEAST_BEFORE,
    LEAST_FREE,
    RECENT,
    Kind,
    Memory,
    News,
    Observed,
    Told,
    Trouble,
    dump,
    jump,
    load,
    news,
    remembered,
    troubles,
    wilson,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FILES = Files(free=LEAST_FREE + 2_000, database=1_000, backup=NOW - HOUR)
WELL = Observed(
    now=NOW,
    started=NOW - 30 * DAY,
    heard=NOW - timedelta(seconds=31),
    vitals=Vitals(FILES, 3, 9, failed_hour=0, failed_day=2, waiting=1, unsent=0, doubts=()),
    every=DAY,
)


def of_files(**changes: object) -> Observed:
    """Return a bot that is well but for its files."""
    files = replace(FILES, **changes)  # type: ignore[arg-type] # fields, as they are
    return replace(WELL, vitals=replace(WELL.vitals, files=files))


# What is seen, and the troubles that it makes.
SEEN: list[tuple[Observed, list[Trouble]]] = [
    (WELL, []),
    (replace(WELL, heard=NOW - timedelta(seconds=90)), []),
    (
        replace(WELL, heard=NOW - timedelta(seconds=91)),
        [Trouble(Kind.POLLING, {"silent": 91.0})],
    ),
    (replace(WELL, heard=None), []),
    (of_files(free=LEAST_FREE + 1_999), [Trouble(Kind.DISK, {})]),
    (of_files(database=1_001), [Trouble(Kind.DISK, {})]),
    (of_files(backup=NOW - 2 * DAY), []),
    (of_files(backup=NOW - 2 * DAY - MINUTE), [Trouble(Kind.BACKUP, {})]),
    (of_files(backup=None), [Trouble(Kind.BACKUP, {})]),
    (replace(of_files(backup=None), started=NOW - 2 * DAY), []),
    (replace(of_files(backup=NOW - 9 * DAY), started=NOW - DAY), []),
    (replace(of_files(backup=None), every=None), []),
    (
        replace(WELL, vitals=replace(WELL.vitals, failed_hour=2)),
        [Trouble(Kind.FAILED, {"count": 2})],
    ),
    (
        replace(WELL, raised=frozenset({Kind.MODEL, Kind.STORE, Kind.CONFLICT})),
        [Trouble(Kind.CONFLICT), Trouble(Kind.STORE), Trouble(Kind.MODEL)],
    ),
    (
        replace(
            WELL, vitals=replace(WELL.vitals, doubts=(True,) * 40 + (False,) * 60 + (False,) * 900)
        ),
        [Trouble(Kind.DOUBT, {"recent": 0.4, "before": 0.0})],
    ),
]


@pytest.mark.parametrize(("seen", "expected"), SEEN)
def test_what_is_wrong(seen: Observed, expected: list[Trouble]) -> None:
    """Each threshold is crossed by the first value beyond it and not before."""
    found = troubles(seen)
    assert [each.kind for each in found] == [each.kind for each in expected]
    for each, wanted in zip(found, expected, strict=True):
        assert wanted.figures.items() <= each.figures.items()


def test_the_figures_of_troubles() -> None:
    """A full disk is told with what is needed, a late backup with its age since it was made."""
    (disk,) = troubles(of_files(free=5, database=10))
    assert disk.figures == {"free": 5, "needed": LEAST_FREE + 20}
    (late,) = troubles(of_files(backup=NOW - 3 * DAY))
    assert late.figures == {"age": 3 * 86_400}


def doubts(recent: int, before: int, of: int = BEFORE) -> tuple[bool, ...]:
    """Return so many doubts in the newest answers and in so many before them."""
    newest = (True,) * recent + (False,) * (RECENT - recent)
    return newest + (True,) * before + (False,) * (of - before)


# Doubts in the newest and the earlier answers, and whether that is a jump.
JUMPS: list[tuple[tuple[bool, ...], bool]] = [
    ((), False),
    (doubts(100, 0)[:RECENT], False),
    (doubts(50, 0, LEAST_BEFORE - 1), False),
    (doubts(50, 0, LEAST_BEFORE), True),
    (doubts(10, 100), False),
    (doubts(20, 100), False),
    (doubts(30, 100), True),
    (doubts(40, 200), True),
    (doubts(30, 200), False),
    (doubts(0, 500), False),
    (doubts(100, 1_000), False),
    (doubts(9, 0), False),
    (doubts(10, 0), True),
]


@pytest.mark.parametrize(("answers", "expected"), JUMPS)
def test_when_doubt_jumps(answers: tuple[bool, ...], expected: bool) -> None:
    """A share counts as risen when chance is no likely reason; less doubt is no trouble."""
    assert (jump(answers) is not None) is expected


def test_wilson_intervals() -> None:
    """The interval is that of the published example, and stays within 0 and 1 at the ends."""
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 at 95 %.
    assert wilson(81, 263, 1.959964) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 10)[0] == pytest.approx(0)
    assert wilson(10, 10)[1] == pytest.approx(1)


DISK, STORE = Trouble(Kind.DISK, {"free": 1.0}), Trouble(Kind.STORE)


def test_a_trouble_is_told_once_and_its_end_once() -> None:
    """What goes on is told when it begins; when it is over, that is told, and then nothing."""
    memory: Memory = {}
    told: list[News] = []
    for minute, found in enumerate([[], [DISK], [DISK, STORE], [STORE], [STORE], [], []]):
        now = NOW + minute * MINUTE
        fresh = news(memory, found, now)
        told.append(fresh)
        memory = remembered(memory, fresh, now)
    assert told == [
        News(),
        News(begun=(DISK,)),
        News(begun=(STORE,)),
        News(over=(Kind.DISK,)),
        News(),
        News(over=(Kind.STORE,)),
        News(),
    ]


def test_what_comes_and_goes_is_told_once_an_hour() -> None:
    """A trouble that is there every second minute is told of twice in two hours, and its ends."""
    memory: Memory = {}
    begun, ended = 0, 0
    for minute in range(120):
        now = NOW + minute * MINUTE
        fresh = news(memory, [DISK] if minute % 2 == 0 else [], now)
        begun, ended = begun + len(fresh.begun), ended + len(fresh.over)
        memory = remembered(memory, fresh, now)
    assert (begun, ended) == (2, 2)


def test_what_was_not_told_stays_new() -> None:
    """News that reached nobody are news at the next look."""
    assert news({}, [DISK], NOW) == news({}, [DISK], NOW + MINUTE) == News(begun=(DISK,))


def test_a_memory_is_kept_as_text() -> None:
    """What was told comes back from the file as it went in."""
    memory = {Kind.DISK: Told(NOW), Kind.MODEL: Told(NOW - DAY, over=True)}
    assert load(dump(memory)) == memory
    assert load(dump({})) == {}


STRANGE = [
    "",
    "nothing",
    "[]",
    "7",
    "null",
    '{"disk": 5}',
    '{"disk": []}',
    '{"disk": [5, true]}',
    '{"disk": ["yesterday", true]}',
    '{"disk": ["2026-03-02T09:00:00", true]}',
    '{"weather": ["2026-03-02T09:00:00+00:00", true]}',
    "[" * 100_000,
]


@pytest.mark.parametrize("text", STRANGE)
def test_a_memory_that_cannot_be_read(text: str) -> None:
    """Of a file that is no memory nothing is remembered, and nothing breaks."""
    assert load(text) == {}
