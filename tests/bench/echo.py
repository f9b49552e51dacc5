"""A bare python-telegram-bot echo, the fastest that a bot on the library can be.

`python -m tests.bench.echo httpx|aiohttp BASE_URL`
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.transport.request import AiohttpRequest


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(backend: str, base_url: str) -> None:
    """Poll until a signal ends it."""
    builder: Any = (
        ApplicationBuilder()
        .token("471147:AA-bench-a-token-of-the-right-shape_0")
        .base_url(base_url)
    )
    builder = builder.concurrent_updates(concurrent_updates=True)
    if backend == "aiohttp":
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(timeout=5)


if __name__ == "__main__":
    main(*sys.argv[1:])
