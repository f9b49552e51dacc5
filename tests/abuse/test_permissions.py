"""Every command and every press by somebody in every role: allowed or refused, as the page says."""

from __future__ import annotations

from pathlib import Path

from bot.chat import routes
from bot.store.roles import Role
from tests.abuse.scene import OF_ROLES
from tests.abuse.table import DOCUMENT, Line, found, rendered

NEVER = {
    "sets.Publish (listed: yes)": "an operator's, of their own draft",
    "results.Reject": "only of an answer that nobody could grade",
}
"""What nobody may do in the scene, and whose it is."""

LEAST = {
    name: role
    for role, names in routes.COMMANDS.items()
    for name in names
}  # fmt: skip


async def test_who_may_do_what(tmp_path: Path) -> None:
    """The page holds what the bot does, and nobody may do what their role does not allow."""
    commands, presses = await found(tmp_path)
    assert rendered((commands, presses)) == DOCUMENT.read_text(encoding="utf-8")
    assert {line.what for line in presses if not any(line.allowed)} == {*NEVER}
    assert {line.what.split()[0].removeprefix("/") for line in commands} == {*LEAST}
    for line in commands:
        needed = LEAST[line.what.split()[0].removeprefix("/")]
        assert not _beyond(line, needed), line.what
    learners = len(routes.LEARNER_PRESSES)
    assert sum(_learners_own(line) for line in presses) >= learners
    teaching = [line for line in presses if not _learners_own(line)]
    assert not [line.what for line in teaching if _beyond(line, Role.CO_INSTRUCTOR)]


def _beyond(line: Line, needed: Role) -> bool:
    """Whether somebody may who has less than the role that is needed."""
    return any(
        allowed and not _role(who).may(needed)
        for who, allowed in zip(OF_ROLES, line.allowed, strict=True)
    )


def _role(who: str) -> Role:
    return Role.CO_INSTRUCTOR if who.startswith("co-instructor") else OF_ROLES[who]


def _learners_own(line: Line) -> bool:
    names = {one.__name__ for one in routes.LEARNER_PRESSES}
    return line.what.split()[0].partition(".")[2] in names and not line.what.startswith("sets.")
