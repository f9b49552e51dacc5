"""The verdicts of a deferred round, one at a time in one message."""

from __future__ import annotations

from bot.chat.buttons import Disagree, Overview, Page, Press
from bot.chat.says import Keyboard
from bot.chat.views.verdict import verdict
from bot.quiz.answers import Said
from bot.quiz.rounds import Round
from bot.texts import Markup, Texts


def page(
    texts: Texts, round_: Round, position: int, said: Said, *, disputed: bool
) -> tuple[Markup, Keyboard]:
    """Return the verdict on one answer, and buttons to its neighbours and to the summary."""
    turn: list[tuple[str, Press]] = []
    if position > 0:
        turn.append((texts.plain("button-page-back"), Page(round_.id, position - 1)))
    turn.append((texts.plain("button-overview"), Overview(round_.id)))
    if position + 1 < round_.position:
        turn.append((texts.plain("button-page-on"), Page(round_.id, position + 1)))
    rows: list[list[tuple[str, Press]]] = [turn]
    if not disputed:
        rows.append([(texts.plain("button-disagree"), Disagree(round_.id, position))])
    return verdict(texts, round_, position, said, disputed=disputed), rows
