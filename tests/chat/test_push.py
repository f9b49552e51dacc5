"""Pushing a set to a class: by buttons, now or at a time, through troubles and restarts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.local.faults import ApiError, flood
from bot.store import classes, deliveries, pushes, roles
from bot.store.deliveries import DeliveryState, Errand
from bot.store.pushes import PushState
from bot.store.roles import Role
from tests.chat.classroom import ARRIVES, SET, TWO, Classroom, classroom, number, sent, write
from tests.chat.dialogs import START, Chat, Without, check, verify

REMINDED = (
    "[🏁 Until: no deadline]",
    "[3 days later]",
    "[⏰ Remind: no]",
    "[24 hours before]",
)


def states(room: Classroom, push: int = 1) -> list[DeliveryState]:
    """Return how far a push has come with each pupil."""
    return [row.state for row in deliveries.of_push(room.chat.bot.store.reader, push)]


async def test_a_push_reaches_everybody_in_the_class(room: Classroom) -> None:
    """A confirmed push goes out at once, to each learner once, with a button that begins it."""
    await sent(room)
    assert [room.seen(pupil) for pupil in room.pupils] == [[ARRIVES], [ARRIVES]]
    progress = room.chat.messages()[-1].text
    check(progress, ("A little set went to Class 7b", "Sent: 2 of 2", "Opened: 0"))
    first, second = room.pupils
    await verify(
        room.chat,
        [
            ("[Begin ▶]", "1 of 2"),
            ("[Opinion]", "1 of 2"),
            ("[Next ▶]", "2 of 2"),
            ("[Opinion]", "2 of 2"),
        ],
        first,
    )
    await room.passes(seconds=10)
    check(room.chat.messages()[-1].text, "Opened: 1 · Finished: 1")
    assert room.seen(second) == [ARRIVES]


async def test_the_same_press_twice_sends_once(room: Classroom) -> None:
    """Confirming again changes nothing: the push is on its way, and nobody gets it twice."""
    await verify(room.chat, [("/push", "Which set"), (SET, "Press a line")])
    confirming = room.chat.asking()
    await room.chat.press(confirming, "Send it ✔")
    check(await room.chat.press(confirming, "Send it ✔"), "Once was enough.")
    await room.passes(minutes=1)
    check(await room.chat.press(confirming, "Send it ✔"), "not being put together any more")
    assert room.seen(room.pupils[0]) == [ARRIVES]


async def test_choosing_a_set_twice_makes_one_draft(room: Classroom) -> None:
    """A set that is chosen again goes on with the draft there is; another set replaces it."""
    await room.chat.say("/push")
    choosing = room.chat.asking()
    for _ in range(2):
        await room.chat.press(choosing, "A little set")
    (count,) = room.chat.bot.store.reader.execute("SELECT count(*) FROM pushes").fetchone()
    assert count == 1


async def test_who_blocked_the_bot_is_marked_and_not_tried_again(room: Classroom) -> None:
    """A learner who blocked the bot is named with the reason; the others get it all the same."""
    blocked, other = room.pupils
    room.chat.telegram.block(blocked)
    await room.chat.idle()
    await sent(room, *REMINDED)
    assert states(room) == [DeliveryState.BLOCKED, DeliveryState.SENT]
    progress = room.chat.messages()[-1].text
    check(progress, ("Sent: 1 of 2", "Blocked the bot: 1 (#2)", "bot was blocked by the user"))
    room.chat.telegram.unblock(blocked)
    await room.passes(days=2, minutes=1)
    assert len(room.seen(blocked)) == 0
    assert len(room.seen(other)) == 2, "the reminder went to the one who has it"


async def test_a_message_that_is_refused_for_another_reason(room: Classroom) -> None:
    """What Telegram refuses is told with its words, and the rest goes on."""
    room.chat.telegram.refuse_next("sendMessage", ApiError(400, "Bad Request: chat not found"))
    write(room.chat, lambda db: pushes.create(db, pushes.Push(0, room.class_id, "little", 1)))
    write(room.chat, lambda db: pushes.confirm(db, 1, room.chat.clock(), None))
    await room.passes(seconds=1)
    assert sorted(states(room)) == [DeliveryState.FAILED, DeliveryState.SENT]
    check(room.chat.messages()[-1].text, ("Not reached: 1", "hat not found"))


@pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)
async def test_when_telegram_asks_to_slow_down_nothing_is_lost(room: Classroom) -> None:
    """A message that was refused for the rate is sent after the pause, once."""
    write(room.chat, lambda db: pushes.create(db, pushes.Push(0, room.class_id, "little", 1)))
    room.chat.telegram.refuse_next("sendMessage", flood(1))
    write(room.chat, lambda db: pushes.confirm(db, 1, room.chat.clock(), None))
    await room.passes(seconds=1)
    assert [room.seen(pupil) for pupil in room.pupils] == [[ARRIVES], [ARRIVES]]


async def test_what_a_crash_cut_off_is_told_and_not_sent_again(tmp_path: Path) -> None:
    """A delivery in flight becomes unknown at the next start; those that waited are sent."""
    async with Chat(tmp_path, TWO) as chat:
        room = await classroom(chat, 3)
        write(chat, lambda db: pushes.create(db, pushes.Push(0, room.class_id, "little", 1)))
        write(chat, lambda db: pushes.confirm(db, 1, chat.clock(), None))
        write(chat, lambda db: pushes.start(db, 1))
        cut = number(chat, room.pupils[1])
        write(chat, lambda db: deliveries.claim(db, 1, cut, Errand.SET))
    async with Chat(tmp_path, TWO, after=chat) as later:
        room.chat = later
        await room.passes(seconds=1)
        assert [room.seen(pupil) for pupil in room.pupils] == [[ARRIVES], [], [ARRIVES]]
        assert states(room) == [DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.SENT]
        told = "\n".join(message.text for message in later.messages())
        check(told, ("I was interrupted while sending", f"reached #{cut}", "arrived: 1"))


async def test_a_push_at_a_typed_time_outlives_a_restart(tmp_path: Path) -> None:
    """A time is typed in the zone of the class, and the push goes out at it, not before."""
    async with Chat(tmp_path, TWO) as chat:
        room = await classroom(chat)
        await verify(
            chat,
            [
                ("/push", "Which set"),
                (SET, "Press a line"),
                ("[🕘 Send: now]", "When shall it go out? Times are those of Europe/Berlin."),
                ("[Type a time]", "Type a time"),
                ("soonish", ("I cannot read that as a time", "2026-03-02 10:00 now")),
                ("2026-03-01 9:00", "That is over already"),
                ("tomorrow 9:00", "A little set for Class 7b (2 learners)"),
            ],
        )
        assert "🕘 Send: Tue 2026-03-03 09:00" in chat.labels()
        await verify(chat, [("[Send it ✔]", "goes to Class 7b: Tue 2026-03-03 09:00")])
        await room.passes(hours=22, minutes=59)
        assert room.seen(room.pupils[0]) == []
    async with Chat(tmp_path, TWO, after=chat) as later:
        room.chat = later
        await room.passes(minutes=2)
        assert [room.seen(pupil) for pupil in room.pupils] == [[ARRIVES], [ARRIVES]]


async def test_who_joined_meanwhile_gets_it_too(room: Classroom) -> None:
    """The rows are made when a push goes out, for everybody who is in the class by then."""
    await sent(room, "[🕘 Send: now]", "[In an hour]")
    late = room.chat.telegram.user(900_001, "Late")
    await room.chat.say("/start", late)
    who = number(room.chat, late)
    write(room.chat, lambda db: classes.join(db, room.class_id, who, room.chat.clock()))
    await room.passes(hours=1, minutes=1)
    assert room.seen(late) == [ARRIVES]


async def test_deadline_and_reminder(room: Classroom) -> None:
    """Who has not finished is reminded, unless they want none; after the deadline it is closed."""
    finished, wants_none = room.pupils
    third = room.chat.telegram.user(900_002, "Third")
    await room.chat.say("/start", third)
    who = number(room.chat, third)
    write(room.chat, lambda db: classes.join(db, room.class_id, who, room.chat.clock()))
    await sent(room, *REMINDED)
    until = "Until Thu 2026-03-05 10:00 (Europe/Berlin)"
    assert room.seen(third) == [f"{ARRIVES}\n{until}"]
    for said in ("[Begin ▶]", "[Opinion]", "[Next ▶]", "[Opinion]"):
        await room.chat.say(said, finished)
    await verify(room.chat, [("/reminders off", "Class 7b: no reminders")], wants_none)
    counts = [len(room.seen(pupil)) for pupil in room.pupils]
    await room.passes(days=2, minutes=1)
    assert [len(room.seen(pupil)) for pupil in room.pupils] == counts
    check(room.last(third).text, ("you have not finished A little set yet", until))
    await verify(room.chat, [("[Begin ▶]", "1 of 2")], third)
    await room.passes(days=1)
    late = [("[Opinion]", "A little late."), ("[Next ▶]", "The deadline has passed.")]
    await verify(room.chat, late, third)
    await verify(room.chat, [("[Begin ▶]", "The deadline has passed (Thu 2026-03-05 10:00")], third)
    assert [row["verdict"] for row in room.chat.rows()][-1] == "late"


async def test_a_push_can_be_called_off(room: Classroom) -> None:
    """One that waits for its time can be stopped, and then nobody gets it."""
    await sent(room, "[🕘 Send: now]", "[In an hour]")
    await verify(room.chat, [("/pushes", "goes to Class 7b"), ("[Stop it]", "was stopped")])
    await room.passes(hours=2)
    assert room.seen(room.pupils[0]) == []
    push = pushes.load(room.chat.bot.store.reader, 1)
    assert push is not None
    assert push.state is PushState.CANCELLED


async def test_what_cannot_be_is_said_before_it_goes_out(room: Classroom) -> None:
    """A deadline before the time of sending is refused where it would be confirmed."""
    await verify(room.chat, [("/push", "Which set"), (SET, "Press a line")])
    for choice in ("[🏁 Until: no deadline]", "[A day later]", "[🕘 Send: now]", "[Type a time]"):
        await room.chat.say(choice)
    await verify(
        room.chat,
        [
            ("in 3 days", "Press a line"),
            ("[Send it ✔]", "The deadline has to come after it goes out."),
        ],
    )


async def test_a_command_ends_the_waiting_for_a_time(room: Classroom) -> None:
    """Whoever is asked for a time and plays instead answers the question and not the push."""
    await verify(room.chat, [("/push", "Which set"), (SET, "Press a line")])
    for said in ("[🕘 Send: now]", "[Type a time]", "/quiz"):
        await room.chat.say(said)
    await verify(room.chat, [("opinion", "1 of 2")])


async def test_others_cannot_push_or_open(room: Classroom) -> None:
    """Learners cannot push, instructors of no class neither, and a stranger opens nothing."""
    await sent(room)
    pupil, stranger = room.pupils[0], room.chat.telegram.user(66, "Mallory")
    await verify(room.chat, [("/push", Without("Which set"))], pupil)
    await room.chat.say("/start", stranger)
    for data in ("uf:1", "ux:1", f"ut:{room.class_id}:little", f"uc:{room.class_id}"):
        check(await room.chat.forge(data, person=pupil), Without("set"), data)
    check(await room.chat.forge("uo:1", person=stranger), "a class that you are not in")
    check(await room.chat.forge("uo:99", person=stranger), "not there any more")


async def test_an_operator_pushes_to_any_class(room: Classroom) -> None:
    """A class that was made in the shell, and is led by nobody, can be pushed to by operators."""
    operator = room.chat.telegram.user(900_001, "Operator")
    await room.chat.say("/start", operator)
    learner = number(room.chat, operator)
    write(room.chat, lambda db: roles.grant(db, learner, Role.OPERATOR, None, START))
    await verify(room.chat, [("/push", "Which set shall go to Class 7b?")], operator)
