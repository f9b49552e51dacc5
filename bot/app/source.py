"""Where a bot's updates come from: a poller, or a webhook where the settings name one."""

from __future__ import annotations

import secrets

from telegram import Bot

from bot.settings import Settings
from bot.transport.intake import Intake
from bot.transport.poller import Poller
from bot.transport.webhook import Webhook

ALLOWED_UPDATES = ("message", "callback_query")

_SECRET_BYTES = 32


def source(settings: Settings, bot: Bot, intake: Intake) -> Poller | Webhook:
    """Return what takes updates in; a webhook's secret is a new one each time."""
    if not settings.webhook_url:
        return Poller(bot, intake, allowed_updates=ALLOWED_UPDATES)
    return Webhook(
        bot,
        intake,
        url=settings.webhook_url,
        secret=secrets.token_urlsafe(_SECRET_BYTES),
        listen=(settings.listen, settings.webhook_port),
        allowed_updates=ALLOWED_UPDATES,
    )
