"""A plain python-telegram-bot bot that asks questions and writes answers to SQLite.

It is written as the library's own examples are: the default Application, polling, a handler that
commits the answer and then replies. It is what the whole bot is compared with under kills. It is
started as `whosays run` is, with the same settings, and keeps its answers under the same names.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.chat.buttons import Choose, Next, NotSure, Press, decode, encode
from bot.quiz.labels import Kind

DATABASE = "whosays.sqlite3"
ROUND_BITS = 40
_LABELS = {kind: kind.replace("_", " ").capitalize() for kind in Kind}
_TABLES = """
    CREATE TABLE IF NOT EXISTS answers (round INTEGER, position INTEGER, said TEXT);
    CREATE TABLE IF NOT EXISTS open (chat INTEGER PRIMARY KEY, round INTEGER, position INTEGER);
"""


class Plain:
    """The handlers and the database."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + _TABLES)

    async def begin(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Begin a round."""
        assert update.effective_chat
        await self._ask(update, int.from_bytes(os.urandom(ROUND_BITS // 8)), 0)

    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep a pressed answer, or go on."""
        query = update.callback_query
        assert query
        assert query.data
        await query.answer()
        match decode(query.data):
            case Choose(round_id=round_id, position=position, kind=kind):
                self._keep(round_id, position, {"kind": kind})
                await query.edit_message_text("Noted.", reply_markup=_next(round_id, position))
            case NotSure(round_id=round_id, position=position):
                self._keep(round_id, position, {"passed": True})
                await query.edit_message_text("Noted.", reply_markup=_next(round_id, position))
            case Next(round_id=round_id, position=position):
                await query.edit_message_reply_markup()
                await self._ask(update, round_id, position)

    async def typed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep an answer in words to the open question."""
        assert update.effective_chat
        assert update.message
        chat, words = update.effective_chat.id, update.message.text
        kinds = [kind for kind, label in _LABELS.items() if label == words]
        said: dict[str, Any] = {"kind": kinds[0]} if kinds else {"passed": True}
        asked = self._db.execute("SELECT round, position FROM open WHERE chat = ?", (chat,))
        if row := asked.fetchone():
            self._keep(row[0], row[1], said)
            await update.message.reply_text("Noted.", reply_markup=_next(*row))

    async def _ask(self, update: Update, round_id: int, position: int) -> None:
        assert update.effective_chat
        chat = update.effective_chat
        self._db.execute(
            "INSERT OR REPLACE INTO open VALUES (?, ?, ?)", (chat.id, round_id, position)
        )
        rows = [[(label, Choose(round_id, position, kind))] for kind, label in _LABELS.items()]
        keyboard = _keyboard([*rows, [("Not sure", NotSure(round_id, position))]])
        await chat.send_message(f"Question {position + 1}", reply_markup=keyboard)

    def _keep(self, round_id: int, position: int, said: dict[str, Any]) -> None:
        self._db.execute(
            "INSERT INTO answers VALUES (?, ?, ?)", (round_id, position, json.dumps(said))
        )


def main(_arguments: Sequence[str]) -> None:
    """Poll until a signal ends it."""
    logging.getLogger().setLevel(logging.WARNING)
    plain = Plain(Path(os.environ["WHOSAYS_DATA"]) / DATABASE)
    builder = Application.builder().token(os.environ["WHOSAYS_TOKEN"])
    application = builder.base_url(os.environ["WHOSAYS_API_URL"]).build()
    application.add_handler(CommandHandler("quiz", plain.begin))
    application.add_handler(CallbackQueryHandler(plain.pressed))
    application.add_handler(MessageHandler(filters.TEXT, plain.typed))
    application.run_polling()


def _next(round_id: int, position: int) -> InlineKeyboardMarkup:
    return _keyboard([[("Next", Next(round_id, position + 1))]])


def _keyboard(rows: Sequence[Sequence[tuple[str, Press]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(text, callback_data=encode(press)) for text, press in row]
            for row in rows
        ]
    )
