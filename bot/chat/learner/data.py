"""A learner's own data: what is kept, all of it as a file, and forgetting it."""

from __future__ import annotations

import json

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import Forget
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.store import inbox, learners


async def privacy(desk: Desk, event: Event) -> Turn:
    """/privacy: what is kept, and why."""
    return reply(event, desk.texts.say("privacy"))


async def mydata(desk: Desk, event: Event) -> Turn:
    """/mydata: everything that is kept about the learner, as JSON."""
    if not desk.allows(event, Costly.FILE):
        return reply(event, desk.texts.say("wait-costly"))
    everything = {
        "telegram_id": event.telegram_id,
        **learners.everything(desk.db, event.learner),
    }
    content = json.dumps(everything, ensure_ascii=False, indent=2).encode()
    name, caption = desk.texts.plain("mydata-name"), desk.texts.say("mydata-caption")
    return Turn((says.document(event.chat_id, name, content, caption),))


async def forget(desk: Desk, event: Event) -> Turn:
    """/forget: ask whether that is really meant."""
    texts = desk.texts
    rows = [
        [(texts.plain("button-forget-yes"), Forget(confirmed=True))],
        [(texts.plain("button-forget-no"), Forget(confirmed=False))],
    ]
    return reply(event, texts.say("forget-ask"), rows)


async def pressed_forget(desk: Desk, event: Event, press: Forget) -> Turn:
    """Delete the learner, or leave everything as it is."""
    if event.message_id is None:
        return acknowledge(event)
    key = "forget-done" if press.confirmed else "forget-kept"
    told = Turn((says.edit(event.chat_id, event.message_id, desk.texts.say(key)),))
    turn = acknowledge(event).then(told)
    if not press.confirmed:
        return turn
    writes = (
        lambda db: learners.forget(db, event.learner),
        lambda db: inbox.forget(db, event.telegram_id, event.update_id),
    )
    return turn.then(Turn(writes=writes))
