"""Looks: beside everything else, at what was there when they began, broken off at the end."""

from __future__ import annotations

import asyncio
import sqlite3
import threading

import pytest

from bot.errors import StoreError
from bot.store.database import Store
from bot.store.looking import AT_ONCE
from tests.store.writing import enrolled, enrolment

FOR_EVER = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


async def test_others_go_on_while_somebody_looks(store: Store) -> None:
    """What is written meanwhile is not seen by the look, and is by the next one."""
    began, go_on = threading.Event(), threading.Event()

    def look(db: sqlite3.Connection) -> list[int]:
        enrolled(db)
        began.set()
        assert go_on.wait(60)
        return enrolled(db)

    looking = asyncio.ensure_future(store.look(look))
    await asyncio.to_thread(began.wait, 60)
    await store.write(enrolment(7))
    assert not looking.done()
    go_on.set()
    assert await looking == []
    assert await store.look(enrolled) == [7]


async def test_no_look_writes(store: Store) -> None:
    """A look that would write fails, with what SQLite says."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await store.look(enrolment(1))
    assert await store.look(enrolled) == []


async def test_many_looks(store: Store) -> None:
    """More looks than there are threads each get their own, over as many connections."""
    await store.write(enrolment(1))
    every = await asyncio.gather(*(store.look(enrolled) for _ in range(5 * AT_ONCE)))
    assert every == [[1]] * 5 * AT_ONCE


async def test_a_look_is_broken_off_in_a_hurry(store: Store) -> None:
    """Whoever looks for ever is told that the database is being closed, and so is the next one."""
    began = threading.Event()

    def look(db: sqlite3.Connection) -> object:
        began.set()
        return db.execute(FOR_EVER).fetchone()

    looking = asyncio.ensure_future(store.look(look))
    await asyncio.to_thread(began.wait, 60)
    while not looking.done():
        store.hurry()
        await asyncio.sleep(0.01)
    with pytest.raises(StoreError, match="being closed"):
        await looking
    with pytest.raises(StoreError, match="being closed"):
        await store.look(enrolled)


async def test_a_glance_still_sees_in_a_hurry(store: Store) -> None:
    """Something small is read until the store is closed."""
    await store.write(enrolment(1))
    store.hurry()
    assert store.glance(enrolled) == [1]


async def test_no_look_at_a_closed_store(store: Store) -> None:
    """It is told that the store is closed."""
    store.close()
    with pytest.raises(StoreError, match="being closed"):
        await store.look(enrolled)
