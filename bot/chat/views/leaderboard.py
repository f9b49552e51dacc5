"""The leaderboard of a class, as one of its learners sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.buttons import Press, Rank, ShowBoard
from bot.chat.says import Keyboard
from bot.chat.views.results import figure
from bot.store.classes import Class, Member
from bot.teaching.results import LEAST_RANKED, Place
from bot.texts import Markup, Texts, joined

LISTED = 20
"""Places that are shown; one's own is shown wherever it is."""


def which(texts: Texts, classes: Sequence[Class]) -> tuple[Markup, Keyboard]:
    """Return the classes whose leaderboard can be seen, as buttons."""
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-class", name=one.name), ShowBoard(one.id))] for one in classes
    ]
    return texts.say("leaderboard-which" if classes else "leaderboard-no-class"), rows


def board(
    texts: Texts,
    found: Class,
    places: Sequence[Place],
    members: Mapping[int, Member],
    own: Member,
) -> tuple[Markup, Keyboard]:
    """Return the places with their nicknames, and the button to stand among them or not."""
    shown = [
        _place(texts, one, members[one.learner], own=one.learner == own.learner)
        for n, one in enumerate(places)
        if n < LISTED or one.learner == own.learner
    ]
    more = len(places) - len(shown)
    parts = [
        texts.say("leaderboard-head", name=found.name),
        joined(shown, "\n") if shown else texts.say("leaderboard-empty"),
        texts.say("leaderboard-more", count=more) if more else Markup(),
        _standing(texts, own, stands=any(one.learner == own.learner for one in places)),
    ]
    key = "button-rank-me-not" if own.ranked else "button-rank-me"
    press: Press = Rank(found.id, shown=not own.ranked)
    return joined(parts, "\n\n"), [[(texts.plain(key), press)]]


def _standing(texts: Texts, own: Member, *, stands: bool) -> Markup:
    if not own.ranked:
        return texts.say("leaderboard-off")
    if not stands:
        return texts.say("leaderboard-too-few", least=LEAST_RANKED)
    return texts.say("leaderboard-on")


def _place(texts: Texts, one: Place, member: Member, *, own: bool) -> Markup:
    return texts.say(
        "leaderboard-own" if own else "leaderboard-place",
        place=one.place,
        name=member.nickname or texts.say("leaderboard-anonymous"),
        sensitivity=figure(one.sensitivity),
    )
