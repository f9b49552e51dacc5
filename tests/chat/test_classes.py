"""Roles, invitations and classes, as people meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.chat import buttons
from bot.chat.buttons import Press
from bot.chat.routes import COMMANDS
from bot.store import classes, roles
from bot.store.roles import Role
from tests.chat.dialogs import Chat, Without, verify
from tests.chat.people import LINK, found, new_class, number_of, somebody

REFUSED = "is for those who teach with me"


async def test_an_operator_invites_an_instructor(chat: Chat) -> None:
    """A link that an operator makes turns whoever opens it first into an instructor, once."""
    operator, teacher = somebody(chat, 11, Role.OPERATOR), somebody(chat, 12)
    word = found(LINK, await chat.say("/invite", operator))
    dump = "\n".join(chat.bot.store.reader.iterdump())
    assert word.removeprefix("i-") not in dump, "the key itself is kept nowhere"
    await verify(chat, [("/class", REFUSED)], teacher)
    await verify(
        chat, [(f"/start {word}", "You are an instructor now"), ("/class", "no class")], teacher
    )
    other = somebody(chat, 13)
    await verify(chat, [(f"/start {word}", "does not work"), ("/class", REFUSED)], other)
    changes = chat.bot.store.reader.execute(
        "SELECT learner, role, granted, by FROM role_changes ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert changes == (number_of(chat, teacher), "instructor", 1, number_of(chat, operator))


async def test_an_invitation_expires(chat: Chat) -> None:
    """After a week a link opens nothing any more."""
    operator, late = somebody(chat, 11, Role.OPERATOR), somebody(chat, 12)
    word = found(LINK, await chat.say("/invite operator", operator))
    chat.clock.pass_(days=7)
    await verify(chat, [(f"/start {word}", "too old")], late)
    assert roles.of(chat.bot.store.reader, number_of(chat, late)) is Role.LEARNER


async def test_nobody_loses_a_role_by_an_invitation(chat: Chat) -> None:
    """An operator who opens an instructor's invitation stays an operator."""
    operator = somebody(chat, 11, Role.OPERATOR)
    word = found(LINK, await chat.say("/invite instructor", operator))
    await verify(chat, [(f"/start {word}", "You may do all of that already")], operator)
    assert roles.of(chat.bot.store.reader, number_of(chat, operator)) is Role.OPERATOR


async def test_the_menu_and_the_help_follow_the_role(chat: Chat) -> None:
    """Commands of a role stand in the help, and in the menu of that chat alone."""
    operator, teacher = somebody(chat, 11, Role.OPERATOR), somebody(chat, 12)
    word = found(LINK, await chat.say("/invite", operator))
    await verify(chat, [("/help", Without("/class"))], teacher)
    await verify(
        chat, [(f"/start {word}", "instructor now"), ("/help", "/class · your classes")], teacher
    )
    scope = {"type": "chat", "chat_id": teacher.id}
    menu = chat.telegram.call("getMyCommands", {"scope": scope})
    everybody = chat.telegram.call("getMyCommands", {})
    assert isinstance(menu, list)
    assert isinstance(everybody, list)
    assert menu[0]["command"] == "class"
    assert "class" not in [entry["command"] for entry in everybody]


async def test_a_class_from_its_making_to_its_end(chat: Chat) -> None:
    """An instructor makes, opens, renames and deletes a class; learners join and leave it."""
    teacher, pupil = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12)
    await verify(
        chat, [("/class", "no class yet"), ("[＋ New class]", "What is the class called?")], teacher
    )
    await verify(chat, [("  Class\n7b \u202e", ("Class 7b is made", "/join "))], teacher)
    (made,) = classes.everything(chat.bot.store.reader)
    await verify(
        chat,
        [
            ("/join", "Type the code"),
            ("/join WRONG77", "No class has that code"),
            (f"/join {made.code.lower()}", "You are in Class 7b"),
            (f"/start c-{made.code}", "You are in Class 7b"),
        ],
        pupil,
    )
    await verify(
        chat,
        [
            ("/class", "Your classes"),
            ("[Class 7b]", ("One learner", "time zone UTC")),
            ("[Time zone]", "Which time zone?"),
            ("Kiev time", "I know no time zone “Kiev time”"),
            ("Europe/Kyiv", "time zone Europe/Kyiv"),
            ("[Rename]", "What shall it be called?"),
            ("<b>8a</b> & co", "<b>8a</b> & co"),
        ],
        teacher,
    )
    await verify(
        chat, [("/leave", "You have left “<b>8a</b> & co”"), ("/leave", "no class")], pupil
    )
    await verify(
        chat,
        [
            ("[Delete]", "It cannot be undone."),
            ("[No, keep it]", "Nobody has joined yet"),
            ("[Delete]", "with its 0 members"),
            ("[Yes, delete it]", "is deleted"),
            ("/class", "no class yet"),
        ],
        teacher,
    )


