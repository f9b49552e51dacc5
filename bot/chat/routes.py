"""Which journey answers which command and which button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat import buttons, pages
from bot.chat.buttons import Press
from bot.chat.buttons import push as push_buttons
from bot.chat.desk import Desk, Journey
from bot.chat.event import Event
from bot.chat.instructor import (
    articles,
    classes,
    disputes,
    drafting,
    invitations,
    preview,
    push,
    regrades,
    results,
    sets,
)
from bot.chat.learner import answers, data, greeting, leaderboard, paging, pushed, rounds, score
from bot.chat.learner import classes as learner_classes
from bot.chat.operator import status
from bot.chat.turns import Turn, acknowledge, reply
from bot.store import awaited, presses, roles
from bot.store.awaited import Awaited
from bot.store.roles import Role

Pressed = Callable[[Desk, Event, Any], Awaitable[Turn]]

LEARNER: dict[str, Journey] = {
    "start": greeting.start,
    "quiz": rounds.quiz,
    "review": rounds.review,
    "score": score.score,
    "join": learner_classes.join,
    "leave": learner_classes.leave,
    "leaderboard": leaderboard.leaderboard,
    "claim": invitations.claim,
    "help": greeting.show_help,
    "cancel": rounds.cancel,
    "privacy": data.privacy,
    "mydata": data.mydata,
    "forget": data.forget,
    "reminders": pushed.reminders,
}

COMMANDS: dict[Role, dict[str, Journey]] = {
    Role.LEARNER: LEARNER,
    Role.CO_INSTRUCTOR: {
        "class": classes.classes_,
        "preview": preview.preview,
        "push": push.push,
        "pushes": push.listed,
        "results": results.results,
        "disputes": disputes.disputes_,
        "regrade": regrades.regrade,
        "template": sets.send_template,
    },
    Role.OPERATOR: {"invite": invitations.invite, "status": status.status},
}
"""Every command under the least role that it needs."""

LEARNER_PRESSES: dict[type[Press], Pressed] = {
    buttons.Choose: answers.pressed_answer,
    buttons.NotSure: answers.pressed_answer,
    buttons.NothingLoaded: answers.pressed_answer,
    buttons.Disagree: answers.pressed_disagree,
    buttons.Next: rounds.pressed_next,
    buttons.Finish: rounds.pressed_finish,
    buttons.Resume: rounds.pressed_resume,
    buttons.Begin: rounds.pressed_begin,
    buttons.Review: rounds.pressed_review,
    buttons.ShowScore: score.pressed_score,
    buttons.ShowHelp: greeting.pressed_help,
    buttons.ShowSets: greeting.pressed_sets,
    buttons.Forget: data.pressed_forget,
    buttons.Leave: learner_classes.pressed_leave,
    buttons.AskNickname: learner_classes.pressed_nickname,
    buttons.StayAnonymous: learner_classes.pressed_anonymous,
    buttons.Rank: leaderboard.pressed_rank,
    buttons.Page: paging.pressed_page,
    buttons.Overview: paging.pressed_overview,
    buttons.Open: pushed.pressed_open,
    buttons.Remind: pushed.pressed_remind,
    buttons.ShowBoard: leaderboard.pressed_board,
    buttons.ShowPage: pages.pressed_page,
}

TEACHING_PRESSES: dict[type[Press], Pressed] = {
    buttons.ListClasses: classes.pressed_list,
    buttons.NewClass: classes.pressed_new,
    buttons.OpenClass: classes.pressed_open,
    buttons.ShowQr: classes.pressed_qr,
    buttons.InviteCo: invitations.pressed_invite_co,
    buttons.Rename: classes.pressed_rename,
    buttons.SetZone: classes.pressed_zone,
    buttons.NewCode: classes.pressed_code,
    buttons.DeleteClass: classes.pressed_delete,
    buttons.Publish: sets.pressed_publish,
    buttons.Discard: sets.pressed_discard,
    buttons.Walk: drafting.pressed_walk,
    buttons.SetSource: drafting.pressed_source,
    buttons.Keep: drafting.pressed_keep,
    buttons.Drop: drafting.pressed_drop,
    buttons.SetKind: drafting.pressed_kind,
    buttons.MarkWord: drafting.pressed_word,
    buttons.AddWords: drafting.pressed_words,
    buttons.Explain: drafting.pressed_explain,
    buttons.ShowResults: results.pressed_results,
    buttons.ShowLearners: results.pressed_learners,
    buttons.ShowQuestions: results.pressed_questions,
    buttons.SendResults: results.pressed_files,
    buttons.Uphold: disputes.pressed_uphold,
    buttons.Accept: disputes.pressed_accept,
    buttons.Reject: disputes.pressed_reject,
    buttons.Rekey: disputes.pressed_rekey,
    buttons.RekeyWords: disputes.pressed_words,
    buttons.Regrade: regrades.pressed_regrade,
    buttons.UndoRegrade: regrades.pressed_undo,
    buttons.Try: preview.pressed_try,
    buttons.TryKind: preview.pressed_answer,
    buttons.TryClean: preview.pressed_answer,
    buttons.TryPass: preview.pressed_answer,
    push_buttons.ToClass: push.pressed_class,
    push_buttons.TheSet: push.pressed_set,
    push_buttons.Choice: push.pressed_choice,
    push_buttons.ChooseTime: push.pressed_when,
    push_buttons.SetTime: push.pressed_time,
    push_buttons.TypeTime: push.pressed_type,
    push_buttons.ChooseKinds: push.pressed_kinds,
    push_buttons.Settings: push.pressed_settings,
    push_buttons.Confirm: push.pressed_confirm,
    push_buttons.Drop: push.pressed_drop,
}

PRESSES: dict[Role, dict[type[Press], Pressed]] = {
    Role.LEARNER: LEARNER_PRESSES,
    Role.CO_INSTRUCTOR: TEACHING_PRESSES,
}
"""Every press under the least role that it needs."""

TOLD_APART = (
    buttons.Choose,
    buttons.NotSure,
    buttons.NothingLoaded,
    buttons.Disagree,
    buttons.Next,
)
"""Presses whose journey knows them when they come again, and says so in better words."""

AWAITED: dict[str, Callable[[Desk, Event, str], Awaitable[Turn]]] = {
    learner_classes.NICKNAME: learner_classes.typed_nickname,
    answers.OBJECTION: answers.typed_objection,
    classes.NAME: classes.typed_name,
    classes.NEW_NAME: classes.typed_new_name,
    classes.ZONE: classes.typed_zone,
    drafting.SOURCE: drafting.typed_source,
    drafting.WORDS: drafting.typed_words,
    drafting.EXPLANATION: drafting.typed_explanation,
    push.TIME: push.typed_time,
    preview.TRIED: preview.typed_answer,
}
"""What is done with a text that was asked for. Each asks anew whether it is allowed."""

_NEEDS = {name: role for role, commands in COMMANDS.items() for name in commands}
_NEEDED = {press: role for role, presses in PRESSES.items() for press in presses}


async def answer(desk: Desk, event: Event) -> Turn:
    """Return what an event leads to; every event leads to something.

    Whether somebody may do what they ask for is looked up anew every time. A button that is
    pressed twice in a row does what it does once.
    """
    if _repeats(desk, event):
        return acknowledge(event, desk.texts.plain("toast-pressed-twice"))
    awaits = awaited.of(desk.db, event.learner)
    answered = await _answered(desk, event, awaits)
    # Whatever came instead of what was asked for, that is not waited for any longer.
    return _settled(event).then(answered) if awaits else answered


async def _answered(desk: Desk, event: Event, awaits: Awaited | None) -> Turn:
    if event.data is not None:
        return await _pressed(desk, event, event.data)
    if event.command is not None:
        return await _commanded(desk, event, event.command[0])
    if awaits is not None and event.text is not None:
        return await AWAITED[awaits.what](desk, event, awaits.subject)
    if (event.document or event.text) and roles.of(desk.db, event.learner).may(Role.CO_INSTRUCTOR):
        if event.document:
            return await sets.received(desk, event, event.document)
        if articles.is_article(event.text or "") and not desk.open_round(event.learner):
            return await articles.typed(desk, event, event.text or "")
    return await greeting.anything(desk, event)


async def _commanded(desk: Desk, event: Event, name: str) -> Turn:
    needed = _NEEDS.get(name)
    if needed is None:
        return await greeting.unknown_command(desk, event)
    if not _may(desk, event, needed):
        return reply(event, desk.texts.say("not-your-command", command=name))
    return await COMMANDS[needed][name](desk, event)


def _may(desk: Desk, event: Event, needed: Role) -> bool:
    """Whether somebody has a role; everybody may learn, and nobody is asked for that."""
    return needed is Role.LEARNER or roles.of(desk.db, event.learner).may(needed)


def _settled(event: Event) -> Turn:
    return Turn(writes=(lambda db: awaited.clear(db, event.learner),))


async def _pressed(desk: Desk, event: Event, data: str) -> Turn:
    press = buttons.decode(data)
    if press is None:
        return await greeting.unknown_press(desk, event)
    needed = _NEEDED[type(press)]
    if not _may(desk, event, needed):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    turn = await PRESSES[needed][type(press)](desk, event, press)
    if not turn.writes and (isinstance(press, TOLD_APART) or not turn.says):
        return turn
    # First, as whoever is forgotten by what follows has pressed nothing.
    return _pressed_last(event, data).then(turn)


def _repeats(desk: Desk, event: Event) -> bool:
    """Whether an event is the press before it once more."""
    if event.data is None or isinstance(buttons.decode(event.data), TOLD_APART):
        return False
    learner, update, under = event.learner, event.update_id, event.message_id
    return presses.repeats(desk.db, learner, update, under, event.data)


def _pressed_last(event: Event, data: str) -> Turn:
    learner, update, under = event.learner, event.update_id, event.message_id
    return Turn(writes=(lambda db: presses.note(db, learner, update, under, data),))
