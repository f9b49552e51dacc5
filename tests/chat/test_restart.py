"""The bot stops and starts again: nothing is lost, nothing is done twice."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.chat import says
from bot.local.faults import ApiError
from bot.quiz.labels import Kind
from bot.store import arrivals, inbox
from bot.store.calls import Call
from bot.texts import Markup
from tests.chat.dialogs import Chat, check, not_now, verify
from tests.chat.past import called
from tests.chat.sets import asks, asks_loaded, seeds

TWO = seeds(asks(), asks(kind="opinion"))


async def test_an_open_question_outlives_the_bot(tmp_path: Path) -> None:
    """A question asked before a restart is answered after it, with its own buttons."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "1 of 2"), ("[Next ▶]", "2 of 2")])
    async with Chat(tmp_path, TWO, after=chat) as chat:
        await verify(
            chat,
            [
                ("/start", "You have a round open, at question 2 of 2."),
                ("[Opinion]", "2 of 2"),
                ("[How did it go? ▶]", ("Round finished. 1 of 2 points.", "Kinds: 1 of 2 right")),
            ],
        )
        assert [row["position"] for row in chat.rows()] == [0, 1]


async def test_a_verdict_outlives_the_bot(tmp_path: Path) -> None:
    """After a restart a verdict leads on, can be disputed, and is shown as it was."""
    async with Chat(tmp_path, TWO) as chat:
        await chat.say("/quiz")
        asked = chat.asking()
        await chat.say("[Not sure]")
        verdict = chat.asking().html
    async with Chat(tmp_path, TWO, after=chat) as chat:
        check(await chat.press(asked, "Opinion"), "That one is answered already.")
        assert chat.asking().html == verdict
        await verify(chat, [("[I disagree]", "noted"), ("[Next ▶]", "2 of 2")])


