"""An article sent to the bot: drafted, looked through by buttons, published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.quiz.labels import Kind
from bot.quiz.values import Key, LoadedSpan
from bot.reader.doubt import NOT_ENGLISH
from bot.store.roles import Role
from tests.chat.dialogs import Chat, Expected, FakeReader, Without, check, reading, verify
from tests.chat.people import somebody
from tests.chat.sets import asks, seeds

FACT = "The council sold forty houses last year, its treasurer Ann Ode told the paper."
PUSHES = "This shameful circus of a council will ruin a whole generation of tenants."
DULL = "A bridge across the river is to be closed for repairs until the autumn."
ARTICLE = f"Houses\n\n{FACT} {PUSHES}\n\n{DULL}"
READER = FakeReader(
    {
        FACT: reading(opinion=0.02, named=0.98),
        PUSHES: reading(opinion=0.97, loaded=(LoadedSpan(5, 13, 0.9), LoadedSpan(14, 20, 0.9))),
        DULL: replace(reading(opinion=0.4), sure=False, why_unsure="low_confidence"),
    }
)


async def test_an_article_becomes_a_set(tmp_path: Path) -> None:
    """Article → draft → corrections → published set, as the instructor decided."""
    async with Chat(tmp_path, seeds(asks()), reader=READER) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        said = await chat.answer_to(
            lambda: chat.telegram.attach(teacher, "houses.txt", ARTICLE.encode()), teacher
        )
        check(said, ("I read 3 sentences of 3", "Houses: 3 questions", "3 questions wait"))
        await verify(
            chat,
            [
                ("[Where it is from]", "Four lines"),
                ("Houses", "I need four lines"),
                (
                    "Houses\n-\nThe Paper\n2026-01-31",
                    "Source: “Houses” · author not stated · publisher The Paper",
                ),
                ("[Look through them ▶]", ("Question 1 of 3", FACT, "a sourced fact", "96 % sure")),
                ("[Keep it ▶]", ("Question 2 of 3", PUSHES, "Loaded: shameful; circus")),
                ("[✓ loaded: circus]", ("Loaded: shameful", Without("circus\n"))),
                ("[Mark words]", "Which words push?"),
                ("nowhere here", "I cannot find those words"),
                ("ruin", "Loaded: shameful; ruin"),
                ("[Reported opinion]", ("a reported opinion", "No explanation yet")),
                ("[Opinion]", "an opinion"),
                ("[Explanation]", "Type the explanation"),
                ("x" * 700, "600 fit"),
                ("It judges, and pushes.", "It judges, and pushes."),
                ("[Keep it ▶]", ("Question 3 of 3", DULL, "I am not sure of that")),
                ("[Drop it]", ("Houses: 2 questions", Without("wait"))),
                ("[Publish for my classes]", "“Houses” is published"),
            ],
            teacher,
        )
        (made,) = [one for one in chat.bot._library.everything() if one.title == "Houses"]
        assert [(one.passage.target, one.key) for one in made.questions] == [
            (FACT, Key(Kind.SOURCED_FACT)),
            (PUSHES, Key(Kind.OPINION, ((5, 13), (39, 43)))),
        ]


async def test_a_pasted_article_is_drafted(tmp_path: Path) -> None:
    """A long message of somebody who teaches is an article; of a learner it is not understood."""
    async with Chat(tmp_path, seeds(asks()), reader=READER) as chat:
        teacher, pupil = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12)
        text = (
            f"{FACT} {PUSHES} {DULL} " + "Nothing else came of it in the whole of that year. " * 6
        )
        await verify(chat, [(text, ("I read", "not published yet"))], teacher)
        await verify(chat, [(text, "I did not understand that")], pupil)


async def test_a_pasted_headline_is_the_title(tmp_path: Path) -> None:
    """A message is read as a file of text is: a first line that is no sentence is its title."""
    async with Chat(tmp_path, seeds(asks()), reader=READER) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        text = f"Houses for sale\n\n{FACT}\n\n" + "It went on like that all through the year. " * 9
        await verify(chat, [(text, "Houses for sale: ")], teacher)


async def test_a_file_s_name_makes_a_title_that_can_be_published(tmp_path: Path) -> None:
    """A name that is long, or has characters that nobody sees, still ends in a published set."""
    async with Chat(tmp_path, seeds(asks()), reader=READER) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        for name in ("\u202e\x07" + "n" * 250 + ".txt", "\u202e.txt"):
            await chat.answer_to(
                lambda name=name: chat.telegram.attach(teacher, name, FACT.encode()),  # type: ignore[misc]
                teacher,
            )
            await verify(chat, [("[Publish for my classes]", "is published")], teacher)


async def test_a_foreign_article_is_told_so(tmp_path: Path) -> None:
    """A text that is not English comes without keys; a person chooses each kind."""
    text = "Міська рада продала торік сорок будинків, повідомила скарбниця Анна Оде."
    foreign = replace(reading(), sure=False, why_unsure=NOT_ENGLISH)
    async with Chat(tmp_path, seeds(asks()), reader=FakeReader({text: foreign})) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        said = await chat.answer_to(
            lambda: chat.telegram.attach(teacher, "a.md", text.encode()), teacher
        )
        check(said, ("does not seem to be English", "1 without a key"))
        await verify(
            chat,
            [
                ("[Look through them ▶]", "No key yet: choose its kind"),
                ("[Unsourced claim]", "Its kind: an unsourced claim"),
                ("[Keep it ▶]", Without("without a key")),
            ],
            teacher,
        )


async def test_what_is_no_article(tmp_path: Path) -> None:
    """Other files, empty ones and a reader that does not work are told, and nothing is lost."""
    async with Chat(tmp_path, seeds(asks()), reader=FakeReader(broken=True)) as chat:
        teacher = somebody(chat, 11, Role.INSTRUCTOR)
        cases: list[tuple[str, bytes, Expected]] = [
            ("a.exe", b"MZ", "I can read quiz sets"),
            ("a.pdf", b"%PDF rubbish", ("a.pdf has one error", "a broken PDF")),
            ("a.txt", FACT.encode(), "I cannot read articles right now"),
        ]
        for name, data, told in cases:
            said = await chat.answer_to(
                lambda name=name, data=data: chat.telegram.attach(teacher, name, data),  # type: ignore[misc]
                teacher,
            )
            check(said, told)
        assert not chat.failures()
