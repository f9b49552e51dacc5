"""A learner's own data: seen as a file, and forgotten for good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.local.faults import ApiError
from bot.store.database import connect
from tests.chat.dialogs import (
    LEARNER,
    SILENCE,
    START,
    Chat,
    Without,
    check,
    failing_journeys,
    not_now,
    verify,
)
from tests.chat.sets import asks, asks_loaded, seeds

SECRET = "something only I would write"


def file_of(chat: Chat) -> tuple[str, Any]:
    """Return name and content of the file that the bot sent last."""
    document = chat.messages()[-1].document
    assert document is not None
    return document.name, json.loads(document.content)


async def play(chat: Chat) -> None:
    """Answer a question about loaded words wrong, disagree, and give a reason to another."""
    await verify(chat, [("/quiz", "1 of 2")])
    for way_on in ("[Next ▶]", "[How did it go? ▶]"):
        if "Which words" in chat.asking().text:
            await verify(chat, [("[Nothing loaded]", "Not this time."), ("[I disagree]", "noted")])
        else:
            await verify(chat, [(SECRET, "Accepted.")])
        await chat.say(way_on)


TWO = seeds(asks_loaded(), asks("reason"))


async def test_mydata_is_everything(tmp_path: Path) -> None:
    """/mydata sends a JSON file with the identity, rounds, answers, disputes and reviews."""
    async with Chat(tmp_path, TWO) as chat:
        await play(chat)
        await verify(chat, [("/mydata", "Everything I keep about you.")])
        name, data = file_of(chat)
        assert name == "whosays-my-data.json"
        assert data["telegram_id"] == LEARNER
        learner = data["learner"]
        assert [row["id"] for row in data["learners"]] == [learner]
        assert [row["closed"] for row in data["rounds"]] == [1]
        said = {row["ask"]: json.loads(row["said"]) for row in data["answers"]}
        assert said == {
            "loaded": {"marked": [], "words": [], "strays": []},
            "reason": {"reason": SECRET},
        }
        disputed = {row["id"]: row["ask"] for row in data["answers"]}
        assert [disputed[row["answer"]] for row in data["disputes"]] == ["loaded"]
        assert [(row["question"], row["ask"]) for row in data["cards"]] == [("q0", "loaded")]
        tables = {name for name, rows in data.items() if isinstance(rows, list)}
        filled = {name for name in tables if data[name]}
        assert filled == {"learners", "rounds", "answers", "cards", "disputes", "presses"}
        assert "Somebody" not in json.dumps(data), "the name is not kept"


async def test_mydata_of_a_newcomer(chat: Chat) -> None:
    """Somebody who has played nothing gets a file too, with next to nothing in it."""
    await verify(chat, [("/mydata", "Everything I keep about you.")])
    _, data = file_of(chat)
    assert data["learners"][0]["created_at"].startswith(f"{START:%Y-%m-%d}")
    for table in ("rounds", "answers", "cards", "disputes"):
        assert data[table] == []


async def test_mydata_is_ones_own(tmp_path: Path) -> None:
    """Nothing of another learner stands in the file."""
    async with Chat(tmp_path, TWO) as chat:
        await play(chat)
        other = chat.telegram.user(77, "Other")
        await verify(chat, [("/quiz", "1 of 2"), ("/mydata", "Everything")], other)
        document = chat.telegram.chat(other).last.document
        assert document is not None
        text = document.content.decode()
        assert SECRET not in text
        assert str(LEARNER) not in text
        assert json.loads(text)["telegram_id"] == 77


async def test_forget_can_be_thought_over(tmp_path: Path) -> None:
    """/forget asks first; saying no leaves everything as it is, the open round included."""
    async with Chat(tmp_path, TWO) as chat:
        await play(chat)
        await verify(
            chat,
            [
                ("/quiz", "1 of 2"),
                ("/forget", "your number, your rounds, answers, score and reviews"),
            ],
        )
        assert chat.labels() == ["Yes, forget me", "No, keep everything"]
        await verify(
            chat,
            [
                ("[No, keep everything]", ("Nothing was deleted.", Without("Really?"))),
                ("/score", "2 answers so far."),
                ("/start", "You have a round open"),
            ],
        )


async def test_forget_forgets(tmp_path: Path) -> None:
    """Saying yes begins anew: no score, no open round, and old buttons belong to nobody."""
    async with Chat(tmp_path, TWO) as chat:
        await play(chat)
        await chat.say("/quiz")
        asked = chat.asking()
        await verify(
            chat,
            [
                ("/forget", "Really?"),
                ("[Yes, forget me]", "Done. I know nothing about you any more."),
                ("/score", "No answers yet."),
                ("/review", "Nothing is due for review."),
                ("/start", ("Who says?", Without("round open"))),
            ],
        )
        check(await chat.press(asked, "Not sure"), "That button belongs to another round.")
        assert not chat.rows()


async def test_forgetting_twice(chat: Chat) -> None:
    """An old confirmation pressed again finds nothing more to forget, and says the same."""
    await chat.say("/forget")
    confirming = chat.asking()
    await chat.press(confirming, "Yes, forget me")
    await chat.press(confirming, "Yes, forget me")
    assert chat.messages()[-1].text.startswith("Done. I know nothing about you any more.")
    assert identities(chat) == 0


async def test_a_new_number_after_forgetting(tmp_path: Path) -> None:
    """Whoever comes back gets a number that nobody had before, and others keep theirs."""
    async with Chat(tmp_path, TWO) as chat:
        other = chat.telegram.user(77, "Other")
        numbers = []
        for _ in range(2):
            await chat.say("/mydata")
            numbers.append(file_of(chat)[1]["learner"])
            await verify(chat, [("/forget", "Really?"), ("[Yes, forget me]", "Done.")])
            await chat.say("/start", other)
        assert numbers[0] != numbers[1]
        assert identities(chat) == 1


def identities(chat: Chat) -> int:
    """Return how many people the bot knows."""
    (count,) = chat.bot.store.reader.execute("SELECT count(*) FROM identities").fetchone()
    return int(count)


def dump(path: Path) -> str:
    """Return all that the database says, as text."""
    db = connect(path)
    try:
        return "\n".join(db.iterdump())
    finally:
        db.close()


def raw(folder: Path) -> bytes:
    """Return all bytes of the files in a folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


