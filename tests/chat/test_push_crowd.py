"""A push to a whole class, with everything that happens in one."""

from __future__ import annotations

from pathlib import Path

from bot.store import deliveries
from bot.store.deliveries import DeliveryState
from tests.chat.classroom import TWO, classroom, sent
from tests.chat.dialogs import Chat, check

PUPILS = 50


async def test_fifty_learners(tmp_path: Path) -> None:
    """Of fifty one blocked the bot and one answers twice: each gets it once, and counts once."""
    async with Chat(tmp_path, TWO) as chat:
        room = await classroom(chat, PUPILS)
        blocked, twice, *others = room.pupils
        chat.telegram.block(blocked)
        await sent(room)
        assert {len(room.seen(pupil)) for pupil in (twice, *others)} == {1}
        assert room.seen(blocked) == []
        rows = deliveries.of_push(chat.bot.store.reader, 1)
        assert [row.state for row in rows].count(DeliveryState.SENT) == PUPILS - 1
        for _ in range(2):
            for said in ("[Begin ▶]", "[Opinion]", "[Next ▶]", "[Opinion]"):
                await chat.say(said, twice)
        await chat.say("[Begin ▶]", others[0])
        await room.passes(seconds=10)
        progress = chat.messages()[-1].text
        check(progress, ("Sent: 49 of 50", "Opened: 2 · Finished: 1", "Blocked the bot: 1 (#2)"))
