"""What a snapshot must never hold, looked for in every byte of it."""

from __future__ import annotations

import pytest

from tests.operate.generated import TELEGRAM, TYPED
from tests.operate.review.shots import Shot

PEOPLE = (str(TELEGRAM)[:7].encode(), b"Nick ", b"Class 1", b"code-1")
"""Parts of Telegram ids, nicknames, and names and codes of classes in the generated log."""

TEXT = (TYPED.encode(), b"I see it otherwise", b"stray")


@pytest.fixture
def secret(generated: Shot) -> Shot:
    """Return a snapshot, not built, of a log with everything in it that is nobody's business."""
    generated.do(
        "UPDATE answers SET said = json_set(said, '$.strays', json_array('a-stray-word'))"
        " WHERE ask = 'loaded' AND json_extract(said, '$.passed') IS NULL"
    )
    stored = generated.store.read_bytes()
    assert all(part in stored for part in PEOPLE[1:]), "the log has what is looked for"
    return generated


def test_nothing_tells_who_a_learner_is(secret: Shot) -> None:
    """With or without text there is no Telegram id, nickname, and no class's name or code."""
    for with_text in (False, True):
        secret.build(with_text=with_text)
        dump = "\n".join(secret.dump()).encode()
        assert [part for part in PEOPLE if part in dump or part in secret.bytes()] == []


def test_nothing_that_was_typed_without_asking_for_it(secret: Shot) -> None:
    """Reasons, stray words and objections are there with text alone."""
    secret.build(with_text=True)
    assert [part for part in TEXT if part not in secret.bytes()] == []
    secret.build()
    assert [part for part in TEXT if part in secret.bytes().replace(b"strays", b"")] == []


def test_no_key_links_a_row_to_another_table(secret: Shot) -> None:
    """There are no foreign keys, whose labels would show what another table hides."""
    secret.build()
    tables = secret.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    assert tables
    for (table,) in tables:
        assert secret.rows(f"PRAGMA foreign_key_list({table})") == []
