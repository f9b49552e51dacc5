"""What is read of a class for its pages: less than the answers, and the same counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.quiz.labels import Kind
from bot.store import results
from bot.store.database import Store
from bot.teaching.classbook import plan_of
from bot.teaching.counting import of_class
from bot.teaching.library import Library
from bot.teaching.regrades import plan, with_kind
from tests.operate.generated import write_log

CLASS = 1


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with a generated log, of which a class has some hundred answers."""
    path: Path = tmp_path_factory.mktemp("generated") / "whosays.db"
    write_log(path, 40_000)
    with Store(path) as opened:
        yield opened


def test_short_answers_count_as_whole_ones(store: Store) -> None:
    """The pages are counted from what is short, and say what all answers say."""
    whole = results.of_class(store.reader, CLASS)
    assert len({(one.ask, one.grade.verdict) for one in whole}) > 8, "of many kinds"
    short = of_class(results.short_of_class(store.reader, CLASS), lambda _: "x" * 4_000)
    assert short == of_class(whole, lambda _: "x" * 4_000)


def test_the_board_counts_what_the_pages_count(store: Store) -> None:
    """What is expected and said of kinds is the same in SQL, for those who are asked about."""
    every = of_class(results.short_of_class(store.reader, CLASS), lambda _: "x" * 4_000).learners
    half = {one.learner: dict(one.kinds) for one in every[::2] if one.kinds}
    assert half
    assert results.kinds_said(store.reader, CLASS, [one.learner for one in every[::2]]) == half


def test_a_plan_reads_what_it_changes(store: Store) -> None:
    """Trying one of those that are alike finds the changes and the spared that trying all does."""
    library = Library(store)
    quiz_set = library.everything()[0]
    key = quiz_set.questions[0].key
    assert key is not None
    other = next(kind for kind in Kind if kind is not key.kind)
    questions = (with_kind(quiz_set.questions[0], other), *quiz_set.questions[1:])
    changed = replace(quiz_set, questions=questions)
    given = results.of_set(store.reader, quiz_set.slug)
    asked = {one.answer: quiz_set.question(one.question).passage for one in given}
    for lower in (False, True):
        all_ = plan(given, changed, asked, lower=lower)
        found = plan_of(store.reader, library, changed, lower=lower)
        assert [(one.result.answer, one.grade) for one in found.changes] == [
            (one.result.answer, one.grade) for one in all_.changes
        ]
        assert found.spared == all_.spared
        assert found.changes
