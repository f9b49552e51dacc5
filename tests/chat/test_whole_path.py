"""An instructor's whole path, with fifty learners: from an article to a regrade."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.chat.buttons import Accept, Rekey, SendResults, ShowResults, encode
from bot.cli import main
from bot.local.values import Account
from bot.quiz.labels import GradedBy, Kind
from bot.store import classes, deliveries, results
from bot.store.roles import Role
from bot.teaching import results as teaching
from tests.chat.dialogs import Chat, Without, check, verify
from tests.chat.people import new_class, number_of, somebody
from tests.chat.sets import asks, files, quiz_set, seeds
from tests.chat.test_articles import ARTICLE, DULL, FACT, PUSHES, READER

PUPILS = 50
WRONG = 7
"""Of every seven pupils one calls the fact an opinion."""


class School:
    """An instructor with a class of pupils, of whom the first blocked the bot."""

    def __init__(self, chat: Chat, teacher: Account, pupils: list[Account]) -> None:
        self.chat, self.teacher, self.pupils = chat, teacher, pupils

    @property
    def class_id(self) -> int:
        """The number of the class."""
        return classes.everything(self.chat.bot.store.reader)[0].id

    async def drafts(self) -> None:
        """Send the article, correct the draft and publish it: two questions about kinds."""
        send = self.chat.telegram.attach
        await self.chat.answer_to(
            lambda: send(self.teacher, "houses.txt", ARTICLE.encode()), self.teacher
        )
        await verify(
            self.chat,
            [
                ("[Look through them ▶]", FACT),
                ("[Keep it ▶]", PUSHES),
                ("[✓ loaded: circus]", "Loaded: shameful"),
                ("[Explanation]", "Type"),
                ("It judges.", "It judges."),
                ("[Keep it ▶]", "I am not sure of that"),
                ("[Drop it]", "Houses: 2 questions"),
                ("[Publish for my classes]", "is published"),
            ],
            self.teacher,
        )

    async def pushes(self) -> None:
        """Push the set to the class: kinds alone, in the order of the file."""
        await verify(
            self.chat,
            [("/push", "Which set shall go to Class 7b?"), ("[Houses]", "Press a line")],
            self.teacher,
        )
        await self.chat.say("[Order: composed]", self.teacher)
        await self.chat.say("[Send it ✔]", self.teacher)
        await self.chat.idle()

    async def answers(self, pupil: Account, fact: str) -> None:
        """Answer both questions, each as its turn comes."""
        await self.chat.say("[Begin ▶]", pupil)
        for _ in range(2):
            asked = self.chat.telegram.chat(pupil).last
            await self.chat.say(fact if f"<b>{FACT}</b>" in asked.html else "[Opinion]", pupil)
            await self.chat.say(_leads_on(self.chat, pupil), pupil)


def _leads_on(chat: Chat, pupil: Account) -> str:
    shown = [button.text for button in chat.telegram.chat(pupil).last.buttons]
    return "[Next ▶]" if "Next ▶" in shown else "[How did it go? ▶]"


@pytest.fixture
async def school(tmp_path: Path):  # type: ignore[no-untyped-def] # an async generator of a School
    """Make a class of fifty, of whom the first blocked the bot after joining."""
    async with Chat(tmp_path, seeds(asks()), reader=READER) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        code = await new_class(chat, teacher)
        pupils = [somebody(chat, 1000 + n) for n in range(PUPILS)]
        for pupil in pupils:
            await verify(chat, [(f"/join {code}", "You are in Class 7b")], pupil)
        chat.telegram.block(pupils[0])
        await chat.idle()
        yield School(chat, teacher, pupils)


async def test_from_an_article_to_a_regrade(school: School) -> None:
    """Everything that an instructor does with one article, and what the learners see of it."""
    chat, teacher, pupils = school.chat, school.teacher, school.pupils
    await school.drafts()
    await school.pushes()
    states = [row.state for row in deliveries.of_push(chat.bot.store.reader, 1)]
    assert [str(state) for state in states].count("sent") == PUPILS - 1
    assert str(states[0]) == "blocked"
    for n, pupil in enumerate(pupils[1:], 1):
        await school.answers(pupil, "[Opinion]" if n % WRONG == 0 else "[Sourced fact]")
    await school.answers(pupils[1], "[Sourced fact]")  # once more: a retry

    page = await chat.say("/results", teacher)
    check(page, ("Class 7b", "49 learners", "98 first answers", "2 retries", "Most missed"))
    check(await chat.say("[By question]", teacher), ("The council sold forty houses", "kind"))
    check(
        await chat.say("[By learner]", teacher), (f"#{number_of(chat, pupils[1])}", "… and 29 more")
    )
    await chat.say("[Files]", teacher)
    table, lines = _files(chat, teacher)
    assert len(table) == len(lines) == 100
    assert [row["attempt"] for row in lines].count(2) == 2
    assert "telegram_id" not in table[0]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["at"]) for row in table)
    await chat.say("[Files with Telegram ids]", teacher)
    named, _ = _files(chat, teacher)
    assert {row["telegram_id"] for row in named} == {str(one.id) for one in pupils[1:]}

    loser = pupils[WRONG]
    await verify(
        chat,
        [("[I disagree]", ("Noted", "in your own words")), ("It is <b>her</b> view.", "beside it")],
        loser,
    )
    await verify(
        chat,
        [("/disputes", ("One answer waits", "“It is <b>her</b> view.”", "The learner disagrees"))],
        teacher,
    )
    await _forged(school)


async def _forged(school: School) -> None:
    """Let a pupil, and the instructor of another class, try what is not theirs: in vain."""
    chat, intruder = school.chat, somebody(school.chat, 12, Role.INSTRUCTOR)
    await chat.say("/class new Other", intruder)
    (case,) = chat.bot.store.reader.execute("SELECT answer FROM disputes").fetchone()
    for person in (school.pupils[2], intruder):
        for press in (
            ShowResults(school.class_id),
            SendResults(school.class_id, identities=True),
            Accept(case),
            Rekey(case, Kind.OPINION),
        ):
            told = await chat.forge(encode(press), person=person)
            assert "not" in told or "for those who teach" in told
    assert not chat.bot.store.reader.execute("SELECT count(*) FROM regrades").fetchone()[0]
    await verify(chat, [("/disputes", "Nothing waits")], intruder)


async def test_a_key_is_changed_and_answers_graded_again(school: School) -> None:
    """A dispute changes the key; a dry run shows who would change; what is applied is added."""
    chat, teacher = school.chat, school.teacher
    await school.drafts()
    await school.pushes()
    await school.answers(school.pupils[1], "[Reported opinion]")
    await school.answers(school.pupils[2], "[Sourced fact]")
    loser = school.pupils[1]
    shown = next(m for m in chat.telegram.chat(loser).sent if "You chose a reported" in m.text)
    await chat.press(shown, "I disagree", loser)
    before = _answers(chat)
    await verify(
        chat,
        [
            ("/disputes", ("One answer waits", "said: Reported opinion", "a sourced fact")),
            ("[Change the key: Reported opinion]", ("The key is changed", "Nothing waits")),
            (
                "[What would change?]",
                ("one grade would change", "wrong (0.00) → right (1.00)", "would fall"),
            ),
            ("[Let scores fall too]", ("2 grades would change", "right (1.00) → wrong (0.00)")),
            ("[Never lower a score]", "one grade would change"),
            ("[Do it]", "One answer of “Houses” has a new grade"),
            ("/regrade", "Grade the answers"),
            ("[Houses]", "no grade would change"),
        ],
        teacher,
    )
    check(chat.telegram.chat(loser).last.text, "changed the key. Thank you")
    assert _answers(chat) == before, "the log itself is never changed"
    standing = {
        one.learner: one.grade.score
        for one in results.of_class(chat.bot.store.reader, school.class_id)
        if one.question == "s001"
    }
    assert standing == {number_of(chat, school.pupils[1]): 1, number_of(chat, school.pupils[2]): 1}


async def test_an_answer_is_accepted_or_not(school: School) -> None:
    """A person can count an answer as right or let its grade stand; the learner is told once."""
    chat, teacher = school.chat, school.teacher
    await school.drafts()
    await school.pushes()
    told = {1: "[Accept this answer]", 2: "[Grade stands]"}
    for n in told:
        await school.answers(school.pupils[n], "[Opinion]")
        shown = next(m for m in chat.telegram.chat(school.pupils[n]).sent if "You chose" in m.text)
        await chat.press(shown, "I disagree", school.pupils[n])
    await chat.say("/disputes", teacher)
    first = chat.telegram.chat(teacher).last
    for press in told.values():
        await chat.say(press, teacher)
    check(chat.telegram.chat(school.pupils[1]).last.text, "counts it as right")
    check(chat.telegram.chat(school.pupils[2]).last.text, "the grade stays")
    check(await chat.press(first, "Accept this answer", teacher), "decided already")
    count = chat.bot.store.reader.execute("SELECT count(*) FROM regrades").fetchone()[0]
    assert count == 1
    await verify(chat, [("/disputes", ("Nothing waits", Without("One answer")))], teacher)


def _answers(chat: Chat) -> list[tuple[object, ...]]:
    """Return the rows of the score log as they were written."""
    return chat.bot.store.reader.execute("SELECT * FROM answers ORDER BY id").fetchall()


def _files(chat: Chat, teacher: Account) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Return what the newest two files hold: CSV and JSON Lines."""
    documents = [one.document for one in chat.telegram.chat(teacher).sent if one.document][-2:]
    table, lines = (document.content.decode("utf-8-sig") for document in documents)
    return list(csv.DictReader(io.StringIO(table))), [
        json.loads(line) for line in lines.splitlines()
    ]


