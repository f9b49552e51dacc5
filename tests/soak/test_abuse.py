"""Longer tries of what the suite tries in short: fuzzing, floods, replays, persuasion."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import buttons
from bot.chat.buttons import Press
from bot.reader.reader import MODEL_DIRECTORY, Reader
from tests.abuse.persuasion import WORDINGS, answers, tried
from tests.abuse.raw import Raw, updates
from tests.abuse.scene import OF_ROLES, chat_of, scene
from tests.abuse.table import is_refused
from tests.abuse.test_floods import passed_over
from tests.abuse.test_presses import heard
from tests.abuse.watched import MALLORY, Fuzzed, quiet
from tests.chat.dialogs import Chat
from tests.chat.sets import asks, seeds
from tests.soak.figures import report

FLOOD = 10_000
PART = 1_000
"""What of a flood is ahead of each honest message in Telegram's queue."""

RAISED = 0.03


def test_thousands_of_hostile_updates(tmp_path: Path) -> None:
    """A thousand batches of hostile updates through one bot: nothing that must hold breaks."""
    seen = 0
    with quiet(), asyncio.Runner() as runner:
        fuzzed = Fuzzed(tmp_path)
        runner.run(fuzzed.open())

        @given(batch=st.lists(updates(MALLORY), min_size=1, max_size=12))
        @settings(
            deadline=None,
            max_examples=1_000,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        def survives(batch: list[tuple[str, Raw]]) -> None:
            nonlocal seen
            seen += len(batch)
            runner.run(fuzzed.survives(batch))

        survives()
        runner.run(fuzzed.close())
    report("hostile updates", updates=seen, failures=0)


async def answered_in(chat: Chat) -> float:
    """Return the seconds in which an honest learner is answered."""
    began, seen = time.perf_counter(), len(chat.messages())
    chat.telegram.say(chat.person, "/privacy")
    while len(chat.messages()) == seen:  # noqa: ASYNC110 - the stand-in has no loop to signal from
        await asyncio.sleep(0.001)
    return time.perf_counter() - began


@pytest.mark.parametrize("by", ["message", "press"])
async def test_ten_thousand_from_one_chat(tmp_path: Path, by: str) -> None:
    """Ten thousand from one chat: bounded in memory and answers; others are served meanwhile."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        flooder = chat.telegram.user(666, "Mallory")
        await chat.say("/start", flooder)
        await chat.say("/help")
        tracemalloc.start()
        began, waits = time.perf_counter(), []
        for part in range(0, FLOOD, PART):
            for n in range(part, part + PART):
                if by == "press":
                    chat.telegram.press_data(flooder, 1, "h")
                else:
                    chat.telegram.say(flooder, f"/help {n}")
            waits.append(await answered_in(chat))
        await chat.idle()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # The same press in a row is acknowledged, with a word, and does nothing again.
        repeated = sum(bool(toast.text) for toast in chat.telegram.chat(flooder).toasts)
        answered = len(chat.telegram.chat(flooder).sent) + repeated
        report(
            f"flood by {by}",
            sent=FLOOD,
            passed_over=passed_over(chat),
            answered=answered,
            seconds=round(time.perf_counter() - began, 1),
            peak_mb=round(peak / 1e6, 1),
            others_worst_ms=round(1000 * max(waits), 1),
        )
        assert passed_over(chat) + answered >= FLOOD
        assert answered < FLOOD / 2
        assert not chat.waits()


@pytest.mark.parametrize("type_", buttons.ALL, ids=lambda one: one.__name__)
async def test_every_press_a_hundred_times(tmp_path: Path, type_: type[Press]) -> None:
    """Whoever may press something may press it a hundred times: no failure, no second answer."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        # In this order somebody is forgotten last.
        for press in reversed([*of.presses(type_)]):
            for who in OF_ROLES:
                if is_refused(await of.turn(who, press=press), chat.bot.desk.texts):
                    continue
                data, person = buttons.encode(press), of.people[who]
                await chat.forge(data, person=person)
                others = heard(of, who)
                for _ in range(100):
                    await chat.forge(data, person=person)
                assert heard(of, who) == others, f"others hear of {data} again"
                break
        doubled = chat.bot.store.reader.execute(
            "SELECT round, position FROM answers GROUP BY round, position HAVING count(*) > 1"
        ).fetchall()
        assert not doubled
        assert not chat.failures()


def test_talking_to_the_grader() -> None:
    """Over answers that are held out: hardly one becomes good by words to the grader."""
    reader = Reader.load(MODEL_DIRECTORY)
    poor = tried(reader, answers("test", "off", "partly", most=150), WORDINGS)
    good = tried(reader, answers("test", "good", most=50), WORDINGS)
    for name, found in (("poor", poor), ("good", good)):
        report(
            f"talking to the grader, {name} answers",
            pairs=found.pairs,
            raised=round(found.raised, 4),
            spared=round(found.spared, 4),
            lowered=round(found.lowered, 4),
            lifted=round(found.lifted, 3),
        )
    assert poor.raised <= RAISED
