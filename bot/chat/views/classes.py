"""How classes are shown, to those who teach them and to those who learn in them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from bot.chat.buttons import (
    AskNickname,
    DeleteClass,
    InviteCo,
    Leave,
    ListClasses,
    NewClass,
    NewCode,
    OpenClass,
    Press,
    Rename,
    SetZone,
    ShowQr,
    StayAnonymous,
)
from bot.chat.says import Keyboard
from bot.store.classes import Class, Member
from bot.texts import Markup, Texts, joined

CLASS = "c-"
"""Beginning of what a link to join a class hands to /start."""

QR_SCALE = 10
"""Pixels of a module: a link of 60 characters gives a picture of about 400 pixels."""


def listed(texts: Texts, classes: Sequence[Class], *, may_make: bool) -> tuple[Markup, Keyboard]:
    """Return the classes that somebody teaches, as buttons."""
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-class", name=one.name), OpenClass(one.id))] for one in classes
    ]
    if may_make:
        rows.append([(texts.plain("button-class-new"), NewClass())])
    return texts.say("classes-head" if classes else "classes-none"), rows


def page(
    texts: Texts, found: Class, members: int, link: str, *, leads: bool
) -> tuple[Markup, Keyboard]:
    """Return a class as those who teach it see it."""
    html = texts.say(
        "class-page", name=found.name, members=members, zone=found.zone, code=found.code, link=link
    )
    rows: list[list[tuple[str, Press]]] = [[(texts.plain("button-class-qr"), ShowQr(found.id))]]
    if leads:
        rows += [
            [(texts.plain("button-class-invite"), InviteCo(found.id))],
            [
                (texts.plain("button-class-rename"), Rename(found.id)),
                (texts.plain("button-class-zone"), SetZone(found.id)),
            ],
            [
                (texts.plain("button-class-code"), NewCode(found.id)),
                (texts.plain("button-class-delete"), DeleteClass(found.id, confirmed=False)),
            ],
        ]
    rows.append([(texts.plain("button-classes"), ListClasses())])
    return html, rows


def deleting(texts: Texts, found: Class, members: int) -> tuple[Markup, Keyboard]:
    """Return the question whether a class is really to be deleted."""
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-class-delete-yes"), DeleteClass(found.id, confirmed=True))],
        [(texts.plain("button-class-delete-no"), OpenClass(found.id))],
    ]
    return texts.say("class-delete-ask", name=found.name, members=members), rows


def joined_page(texts: Texts, found: Class, member: Member) -> tuple[Markup, Keyboard]:
    """Return a class as a learner in it sees it."""
    called = (
        texts.say("class-nickname", nickname=member.nickname)
        if member.nickname
        else texts.say("class-anonymous")
    )
    html = joined([texts.say("class-joined", name=found.name), called], "\n")
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-nickname"), AskNickname(found.id))],
    ]
    if member.nickname:
        rows.append([(texts.plain("button-anonymous"), StayAnonymous(found.id))])
    rows.append([(texts.plain("button-leave", name=found.name), Leave(found.id))])
    return html, rows


def leaving(texts: Texts, classes: Sequence[Class]) -> tuple[Markup, Keyboard]:
    """Return the classes that a learner may leave, as buttons."""
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-leave", name=one.name), Leave(one.id))] for one in classes
    ]
    return texts.say("leave-which"), rows


def qr_png(link: str) -> bytes:
    """Return a link as a QR picture. segno is loaded here: only this picture needs it."""
    import segno  # noqa: PLC0415 - see the docstring

    picture = io.BytesIO()
    segno.make_qr(link).save(picture, kind="png", scale=QR_SCALE)
    return picture.getvalue()
