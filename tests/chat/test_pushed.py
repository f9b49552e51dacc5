"""What a learner does with what was pushed to them, under the options of the push."""

from __future__ import annotations

from tests.chat.classroom import Classroom, sent
from tests.chat.dialogs import Without, check, verify


async def test_a_round_of_a_push_is_gone_on_with(room: Classroom) -> None:
    """The button of a push leads back to its round, also after another round came in between."""
    await sent(room)
    pupil = room.pupils[0]
    await verify(room.chat, [("[Begin ▶]", "1 of 2"), ("[Opinion]", "1 of 2")], pupil)
    await verify(room.chat, [("/quiz", "1 of 2"), ("[Begin ▶]", "2 of 2")], pupil)
    await room.passes(minutes=1)
    await verify(room.chat, [("[Begin ▶]", "2 of 2"), ("[Opinion]", "2 of 2")], pupil)
    await verify(room.chat, [("[Begin ▶]", "1 of 2")], pupil)


async def test_without_retry_there_is_no_second_round(room: Classroom) -> None:
    """Where the first answers count, whoever has finished is told so, kindly."""
    await sent(room, "[Retry: allowed]")
    pupil = room.pupils[0]
    check(room.seen(pupil)[0], "Your first answers count")
    for said in ("[Begin ▶]", "[Opinion]", "[Next ▶]", "[Opinion]"):
        await room.chat.say(said, pupil)
    await verify(room.chat, [("[Begin ▶]", "You have finished this set")], pupil)
    assert len(room.chat.rows()) == 2


async def test_deferred_feedback(room: Classroom) -> None:
    """Answers are noted without a verdict; after the last one their verdicts can be paged."""
    await sent(room, "[Feedback: at once]", "[Order: composed]")
    await verify(
        room.chat,
        [
            ("[Begin ▶]", "1 of 2"),
            ("[Opinion]", ("Noted.", Without("Not this time"), Without("sourced fact"))),
            ("[Next ▶]", "2 of 2"),
            ("[Opinion]", ("Noted.", Without("Right."))),
            ("[How did it go? ▶]", "1 of 2 points"),
            ("[Look at the answers ▶]", ("1 of 2", "Not this time.")),
            ("[On ▶]", ("2 of 2", "Right.")),
            ("[I disagree]", ("2 of 2", "You disagree: noted.")),
            ("[◀ Back]", "Not this time."),
            ("[Summary]", "Round finished."),
        ],
        room.pupils[0],
    )


async def test_a_noted_answer_cannot_be_looked_at_early(room: Classroom) -> None:
    """Forged buttons show no verdict before the round is over."""
    await sent(room, "[Feedback: at once]")
    pupil = room.pupils[0]
    await verify(room.chat, [("[Begin ▶]", "1 of 2"), ("[Opinion]", "Noted.")], pupil)
    round_id = room.last(pupil).buttons[0].data.split(":")[1]
    for data in (f"ug:{round_id}:0", f"us:{round_id}", f"d:{round_id}:0"):
        check(await room.chat.forge(data, person=pupil), "That button belongs to another round.")


async def test_a_time_limit(room: Classroom) -> None:
    """A question says its time; an answer after it is kept, told kindly and out of the count."""
    await sent(room, "[Time: no limit]", "[Order: composed]")
    pupil = room.pupils[0]
    await verify(room.chat, [("[Begin ▶]", "⏱ 15 s")], pupil)
    room.chat.clock.pass_(seconds=10)
    await verify(room.chat, [("[Begin ▶]", "1 of 2")], pupil)
    room.chat.clock.pass_(seconds=10)
    late = ("A little late.", "sourced fact", Without("Graded by"))
    await verify(room.chat, [("[Sourced fact]", late), ("[Next ▶]", "2 of 2")], pupil)
    room.chat.clock.pass_(seconds=14)
    await verify(room.chat, [("[Opinion]", "Right.")], pupil)
    summary = ("1 of 2 points", "Kinds: 1 of 1 right", "Answered after the time was up: 1")
    await verify(room.chat, [("[How did it go? ▶]", summary)], pupil)
    assert [(row["verdict"], row["score"]) for row in room.chat.rows()] == [
        ("late", 0.0),
        ("right", 1.0),
    ]
    assert not room.chat.bot.store.reader.execute("SELECT * FROM cards").fetchall()


async def test_the_kinds_that_are_offered(room: Classroom) -> None:
    """A push may offer fewer kinds; what they cannot answer is left out."""
    await sent(room, "[Kinds: 4]", "[✅ Unsourced claim]", "[✅ Reported opinion]", "[◀ Settings]")
    pupil = room.pupils[0]
    await verify(room.chat, [("[Begin ▶]", "1 of 2")], pupil)
    labels = [button.text for button in room.last(pupil).buttons]
    assert labels == ["Sourced fact", "Opinion", "Not sure"]
    await verify(room.chat, [("unsourced claim", "Sourced fact, Opinion")], pupil)
