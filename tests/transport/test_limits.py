"""The limits on sending: for any pattern of arrivals no window breaks one, and nobody overtakes."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.store.calls import Call
from bot.transport.limits import BURST, EVERY, RATE, REMEMBERED, SHARE, Limits
from bot.transport.request import NotConnectedError
from bot.transport.turns import FLOOD_CHATS
from tests.transport.virtual import Api, Departure, run, text

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)

TINY = 1e-6
"""Seconds: what sums of floats may be off by."""

PEOPLE, GROUPS = (1, 2, 3), (-1, -2)


@dataclass(frozen=True)
class Arrival:
    """A message that somebody wants to send, so many seconds after the one before."""

    after: float
    chat_id: int
    push: bool


ARRIVALS = st.lists(
    st.builds(
        Arrival,
        after=st.sampled_from((0.0, 0.0, 0.01, 0.3, 1.0, 7.0)),
        chat_id=st.sampled_from(PEOPLE + GROUPS),
        push=st.booleans(),
    ),
    max_size=60,
)


def most(moments: Sequence[float], seconds: float) -> int:
    """Return how many moments lie in the fullest window of so many seconds, its end left out."""
    moments = sorted(moments)
    ends = (bisect_left(moments, start + seconds - TINY) for start in moments)
    return max((end - first for first, end in enumerate(ends)), default=0)


def within_limits(went: Sequence[Departure], rate: int) -> None:
    """Check every window."""
    messages = [each for each in went if each.method == "sendMessage"]
    assert most([each.at for each in messages], 1) <= rate
    for chat in {each.chat_id for each in messages if each.chat_id is not None}:
        moments = [each.at for each in messages if each.chat_id == chat]
        if chat > 0:
            for seconds in (1, 5, 30):
                assert most(moments, seconds) <= BURST + seconds / EVERY
        else:
            assert most(moments, 60) <= 20


async def play(api: Api, arrivals: Sequence[Arrival], rate: int) -> dict[int, float]:
    """Let messages arrive, and return how long each answer waited, by its place."""
    sender, loop = api.sender(rate=rate), asyncio.get_running_loop()
    waited: dict[int, float] = {}

    async def answer(place: int, chat_id: int) -> None:
        began = loop.time()
        await sender.deliver([text(f"answer {place}", chat_id)])
        waited[place] = loop.time() - began

    async def push(place: int, chat_id: int) -> None:
        await sender.turn(chat_id)
        await sender.send(text(f"push {place}", chat_id))

    tasks = []
    for place, arrival in enumerate(arrivals):
        await asyncio.sleep(arrival.after)
        one = push if arrival.push else answer
        tasks.append(asyncio.create_task(one(place, arrival.chat_id)))
    await asyncio.gather(*tasks)
    return waited


@settings(max_examples=60, deadline=None)
@given(ARRIVALS, st.integers(1, 8))
def test_no_window_breaks_a_limit(arrivals: list[Arrival], rate: int) -> None:
    """Whatever arrives when: the limits hold, all arrives, in order, and no answer waits longer.

    The bound: its own chat's limit, a second for each `rate` answers that there are, and the 0.05
    seconds that a call takes.
    """
    within_limits_and_in_order(arrivals, rate)


def within_limits_and_in_order(arrivals: Sequence[Arrival], rate: int) -> None:
    """Send what arrives, and check when it went."""
    api = Api()
    waited = run(play(api, arrivals, rate))
    within_limits(api.went, rate)
    assert len(api.arrived) == len(arrivals)
    for chat in PEOPLE + GROUPS:
        for kind in ("answer", "push"):
            order = [int(each.split()[1]) for each in api.texts(chat) if each.startswith(kind)]
            assert order == sorted(order)
    answers = len(waited)
    for place, seconds in waited.items():
        chat = arrivals[place].chat_id
        own = sum(arrival.chat_id == chat for arrival in arrivals) * (EVERY if chat > 0 else 4)
        assert seconds <= own + ceil(answers / rate) + 0.05 * (answers + 1) + TINY


@settings(max_examples=40, deadline=None)
@given(ARRIVALS, st.integers(0, 1 << 30))
def test_troubles_break_neither_limit_nor_order(arrivals: list[Arrival], seed: int) -> None:
    """With floods, lost lines and lost replies in any mixture the limits and the order hold."""
    in_trouble(arrivals, seed)


def in_trouble(arrivals: Sequence[Arrival], seed: int) -> None:
    """Send what arrives while things go wrong by chance, and check when it went."""
    random = Random(seed)

    def trouble(_: Departure) -> TelegramError | None:
        kinds = (RetryAfter(3), NetworkError("reset"), NotConnectedError("refused"))
        return random.choice(kinds) if random.random() < 0.3 else None

    api = Api(latency=lambda: random.choice((0.0, 0.05, 2.0)), trouble=trouble)
    answers = [arrival for arrival in arrivals if not arrival.push]
    run(play(api, answers, 4))
    within_limits(api.went, 4)
    assert len(api.arrived) == len(answers)
    for chat in PEOPLE + GROUPS:
        order = [int(each.split()[1]) for each in api.texts(chat)]
        assert order == sorted(order)


@pytest.mark.parametrize(("chat", "seconds"), [(7, 5.0), (-7, 20.0)])
def test_a_chat_gets_a_burst_and_then_its_rate(chat: int, seconds: float) -> None:
    """Five messages go out at once, each further one after a second, in a group after four."""

    async def test() -> list[float]:
        api = Api(latency=lambda: 0.0)
        await api.sender().deliver([text(str(n), chat) for n in range(BURST + 5)])
        return [each.at for each in api.went]

    went = run(test())
    assert went[:BURST] == [0.0] * BURST
    assert went[-1] == pytest.approx(seconds)


def test_a_round_played_at_speed_never_waits() -> None:
    """Opening, question, and then a question every second: nothing of it waits for a limit."""

    async def test() -> list[float]:
        api = Api(latency=lambda: 0.0)
        sender, waits = api.sender(), []
        for calls in [[text("opening"), text("question")], *[[text("next")]] * 30]:
            began = asyncio.get_running_loop().time()
            await sender.deliver(calls)
            waits.append(asyncio.get_running_loop().time() - began)
            await asyncio.sleep(1)
        return waits

    assert run(test()) == [0.0] * 31


def test_what_is_no_message_does_not_count() -> None:
    """Edits and the answers to presses wait for no limit, however many there are."""

    async def test() -> float:
        api = Api(latency=lambda: 0.0)
        sender = api.sender(rate=1)
        edit = {"chat_id": 7, "message_id": 1, "text": "a"}
        for _ in range(20):
            await sender.deliver([Call("editMessageText", edit)])
            await sender.acknowledge(Call("answerCallbackQuery", {"callback_query_id": "1"}))
        assert len(api.went) == 40
        return asyncio.get_running_loop().time()

    assert run(test()) == 0.0


def push_beside_answers(count: int) -> float:
    """Push to so many people beside ten answers a second; return the longest wait of an answer."""

    async def test() -> tuple[Api, list[float]]:
        api = Api(latency=lambda: 0.0)
        sender, loop = api.sender(), asyncio.get_running_loop()
        waits: list[float] = []

        async def push(chat_id: int) -> None:
            await sender.turn(chat_id)
            await sender.send(text("push", chat_id))

        pushes = asyncio.gather(*(push(chat) for chat in range(1, count + 1)))
        while not pushes.done():
            began, n = loop.time(), len(waits)
            # Learners who open what they were just sent, and others.
            chat = api.went[-1].chat_id or 1 if n % 2 and api.went else 20_000 + n
            await sender.deliver([text("answer", chat)])
            waits.append(loop.time() - began)
            await asyncio.sleep(max(0.0, 0.1 - waits[-1]))
        await pushes
        return api, waits

    api, waits = run(test())
    pushed = [each.at for each in api.went if each.text == "push"]
    assert len(pushed) == count
    assert pushed[-1] == pytest.approx(count / (SHARE * RATE), rel=0.02)
    within_limits(api.went, RATE)
    return max(waits)


def test_a_push_to_many_delays_no_answer() -> None:
    """While a push goes to a thousand people, ten answers a second wait for nothing."""
    assert push_beside_answers(1_000) < TINY


def test_a_flood_of_answers_goes_before_pushes() -> None:
    """While more answers wait than may go out, no push does, and then pushes go on."""

    async def test() -> Api:
        api = Api(latency=lambda: 0.0)
        sender = api.sender()

        async def push(chat_id: int) -> None:
            await sender.turn(chat_id)
            await sender.send(text("push", chat_id))

        pushes = [asyncio.create_task(push(chat)) for chat in range(1, 101)]
        await asyncio.sleep(1)
        answers = (sender.deliver([text("answer", chat)]) for chat in range(1_000, 1_150))
        await asyncio.gather(*answers)
        await asyncio.gather(*pushes)
        return api

    api = run(test())
    answered = [each.at for each in api.went if each.text == "answer"]
    pushed = [each.at for each in api.went if each.text == "push"]
    assert answered[-1] <= 1 + ceil(150 / RATE)
    assert not [at for at in pushed if 1 < at < answered[-1]]
    assert pushed[-1] > answered[-1]


def test_state_per_chat_does_not_grow() -> None:
    """Of a hundred thousand chats, only those are remembered that could still be over a limit."""
    limits = Limits()
    largest = 0
    for n in range(100_000):
        limits.take(n + 1, n / RATE, push=False)
        largest = max(largest, len(limits.full))
    assert largest <= REMEMBERED + 1


def test_a_chat_that_is_asked_to_wait_keeps_no_other_from_its_turn() -> None:
    """A 429 in one chat, or in two, holds back these alone, and what comes after in them."""

    async def test() -> Api:
        asked: set[int | None] = set()

        def trouble(call: Departure) -> TelegramError | None:
            if call.chat_id in (1, 2) and call.chat_id not in asked:
                asked.add(call.chat_id)
                return RetryAfter(30)
            return None

        api = Api(latency=lambda: 0.0, trouble=trouble)
        sender = api.sender()
        await asyncio.gather(
            *(sender.deliver([text(f"{n}", chat)]) for n in range(3) for chat in (1, 2, 3))
        )
        return api

    api = run(test())
    came = defaultdict(list)
    for each in api.arrived:
        came[each.chat_id].append((each.at, each.text))
    assert came[3] == [(0.0, "0"), (0.0, "1"), (0.0, "2")]
    assert came[1] == came[2] == [(30.0, "0"), (30.0, "1"), (30.0, "2")]


@pytest.mark.parametrize("how", ["many chats", "no chat"])
def test_a_flood_that_concerns_all_slows_all(how: str) -> None:
    """A 429 in several chats at once, or to a call without one, lets nobody send before its end."""

    async def test() -> Api:
        left = FLOOD_CHATS if how == "many chats" else 1

        def trouble(_: Departure) -> TelegramError | None:
            nonlocal left
            left -= 1
            return RetryAfter(20) if left >= 0 else None

        api = Api(latency=lambda: 0.0, trouble=trouble)
        sender = api.sender()
        if how == "no chat":
            await sender.acknowledge(Call("answerCallbackQuery", {"callback_query_id": "1"}))
        else:
            floods = (sender.deliver([text("a", chat)]) for chat in range(1, FLOOD_CHATS + 1))
            asyncio.gather(*floods)
            await asyncio.sleep(0.1)
        await sender.deliver([text("another", 99)])
        return api

    (arrived,) = [each for each in run(test()).arrived if each.text == "another"]
    assert arrived.at == pytest.approx(20)
