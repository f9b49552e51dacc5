"""The sets that come with the bot, as they are shown: every question, every answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.app.resources import load_texts, seed_files
from bot.chat.views.question import question as ask
from bot.chat.views.verdict import verdict
from bot.local.entities import tidy, units
from bot.local.methods import MOST_TEXT
from bot.local.telegram_html import parse_html
from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said, words
from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Question
from bot.sets import read_bytes
from tests.chat.dialogs import Chat
from tests.quiz.builders import answering, item, round_of

SEEDS = seed_files()


def everything_said(question: Question, asked: Ask) -> Iterator[Said]:
    """Yield what may be said to a question, from nothing to as much as can be."""
    yield Passed()
    target = question.passage.target
    match asked:
        case Ask.KIND:
            yield from map(Chosen, Kind)
        case Ask.LOADED:
            yield from (Marked(()), Marked(((0, len(target)),)), Marked(tuple(words(target))))
        case Ask.REASON:
            cues = question.key.reason if question.key else ()
            yield from (Reasoned("x" * 500), *map(Reasoned, cues))


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_question_fits(name: str) -> None:
    """Each question of a set, and the verdict on whatever is said to it, is a message that fits."""
    texts, quiz_set = load_texts(), read_bytes(SEEDS[name], name)
    shown = 0
    for question in quiz_set.questions:
        for asked in question.ask:
            round_ = round_of(item(question, asked, taught=True), shown=True)
            messages = [ask(texts, round_, quiz_set.kinds)[0]]
            for said in everything_said(question, asked):
                answered, _ = answering(round_, said)
                messages.append(verdict(texts, answered, 0, said, disputed=True))
            for message in messages:
                formatted = tidy(parse_html(message))
                assert units(formatted.text) <= MOST_TEXT, question.id
                assert question.passage.target in formatted.text
            shown += len(messages)
    assert shown > 200


# What somebody may do who does not care what is asked.
IDLE_TALK = ["/quiz", "/score", "/start", "/help", "/review", "/cancel", "opinion", "none", "👍"]


async def test_a_monkey_at_the_buttons(tmp_path: Path) -> None:
    """Whatever is pressed and said in whatever order gets an answer, and nothing counts twice."""
    rng = Random(7)
    async with Chat(tmp_path, SEEDS, size=4) as chat:
        await chat.say("/quiz")
        pressed = 0
        for _ in range(45):
            offering = [message for message in chat.messages() if message.buttons]
            if offering and rng.random() < 0.8:
                message = rng.choice(offering[-3:])
                answer = await chat.press(message, rng.choice(message.buttons).text)
                pressed += 1
            else:
                answer = await chat.say(rng.choice(IDLE_TALK))
            assert answer
            assert "Something went wrong" not in answer
            if rng.random() < 0.1:
                chat.clock.pass_(hours=rng.choice((1, 20)))
        rows = chat.rows()
        assert len({(row["round"], row["position"]) for row in rows}) == len(rows) > 5
        assert pressed > 25
