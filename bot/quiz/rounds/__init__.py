"""Rounds: composing one, answering in it. `compose` and `answer` are the whole interface."""

from bot.quiz.rounds.answering import answer, show, stale
from bot.quiz.rounds.composing import askable, compose, in_order
from bot.quiz.rounds.state import (
    Answer,
    Composition,
    History,
    Item,
    LogEntry,
    Round,
    Stale,
    StaleReason,
)

__all__ = [
    "Answer",
    "Composition",
    "History",
    "Item",
    "LogEntry",
    "Round",
    "Stale",
    "StaleReason",
    "answer",
    "askable",
    "compose",
    "in_order",
    "show",
    "stale",
]
