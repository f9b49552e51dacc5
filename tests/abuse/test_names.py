"""Names and other words that are meant to pass for something else."""

from __future__ import annotations

import unicodedata

import pytest

from bot.teaching.classes import LONGEST_NICKNAME
from bot.teaching.names import MARKS, clean_name, looks, taken
from bot.texts import escaped
from tests.abuse.words import HOSTILE, TOWER, UNSEEN
from tests.chat.classroom import Classroom
from tests.chat.dialogs import check, verify

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"

# A name, and one that looks the same.
SAME = [
    ("Anna", "anna"),
    ("Anna", "Аnnа"),  # Cyrillic А and а
    ("Anna", "An\u200bna"),
    ("Anna", "A n n a"),
    ("Anna", "Anna."),
    ("Anna", "Ａｎｎａ"),
    ("Anna", "\u202eAnna"),
    ("Coco", "Сосо"),
    ("Bill", "Bi11"),
    ("Otto", "0tt0"),
    ("Nick", "Νιcκ"),
]

# Names that many people have, and that are nobody else's.
DIFFERENT = [
    "Ana",
    "Ánna",
    "Hanna",
    "Анна-Мария",
    "안나",
    "李安",
    "أنا",
    "שלום",
    "Anna 2",
    "🙂",
    "Nguyễn",
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_names_that_look_the_same(name: str, other: str) -> None:
    """A name that looks like another's is taken."""
    assert taken(clean_name(other, 24) or "", [name])


@pytest.mark.parametrize("name", DIFFERENT)
def test_names_that_are_different(name: str) -> None:
    """Names in any script are names, and are taken by themselves alone."""
    assert clean_name(name, LONGEST_NICKNAME) == name
    assert not taken(name, ["Anna", *(one for one in DIFFERENT if one != name)])
    assert taken(name, [name])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_clean_name(text: str) -> None:
    """Whatever is typed, a name is one short line of what can be seen, or none."""
    name = clean_name(text, LONGEST_NICKNAME)
    if name is None:
        return
    assert 1 <= len(name) <= LONGEST_NICKNAME
    assert not set(name) & set(CONTROLS)
    assert not any(unicodedata.category(one)[0] == "C" for one in name)
    assert clean_name(name, LONGEST_NICKNAME) == name, "a clean name stays as it is"
    assert looks(name)


def test_towers_and_nothing() -> None:
    """Of a tower of marks three stay; what is not seen is no name."""
    assert len(clean_name(TOWER, 24) or "") <= 1 + MARKS
    for nothing in (UNSEEN, "", " ", "\u0301", "\u2028"):
        assert clean_name(nothing, 24) is None


def test_numbers_and_the_word_for_nobody() -> None:
    """Nobody is called what somebody without a name is called by those who teach."""
    for name in ("#12", "# 12", "＃12"):
        assert taken(name, [])
    assert taken("Somebody", ["somebody"])
    assert not taken("Anna #1", [])


def test_shown_words_turn_nothing_around() -> None:
    """Controls of direction are dropped from whatever is shown."""
    assert escaped(f"a{CONTROLS}b") == "a\u200e\u200f\u061cb"


async def test_a_name_on_the_line_of_another(room: Classroom) -> None:
    """A name from right to left is kept apart from the figures beside it; others are as before."""
    chat, pupil = room.chat, room.pupils[0]
    for said, shown in (("אבג 12", "\u2068אבג 12\u2069"), ("Anna", "“Anna”")):
        await chat.forge(f"nn:{room.class_id}", person=pupil)
        check(await chat.say(said, pupil), shown)
    await chat.forge(f"nn:{room.class_id}", person=room.pupils[1])
    await verify(chat, [("Аnnа", "is called that already")], room.pupils[1])
    await verify(chat, [("#1", "is called that already")], room.pupils[1])
    await verify(chat, [("somebody", "is called that already")], room.pupils[1])