async def test_the_shell_shows_the_same(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`whosays results` prints and writes what the chat shows, while the bot runs."""
    await school.drafts()
    await school.pushes()
    await school.answers(school.pupils[1], "[Opinion]")
    monkeypatch.setenv("WHOSAYS_DATA", str(school.chat.settings.data))

    def whosays(*words: str) -> str:
        result = CliRunner().invoke(main, ["results", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    learner = f"#{number_of(school.chat, school.pupils[1])}"
    assert learner in whosays("Class 7b")
    assert "s001" in whosays(str(school.class_id), "--questions")
    whosays("Class 7b", "--csv", str(tmp_path / "a.csv"), "--jsonl", str(tmp_path / "a.jsonl"))
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 3
    assert "telegram_id" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["results", "nobody"]).exit_code == 1


async def test_the_leaderboard_is_opt_in(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who wants to be seen is ranked, by discernment of first answers, and without a name."""
    monkeypatch.setattr(teaching, "LEAST_RANKED", 1)
    chat, (_, good, bad, shy, *_) = school.chat, school.pupils
    await school.drafts()
    await school.pushes()
    for pupil, fact in ((good, "[Sourced fact]"), (bad, "[Opinion]"), (shy, "[Sourced fact]")):
        await school.answers(pupil, fact)
    await verify(chat, [("/leaderboard", ("Nobody is shown yet", "You are not shown"))], good)
    for pupil, shown in ((good, "1. somebody · 1.3 ← you"), (bad, "2. somebody · 0.0 ← you")):
        await chat.say("/leaderboard", pupil)
        await verify(chat, [("[Show me too]", shown)], pupil)
    board = ("1. somebody · 1.3", "2. somebody · 0.0", Without("← you"), Without("3."))
    await verify(chat, [("/leaderboard", board)], shy)
    await verify(chat, [("[Show me too]", "1. somebody · 1.3 ← you")], shy)
    await verify(chat, [("[Do not show me]", board)], shy)


async def test_what_no_machine_is_sure_of_is_settled_by_a_person(tmp_path: Path) -> None:
    """An answer that was accepted in doubt is right or not by a person, and the log says so."""
    keyless = quiz_set(asks(passage=DULL, kind=None), slug="open", title="Open")
    async with Chat(tmp_path, files(keyless), reader=READER) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        code = await new_class(chat, teacher)
        pupils = [somebody(chat, 1000 + n) for n in range(2)]
        for pupil in pupils:
            await chat.say(f"/join {code}", pupil)
        await chat.say("/push", teacher)
        await chat.say("[Open]", teacher)
        await chat.say("[Send it ✔]", teacher)
        for pupil in pupils:
            await verify(chat, [("[Begin ▶]", "1 of 1"), ("[Unsourced claim]", "Accepted")], pupil)
        await verify(
            chat,
            [
                ("/disputes", ("2 answers wait", "There is no key", "was not sure")),
                ("[It is right]", "One answer waits"),
                ("[It is not right]", "Nothing waits"),
                ("/results", "Of 2 answers that the machine was not sure of"),
            ],
            teacher,
        )
        check(chat.telegram.chat(pupils[0]).last.text, "counts it as right")
        check(chat.telegram.chat(pupils[1]).last.text, "not right. No machine was sure")
        (made,) = classes.everything(chat.bot.store.reader)
        found = results.of_class(chat.bot.store.reader, made.id)
        assert [(one.grade.score, one.grade.graded_by) for one in found] == [
            (1, GradedBy.PERSON),
            (0, GradedBy.PERSON),
        ]
        own = chat.bot.store.reader.execute("SELECT verdict, score FROM answers").fetchall()
        assert own == [("unsure", 1), ("unsure", 1)], "the log itself is never changed"
        assert [row["regraded"] for row in chat.rows()] == [True, True]
