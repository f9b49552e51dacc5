"""/leaderboard: how those of a class who want to be seen are doing."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.buttons import Press, Rank
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.store import classes
from bot.store.classes import Class
from bot.teaching import classbook
from bot.teaching.classbook import ClassBook
from bot.teaching.results import OfLearner
from bot.texts import Markup, joined

LEAST = 5
"""First answers from which somebody is ranked: one lucky answer is no lead."""

PLACES = 20
"""Places that are shown."""


async def leaderboard(desk: Desk, event: Event) -> Turn:
    """/leaderboard: of every class that one learns in."""
    joined_ = classes.joined_by(desk.db, event.learner)
    if not joined_:
        return reply(event, desk.texts.say("leaderboard-none"))
    turn = Turn()
    for one in joined_:
        turn = turn.then(_shown(desk, event, one))
    return turn


async def pressed_rank(desk: Desk, event: Event, press: Rank) -> Turn:
    """Be shown on a class's leaderboard, or no longer."""
    found = classes.load(desk.db, press.class_id)
    member = classes.member(desk.db, press.class_id, event.learner)
    if found is None or member is None:
        return acknowledge(event, desk.texts.plain("toast-not-in-class"))
    changed = replace(member, ranked=press.shown)
    keep = Turn(writes=(lambda db: classes.change(db, found.id, changed),))
    return acknowledge(event, desk.texts.plain("toast-rank-kept")).then(keep)


def _shown(desk: Desk, event: Event, found: Class) -> Turn:
    members = {one.learner: one for one in classes.members(desk.db, found.id)}
    book = classbook.open_book(desk.db, found.id)
    ranked = [
        one
        for one in (book.counted.learners if book else ())
        if one.answers >= LEAST and one.learner in members and members[one.learner].ranked
    ]
    ranked.sort(key=lambda one: one.score, reverse=True)
    lines = [_line(desk, book, place, one) for place, one in enumerate(ranked[:PLACES], 1) if book]
    head = desk.texts.say("leaderboard-head", name=found.name)
    body = joined(lines, "\n") or desk.texts.say("leaderboard-empty", least=LEAST)
    mine = members[event.learner].ranked
    label = desk.texts.plain("button-rank-me-not" if mine else "button-rank-me")
    keyboard: list[list[tuple[str, Press]]] = [[(label, Rank(found.id, shown=not mine))]]
    return reply(event, joined([head, body], "\n\n"), keyboard)


def _line(desk: Desk, book: ClassBook, place: int, one: OfLearner) -> Markup:
    return desk.texts.say(
        "leaderboard-line",
        place=place,
        name=book.called(one.learner),
        percent=round(100 * one.score),
        answers=one.answers,
    )
