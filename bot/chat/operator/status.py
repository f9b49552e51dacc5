"""How the bot is, for those who run it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, reply
from bot.chat.views import status as view


async def status(desk: Desk, event: Event) -> Turn:
    """/status: what is wrong, and the figures to judge by."""
    health = await desk.health()
    # The question itself is an update that waits: one that is there always tells nothing.
    health = replace(health, waiting=max(0, health.waiting - 1))
    return reply(event, view.status(desk.texts, health))