async def test_words_typed_after_a_restart_close_the_question(tmp_path: Path) -> None:
    """The bot remembers across a restart which message shows the open question."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await chat.say("/quiz")
        asked = chat.asking().id
    async with Chat(tmp_path, seeds(asks_loaded()), after=chat) as chat:
        await verify(chat, [("circus act", "You found: circus act")])
        (question,) = [message for message in chat.messages() if message.id == asked]
        assert not question.buttons


async def test_what_was_said_while_the_bot_was_away(tmp_path: Path) -> None:
    """Messages that come while the bot is stopped are answered at its start, in their order."""
    async with Chat(tmp_path, TWO) as chat:
        await chat.say("/quiz")
    seen = len(chat.messages())
    chat.telegram.press(chat.person, chat.asking().id, "Not sure")
    chat.telegram.say(chat.person, "/score")
    async with Chat(tmp_path, TWO, after=chat) as chat:
        assert "fair enough" in chat.messages()[seen - 1].text
        (score,) = chat.messages()[seen:]
        assert "One answer so far." in score.text


def taken_in(chat: Chat) -> list[Mapping[str, object]]:
    """Return what waits for the bot, taken from Telegram as an earlier run did that then died."""
    waiting = chat.telegram.call("getUpdates", {})
    assert isinstance(waiting, list)
    for update in waiting:
        chat.telegram.call("getUpdates", {"offset": int(update["update_id"]) + 1})
    return waiting


async def test_an_update_that_was_stored_and_not_handled(tmp_path: Path) -> None:
    """What a run took in and did not come to handle is handled at the next start, once."""
    async with Chat(tmp_path, TWO) as chat:
        await chat.say("/quiz")
    seen = len(chat.messages())
    chat.telegram.press(chat.person, chat.asking().id, "Not sure")
    chat.telegram.say(chat.person, "/help")
    updates = taken_in(chat)
    later = Chat(tmp_path, TWO, after=chat)
    later.bot.store.write_now(lambda db: arrivals.keep(db, updates, chat.clock()))
    async with later:
        assert "fair enough" in later.messages()[seen - 1].text
        assert "What I can do" in later.messages()[-1].text
        assert len(later.rows()) == 1
    count = len(later.messages())
    async with Chat(tmp_path, TWO, after=later) as last:
        assert len(last.messages()) == count


async def test_an_update_delivered_twice(tmp_path: Path) -> None:
    """What was handled and not confirmed to Telegram comes again, and is not handled again."""
    async with Chat(tmp_path, TWO) as chat:
        await chat.say("/quiz")
    chat.telegram.press(chat.person, chat.asking().id, "Not sure")
    chat.telegram.say(chat.person, "/score")
    waiting = [*chat.telegram._world.updates.take(0, None)]
    async with Chat(tmp_path, TWO, after=chat) as once:
        count = len(once.messages())
    chat.telegram._world.updates._waiting[:] = waiting
    async with Chat(tmp_path, TWO, after=once) as again:
        assert not again.telegram.unconfirmed
        assert len(again.messages()) == count
        assert len(again.rows()) == 1


async def test_an_update_handed_over_twice(chat: Chat) -> None:
    """An update that is done is recognised where it is handled, too."""
    await chat.say("/start")
    raw = {"update_id": 900_000_000, "message": chat.message("/help")}
    (kept,) = await chat.bot._incoming.keep([raw])
    count = len(chat.messages())
    for _ in range(2):
        await chat.bot._incoming.hand_over(kept)
        await chat.bot.idle()
    assert len(chat.messages()) == count + 1


async def test_replies_that_were_stored_and_not_sent(tmp_path: Path) -> None:
    """Answers that a run had written down and not sent are sent at the next start, once."""
    async with Chat(tmp_path, TWO) as chat:
        await chat.say("/start")
    seen = len(chat.messages())

    def leave(*calls: Call) -> None:
        store, now = later.bot.store, chat.clock()
        store.write_now(lambda db: arrivals.keep(db, [{"update_id": 5}], now))
        (kept,) = inbox.unhandled(store.reader)
        store.write_now(lambda db: inbox.done(db, int(str(kept["update_id"])), calls, now))

    later = Chat(tmp_path, TWO, after=chat)
    leave(*(says.send(chat.person.id, Markup(f"<b>Part {n}</b>")) for n in (1, 2)))
    async with later:
        assert [message.text for message in later.messages()[seen:]] == ["Part 1", "Part 2"]
    async with Chat(tmp_path, TWO, after=later) as last:
        assert len(last.messages()) == seen + 2


async def test_a_question_that_was_stored_and_not_sent(tmp_path: Path) -> None:
    """A question whose sending was cut off comes at the next start, and words answer it."""
    async with Chat(tmp_path, seeds(asks_loaded()), pause=not_now) as chat:
        await chat.say("/start")
        chat.telegram.refuse_next("sendMessage", ApiError(401, "Unauthorized"))
        assert not await chat.say("/quiz")
    async with Chat(tmp_path, seeds(asks_loaded()), after=chat) as chat:
        assert "Which words" in chat.asking().text
        asked = chat.asking().id
        await verify(chat, [("circus act", "You found: circus act")])
        (question,) = [message for message in chat.messages() if message.id == asked]
        assert not question.buttons


async def test_of_answers_cut_off_in_the_middle_the_rest_is_sent(tmp_path: Path) -> None:
    """Of several answers of which some arrived, only the others come at the next start."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        called(chat, [(Kind.OPINION, Kind.OPINION)] * 3)
        await chat.say("/start")
        chat.telegram.refuse_next("sendMessage", ApiError(401, "Unauthorized"))
        assert await chat.say("/score") == "Right answers, last 10 at a time"
    async with Chat(tmp_path, TWO, after=chat) as later:
        greeting, picture, page = later.messages()
        assert "Who says?" in greeting.text
        assert picture.photo
        assert "Your score" in page.text


async def test_a_set_that_changed_in_the_middle_of_a_round(tmp_path: Path) -> None:
    """A round goes on with the questions that it began with, whatever was published since."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "1 of 2")])
    changed = seeds(asks(passage="This is new."))
    async with Chat(tmp_path, changed, after=chat) as chat:
        await verify(
            chat,
            [
                ("[Next ▶]", ("2 of 2", "Rain fell on Monday")),
                ("[Opinion]", "2 of 2"),
                ("/quiz", ("one question", "This is new.")),
            ],
        )