TRACES = [str(LEARNER), SECRET, "Somebody"]
AS_INTEGER = LEARNER.to_bytes(6)
"""How SQLite stores the number."""

UNAUTHORIZED = ApiError(401, "Unauthorized")
"""A refusal after which an answer is kept for the next start."""


def traces(kept: bytes) -> list[bytes]:
    """Return what of a learner is to be found in what is kept."""
    return [trace for trace in (*map(str.encode, TRACES), AS_INTEGER) if trace in kept]


async def test_nothing_identifies_after_forgetting(tmp_path: Path) -> None:
    """Neither the number that Telegram gave nor what was typed is left in any table."""
    async with Chat(tmp_path, TWO) as chat:
        await play(chat)
        path = chat.settings.database
        assert [trace for trace in TRACES if trace in dump(path)] == TRACES[:2]
        await verify(chat, [("/forget", "Really?"), ("[Yes, forget me]", "Done.")])
        assert not [trace for trace in TRACES if trace in dump(path)]


async def test_a_handled_update_leaves_no_words(chat: Chat) -> None:
    """Of a message that is answered the inbox keeps the number alone."""
    await verify(chat, [(SECRET, "I did not understand that."), ("/start", "Who says?")])
    rows = chat.bot.store.reader.execute("SELECT body, replies FROM inbox").fetchall()
    assert rows == [(None, None)] * 2


async def test_a_failed_update_is_forgotten_too(tmp_path: Path) -> None:
    """An apology that waits and a body that made no sense go with the learner as well."""
    async with Chat(tmp_path, seeds(asks("reason")), pause=not_now) as chat:
        await verify(chat, [("/quiz", "1 of 1"), ("/forget", "Really?")])
        chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
        with failing_journeys():
            await verify(chat, [(SECRET, SILENCE)])
        check(await chat.arrive("message", chat.message(SECRET) | {"date": "yesterday"}), SILENCE)
        assert [bool(body) for body, _ in chat.failures()] == [False, True]
        assert chat.waits()
        assert SECRET in dump(chat.settings.database)
        await verify(chat, [("[Yes, forget me]", ("Done.", Without("Something went wrong")))])
        text = dump(chat.settings.database)
        assert not [trace for trace in TRACES if trace in text]
        assert not chat.failures()
        assert not chat.waits()


async def test_what_waits_for_others_is_not_forgotten(tmp_path: Path) -> None:
    """Who asks to be forgotten takes nothing along that waits for somebody else."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        other = chat.telegram.user(77, "Other")
        chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
        await verify(chat, [("/help", SILENCE)], other)
        await verify(chat, [("/forget", "Really?"), ("[Yes, forget me]", "Done.")])
    async with Chat(tmp_path, TWO, after=chat) as chat:
        assert "What I can do" in chat.telegram.chat(other).last.text


async def test_an_undelivered_file_is_forgotten(tmp_path: Path) -> None:
    """A file of /mydata that waits to be sent is forgotten: no restart sends it or keeps it."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        await play(chat)
        await verify(chat, [("/forget", "Really?")])
        chat.telegram.refuse_next("sendDocument", UNAUTHORIZED)
        await verify(chat, [("/mydata", SILENCE)])
        assert chat.waits()
        await verify(chat, [("[Yes, forget me]", "Done.")])
        assert not chat.waits()
        assert not traces(dump(chat.settings.database).encode())
    seen = len(chat.messages())
    async with Chat(tmp_path, TWO, after=chat) as later:
        assert len(later.messages()) == seen
    assert not traces(raw(tmp_path))


async def test_the_files_themselves_forget(tmp_path: Path) -> None:
    """After a restart no byte of the database's files holds what was forgotten."""
    async with Chat(tmp_path, TWO) as chat:
        await play(chat)
        await verify(chat, [("/forget", "Really?"), ("[Yes, forget me]", "Done.")])
        before = raw(tmp_path)
        assert SECRET.encode() in before, "what this test looks for is there to be found"
        assert AS_INTEGER in before
    async with Chat(tmp_path, TWO, after=chat):
        pass
    assert not traces(raw(tmp_path))
