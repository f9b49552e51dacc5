"""What those who teach read fits one message of Telegram's, whatever was written and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.resources import load_texts
from bot.chat.views import disputes, leaderboard, regrades, results
from bot.local.entities import tidy, units
from bot.local.methods import MOST_TEXT
from bot.local.telegram_html import parse_html
from bot.quiz.answers import Marked, Reasoned, Said
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.values import Grade, Key, Passage, Question
from bot.sets import fingerprint, limits, to_record
from bot.store import sets
from bot.store.classes import Class, Member
from bot.store.database import Store
from bot.store.disputes import LONGEST_WORDS, Case
from bot.store.regrades import Before
from bot.store.results import Result
from bot.teaching.classbook import ClassBook
from bot.teaching.classes import LONGEST_NAME, LONGEST_NICKNAME
from bot.teaching.counting import of_class
from bot.teaching.library import Library
from bot.teaching.regrades import Change, Plan
from bot.teaching.results import Place
from bot.texts import Markup
from tests.quiz.builders import NOW, SOURCE, quiz_set
from tests.teaching.answered import result

TEXTS = load_texts()
LETTERS = ("x", "<", "🦉")
"""A plain letter, one that is escaped, and one that Telegram counts twice."""

GRADE = Grade(1, Verdict.UNSURE, GradedBy.READER, "", model_label="good", model_p=0.5)


def fits(html: Markup) -> bool:
    """Whether a text is one that Telegram takes."""
    return 0 < units(tidy(parse_html(html)).text) <= MOST_TEXT


def full(letter: str, name: str = "q") -> Question:
    """Return a question in which everything is as long as it may be."""
    text = letter * limits.PASSAGE
    key = Key(Kind.OPINION, ((0, len(text)),), (letter * limits.CUE,) * limits.CUES)
    return Question(name, Passage(text, 0, len(text)), (*Ask,), SOURCE, key)


SAYINGS: list[tuple[Ask, Said]] = [
    (Ask.LOADED, Marked(((0, limits.PASSAGE),), ())),
    (Ask.LOADED, Marked(tuple((n, n + 1) for n in range(0, 800, 2)))),
]


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize(("ask", "said"), [*SAYINGS, (Ask.REASON, None)])
def test_a_case(letter: str, ask: Ask, said: Said | None) -> None:
    """Passage, key, reading, answer and objection stand in one message."""
    one = result(1, "q", ask=ask, said=said or Reasoned(letter * 500), grade=GRADE)
    case = Case(one.answer, 1, 1, disputed=True, words=letter * LONGEST_WORDS)
    html, _ = disputes.case(TEXTS, 999, case, one, full(letter), tuple(Kind))
    assert fits(html)


@pytest.mark.parametrize("letter", LETTERS)
def test_the_pages_of_results(letter: str, tmp_path: Path) -> None:
    """Each page stands in one message, of very many learners and questions too."""
    names = [letter * 3 + str(n) for n in range(30)]
    made = quiz_set(*(full(letter, name) for name in names), version=0)
    spans = tuple((n * 40, n * 40 + 39) for n in range(20))
    answers = [
        result(learner, name, 0.0, ask=Ask.LOADED, said=Marked(spans))
        for learner in range(1, 31)
        for name in names
    ]
    with Store(tmp_path / "store.db") as store:
        record, print_ = to_record(made), fingerprint(made)
        store.write_now(lambda db: sets.publish(db, record, print_, NOW))
        library = Library(store)
        book = _book(letter, answers)
        for leads in (True, False):
            assert fits(results.page(TEXTS, book, library, leads=leads)[0])
        assert fits(results.learners(TEXTS, book))
        assert fits(results.questions(TEXTS, book, library))


def _book(letter: str, answers: list[Result]) -> ClassBook:
    target = letter * limits.PASSAGE
    nicknames = {one.learner: letter * LONGEST_NICKNAME for one in answers}
    counted = of_class(answers, lambda _: target)
    found = Class(1, letter * LONGEST_NAME, "code", "UTC")
    return ClassBook(found, nicknames, counted, (1, 2))


@pytest.mark.parametrize("letter", LETTERS)
def test_a_regrade_and_a_leaderboard(letter: str) -> None:
    """Long names and very many rows stand in one message, with the rest counted."""
    changes = tuple(Change(result(n, letter * limits.ID, 0), GRADE) for n in range(200))
    made = quiz_set(full(letter))
    undoable = [Before(n, 1, GRADE, n) for n in range(200)]
    assert fits(regrades.plan(TEXTS, made, Plan(changes, 9), undoable, lower=False)[0])
    members = {
        n: Member(n, letter * LONGEST_NICKNAME, ranked=True, reminders=True) for n in range(200)
    }
    places = [Place(n + 1, n, 1.0) for n in range(200)]
    found = Class(1, letter * LONGEST_NAME, "code", "UTC")
    html, _ = leaderboard.board(TEXTS, found, places, members, members[199])
    assert fits(html)
    assert "← you" in html
    assert "… and 179 more." in html
