"""How a push goes, for whoever watches it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.chat.buttons.push import Drop
from bot.chat.says import Keyboard
from bot.store.classes import Class, Member
from bot.store.deliveries import Delivery, DeliveryState
from bot.store.pushes import Push, PushState
from bot.teaching.times import shown
from bot.texts import Markup, Texts, escaped, joined

NAMED = 10
"""Learners that are named where a message did not reach them; the others are counted."""

_HEAD_TEXT = {
    PushState.DRAFT: "progress-draft",
    PushState.WAITING: "progress-waiting",
    PushState.SENDING: "progress-sending",
    PushState.SENT: "progress-sent",
    PushState.CANCELLED: "progress-cancelled",
}
_TROUBLE_TEXT = {
    DeliveryState.BLOCKED: "progress-blocked",
    DeliveryState.FAILED: "progress-failed",
    DeliveryState.UNKNOWN: "progress-unknown",
}


def progress(
    texts: Texts,
    push: Push,
    title: str,
    class_: Class,
    members: Sequence[Member],
    deliveries: Sequence[Delivery],
) -> tuple[Markup, Keyboard]:
    """Return how far a push has come, and the button that stops it while it can be stopped."""
    states = Counter(delivery.state for delivery in deliveries)
    when = shown(push.send_at, class_.zone) if push.send_at else ""
    lines = [
        texts.say(_HEAD_TEXT[push.state], title=title, class_name=class_.name, time=when),
    ]
    if deliveries:
        sent = states[DeliveryState.SENT]
        lines.append(texts.say("progress-counts", sent=sent, total=len(deliveries)))
        opened = sum(delivery.opened for delivery in deliveries)
        finished = sum(delivery.finished for delivery in deliveries)
        lines.append(texts.say("progress-played", opened=opened, finished=finished))
    elif push.state is PushState.SENT:
        lines.append(texts.say("progress-nobody"))
    nicknames = {member.learner: member.nickname for member in members}
    lines += [_trouble(texts, state, deliveries, nicknames) for state in _TROUBLE_TEXT]
    stoppable = push.state in (PushState.WAITING, PushState.SENDING)
    stop = [[(texts.plain("button-push-stop"), Drop(push.id))]] if stoppable else []
    return joined(lines, "\n"), stop


def cut_off(texts: Texts, title: str, class_: Class, who: str) -> Markup:
    """Return that a restart cut messages off that may or may not have arrived."""
    return texts.say("push-cut-off", title=title, class_name=class_.name, who=who)


def came_too_late(texts: Texts, title: str, class_: Class) -> Markup:
    """Return that a push was not sent because its deadline had passed by then."""
    return texts.say("push-came-too-late", title=title, class_name=class_.name)


def names(members: Sequence[Member], learners: Sequence[int]) -> str:
    """Return learners of a class by nickname or number, the first of many."""
    return _listed(learners, {member.learner: member.nickname for member in members})


def _trouble(
    texts: Texts, state: DeliveryState, deliveries: Sequence[Delivery], known: dict[int, str]
) -> Markup:
    """Return whom messages did not reach in one way, and what Telegram said."""
    missed = [delivery for delivery in deliveries if delivery.state is state]
    if not missed:
        return Markup()
    why = ", ".join(sorted({delivery.why for delivery in missed if delivery.why}))
    who = _listed([delivery.learner for delivery in missed], known)
    told = texts.say(_TROUBLE_TEXT[state], count=len(missed), who=who)
    return joined([told, escaped(why)], " · ")


def _listed(learners: Sequence[int], known: dict[int, str]) -> str:
    listed = [known.get(learner) or f"#{learner}" for learner in learners[:NAMED]]
    return ", ".join(listed) + (" …" if len(learners) > NAMED else "")
