"""`whosays doctor`: every check of the self-check, on what the settings say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.app.resources import resources
from bot.errors import SettingsError
from bot.operate.doctor import Line, data, machine, model, telegram
from bot.operate.doctor.lines import failing
from bot.settings import Settings
from bot.transport.probe import ask


def everything(settings: Settings, now: datetime) -> Iterator[Line]:
    """Yield every check as it is made."""
    yield from _telegram(settings, now)
    yield data.folder(settings.data)
    yield data.disk(settings.database, settings.backups)
    yield from data.database(settings.database, now)
    yield data.backups(settings.backups, timedelta(hours=settings.backup_every), now)
    yield from model.check(settings.model or resources("reader") / "model")
    yield machine.zones(now)


def _telegram(settings: Settings, now: datetime) -> Iterator[Line]:
    try:
        token = settings.require_token()
    except SettingsError as error:
        found, _, advice = str(error).partition(": ")
        yield failing("token", found, advice)
        return
    heard = asyncio.run(ask(settings.api_url, token, ("getMe", "getWebhookInfo")))
    me, info = (telegram.Reply(*one) for one in heard)
    yield telegram.token(me)
    yield from telegram.way_in(info, settings.webhook_url)
    yield telegram.clock(me, now)
