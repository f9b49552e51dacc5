"""Published sets: versions that count up, and only when something changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import sets
from bot.store.database import Store
from tests.quiz.builders import NOW


def record(slug: str = "demo", title: str = "Ein „Titel“") -> dict[str, object]:
    """Return a set as its JSON record, of which the store reads only name and title."""
    return {"set": slug, "title": title, "questions": [{"id": "a", "loaded": [[0, 3]]}]}


def publish(store: Store, body: dict[str, object], fingerprint: str, origin: str = "") -> int:
    """Publish a set."""
    return store.write_now(lambda db: sets.publish(db, body, fingerprint, NOW, origin))


def test_versions_count_up_when_something_changed(store: Store) -> None:
    """The same fingerprint keeps its version; another one, an old one too, gets a new one."""
    published = [publish(store, record(), mark) for mark in ("x", "x", "y", "y", "x")]
    assert published == [1, 1, 2, 2, 3]


def test_each_set_counts_for_itself(store: Store) -> None:
    """Versions belong to a slug: a second set begins at one, with the same fingerprint too."""
    publish(store, record("one"), "x")
    publish(store, record("one"), "y")
    assert publish(store, record("two"), "x") == 1
    publish(store, record("one"), "z")
    assert sets.newest(store.reader) == [("one", 3), ("two", 1)]


def test_every_version_comes_back_as_it_was(store: Store, path: Path) -> None:
    """An old round finds the version it was made of, after reopening too."""
    publish(store, record(title="old"), "x")
    publish(store, record(title="new"), "y")
    store.close()
    with Store(path) as again:
        assert sets.load(again.reader, "demo", 1) == record(title="old")
        assert sets.load(again.reader, "demo", 2) == record(title="new")


def test_publishing_the_same_again_leaves_the_record(store: Store) -> None:
    """An unchanged set keeps its record and the moment of its publication."""
    publish(store, record(), "x")
    store.write_now(lambda db: sets.publish(db, record(title="?"), "x", NOW + timedelta(days=1)))
    assert sets.load(store.reader, "demo", 1) == record()
    (at,) = store.reader.execute("SELECT published_at FROM sets").fetchone()
    assert at.startswith("2026-03-02")


def test_a_set_is_known_by_the_bytes_it_was_read_from(store: Store) -> None:
    """The bytes of the newest version are recognised, those of an older one not."""
    publish(store, record(), "x", "bytes-1")
    assert sets.published_from(store.reader, "bytes-1")
    publish(store, record(), "x", "bytes-2")
    publish(store, record("two"), "x", "bytes-4")
    assert not sets.published_from(store.reader, "bytes-1")
    assert sets.published_from(store.reader, "bytes-2")
    publish(store, record(), "y", "bytes-3")
    assert not sets.published_from(store.reader, "bytes-2")
    assert sets.published_from(store.reader, "bytes-4")


@pytest.mark.parametrize(("slug", "version"), [("demo", 2), ("demo", 0), ("other", 1)])
def test_a_version_never_published_is_an_error(store: Store, slug: str, version: int) -> None:
    """Asking for what was never published raises with its name."""
    publish(store, record(), "x")
    with pytest.raises(KeyError, match=slug):
        sets.load(store.reader, slug, version)