async def test_the_qr_picture_is_the_link(chat: Chat) -> None:
    """The picture is a PNG, under it stands the link that it shows."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    code = await new_class(chat, teacher)
    await verify(
        chat,
        [("/class", "Your"), ("[Class 7b]", code), ("[QR picture]", f"start=c-{code}")],
        teacher,
    )
    photo = chat.telegram.chat(teacher).last.photo
    assert photo is not None
    assert photo.content.startswith(b"\x89PNG")


async def test_a_new_code_shuts_the_old_one_out(chat: Chat) -> None:
    """After a new code was made the old one opens nothing; members stay."""
    teacher, early, late = (
        somebody(chat, 11, Role.INSTRUCTOR),
        somebody(chat, 12),
        somebody(chat, 13),
    )
    code = await new_class(chat, teacher)
    await verify(chat, [(f"/join {code}", "You are in")], early)
    await verify(
        chat, [("/class", "Your"), ("[Class 7b]", code), ("[New code]", "opens nothing")], teacher
    )
    await verify(chat, [(f"/join {code}", "No class has that code")], late)
    (made,) = classes.everything(chat.bot.store.reader)
    assert [one.learner for one in classes.members(chat.bot.store.reader, made.id)] == [
        number_of(chat, early)
    ]


async def test_a_co_instructor_teaches_one_class(chat: Chat) -> None:
    """Whoever is invited to help sees that class, cannot delete it, and makes none."""
    teacher, helper = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12)
    await new_class(chat, teacher, "Other")
    await new_class(chat, teacher)
    await verify(chat, [("/class", "Your"), ("[Class 7b]", "Class 7b")], teacher)
    word = found(LINK, await chat.say("[Invite somebody to help teach]", teacher))
    await verify(
        chat,
        [
            (f"/start {word}", "You help to teach “Class 7b” now"),
            ("/class", "Your classes"),
            ("[Class 7b]", "Class 7b"),
            ("/class new Mine", "making classes is for instructors"),
        ],
        helper,
    )
    shown = [
        button.text for message in chat.telegram.chat(helper).sent for button in message.buttons
    ]
    assert "Other" not in shown
    assert "Delete" not in shown


async def test_nicknames_are_ones_own_choice(chat: Chat) -> None:
    """A learner may choose a nickname that nobody in the class has, and give it up again."""
    teacher, one, other = (
        somebody(chat, 11, Role.INSTRUCTOR),
        somebody(chat, 12),
        somebody(chat, 13),
    )
    code = await new_class(chat, teacher)
    await verify(
        chat,
        [
            (f"/join {code}", "You have no nickname"),
            ("[Choose a nickname]", "better not your full name"),
            ("n" * 25, "1 to 24 characters"),
            ("Owl", "Classmates see you as “Owl”"),
        ],
        one,
    )
    await verify(
        chat,
        [
            (f"/join {code}", "You have no nickname"),
            ("[Choose a nickname]", "What shall they call you"),
            ("ｏｗｌ", "is called that already"),
            ("/cancel", "no round to end"),
            ("Owl", "I did not understand that"),
        ],
        other,
    )
    await verify(chat, [("[Stay anonymous]", "You have no nickname")], one)


async def test_what_is_awaited_is_not_taken_from_a_question(chat: Chat) -> None:
    """Beginning a round ends the wait for a nickname: what is typed then is an answer."""
    teacher, pupil = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12)
    code = await new_class(chat, teacher)
    await verify(
        chat,
        [
            (f"/join {code}", "You are in"),
            ("[Choose a nickname]", "What shall they call you"),
            ("/quiz", "1 of 1"),
            ("opinion", "Not this time"),
        ],
        pupil,
    )


COMMANDS_BY_ROLE = [
    (role, needed, name)
    for role in Role
    for needed, commands in COMMANDS.items()
    for name in commands
    if needed is not Role.LEARNER
]


@pytest.mark.parametrize(("role", "needed", "name"), COMMANDS_BY_ROLE)
async def test_who_may_send_which_command(chat: Chat, role: Role, needed: Role, name: str) -> None:
    """A command of those who teach is refused to everybody of a lower role, and to nobody else."""
    person = somebody(chat, 12, role)
    answer = await chat.say(f"/{name}", person)
    assert (REFUSED in answer) is not role.may(needed)


PRESSES_ON_A_CLASS: list[Callable[[int], Press]] = [
    buttons.OpenClass,
    buttons.ShowQr,
    buttons.InviteCo,
    buttons.Rename,
    buttons.SetZone,
    buttons.NewCode,
    lambda class_id: buttons.DeleteClass(class_id, confirmed=False),
    lambda class_id: buttons.DeleteClass(class_id, confirmed=True),
]


@pytest.mark.parametrize("press", PRESSES_ON_A_CLASS)
@pytest.mark.parametrize("role", [Role.LEARNER, Role.INSTRUCTOR])
async def test_a_copied_button_does_nothing(
    chat: Chat, press: Callable[[int], Press], role: Role
) -> None:
    """A learner or another class's instructor who presses a class's button changes nothing."""
    teacher, intruder = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12, role)
    await new_class(chat, teacher)
    (made,) = classes.everything(chat.bot.store.reader)
    await chat.say("/help", intruder)
    before = len(chat.telegram.chat(intruder).sent)
    told = await chat.forge(buttons.encode(press(made.id)), person=intruder)
    assert told in ("This button is for those who teach with me.", "That is not a class of yours.")
    assert len(chat.telegram.chat(intruder).sent) == before
    assert classes.everything(chat.bot.store.reader) == [made]
