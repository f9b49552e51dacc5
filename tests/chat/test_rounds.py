"""A learner's round, as it is played."""

from __future__ import annotations

from pathlib import Path

from tests.chat.dialogs import Chat, verify

ONE_OF_EACH = b"""
set: little
title: A little set
language: en
source: {title: A little article, author: Ann Author, publisher: The Paper, date: 2026-01-01}
questions:
- id: budget
  passage: The sum is known. The circus act of a budget will ruin a generation.
  target: The circus act of a budget will ruin a generation.
  ask: [loaded]
  key: {kind: opinion, loaded: [circus act, ruin a generation], reason: [a prediction]}
  explain: Ask whether a flatter word would keep the facts. It would.
"""


async def test_a_loaded_question_shows_hits_misses_and_over_marks(tmp_path: Path) -> None:
    """Words typed for a loaded question are told apart as found, missed and not loaded."""
    async with Chat(tmp_path, {"little.yaml": ONE_OF_EACH}) as chat:
        await verify(
            chat,
            [
                ("/quiz", ("1 of 1", "Which words in bold push", "A little article")),
                (
                    "circus act, budget",
                    (
                        "You found: circus act",
                        "Also loaded: ruin a generation",
                        "Not loaded here: budget",
                        "Graded by the key",
                    ),
                ),
                ("[How did it go? ▶]", ("Round finished", "1 found, 1 missed")),
            ],
        )
