"""/leaderboard: who in one's class tells opinions from facts best, among those who wish it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from bot.chat import says
from bot.chat.buttons import Listing, Rank, ShowBoard
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import leaderboard as view
from bot.chat.views.pages import paged
from bot.store import classes, results
from bot.store.classes import Class, Member
from bot.teaching.results import Pair
from bot.teaching.results import leaderboard as places
from bot.texts import Markup


async def leaderboard(desk: Desk, event: Event) -> Turn:
    """Show the leaderboard of the one class that one is in, or of the one that is chosen."""
    joined = classes.joined_by(desk.db, event.learner)
    member = classes.member(desk.db, joined[0].id, event.learner) if len(joined) == 1 else None
    if member is not None:
        return reply(event, *await _board(desk, joined[0], member))
    html, rows = view.which(desk.texts, joined)
    return reply(event, html, paged(desk.texts, rows, Listing.BOARDS))


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the classes whose leaderboards somebody may see, all of them."""
    return view.which(desk.texts, classes.joined_by(desk.db, event.learner))


async def pressed_board(desk: Desk, event: Event, press: ShowBoard) -> Turn:
    """Show the leaderboard of a class that one is in."""
    found = classes.load(desk.db, press.class_id)
    member = classes.member(desk.db, press.class_id, event.learner)
    if found is None or member is None:
        return acknowledge(event, desk.texts.plain("toast-not-in-class"))
    return reply(event, *await _board(desk, found, member))


async def pressed_rank(desk: Desk, event: Event, press: Rank) -> Turn:
    """Stand on the leaderboard of a class, or no longer."""
    found = classes.load(desk.db, press.class_id)
    member = classes.member(desk.db, press.class_id, event.learner)
    if found is None or member is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-not-in-class"))
    changed = replace(member, ranked=press.shown)
    board = await _board(desk, found, changed)
    shown = says.edit(event.chat_id, event.message_id, *board)
    return Turn((shown,), (lambda db: classes.change(db, found.id, changed),))


async def _board(desk: Desk, found: Class, own: Member) -> tuple[Markup, says.Keyboard]:
    """Return the board as it is once what is known of oneself is kept."""
    members, said = await desk.store.look(lambda db: _counted(db, found.id, own))
    return view.board(desk.texts, found, places(said), members, own)


def _counted(
    db: sqlite3.Connection, class_id: int, own: Member
) -> tuple[dict[int, Member], dict[int, dict[Pair, int]]]:
    """Return who wishes to be ranked, and what they said first about kinds."""
    members = {one.learner: one for one in classes.ranked(db, class_id)} | {own.learner: own}
    ranked = [learner for learner, one in members.items() if one.ranked]
    return members, results.kinds_said(db, class_id, ranked)
