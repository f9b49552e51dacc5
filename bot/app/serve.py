"""`whosays run`: the bot on Telegram by long polling or by webhook, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from random import Random

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.app import garbage
from bot.app.bot import Bot, Surroundings
from bot.app.resources import now
from bot.app.upkeep import Upkeep
from bot.errors import ListenError, SettingsError
from bot.operate.people import first_code
from bot.operate.pulse import beat, rest
from bot.settings import Settings
from bot.transport.backoff import Backoff, seconds_of
from bot.transport.intake import Alarm
from bot.transport.request import AiohttpRequest

REJECTED = "Telegram rejects WHOSAYS_TOKEN: it was revoked or belongs to no bot"
CHOSEN = "WHOSAYS_LISTEN and WHOSAYS_WEBHOOK_PORT choose another"

_log = structlog.get_logger()


def run_until_stopped(settings: Settings) -> None:
    """Serve on the fastest event loop there is: uvloop, where it is installed."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        asyncio.run(serve(settings))
    else:
        uvloop.run(serve(settings))


async def serve(settings: Settings) -> None:
    """Answer Telegram until SIGINT or SIGTERM; SettingsError when token or port are no good."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    around = Surroundings(Random(), heard=partial(beat, settings.data))
    bot = Bot(settings, AiohttpRequest(), settings.require_token(), around)
    try:
        await _open(bot, stop)
        if code := first_code(bot.store, now()):
            # A secret for the eyes at the terminal, and not for a log.
            print(code, flush=True)  # noqa: T201
        await _until_stopped(bot, settings, stop)
    except InvalidToken:
        # The library puts the token into the text of its error, so that must not go along.
        raise SettingsError(REJECTED) from None
    except ListenError as error:
        raise SettingsError(f"{error}; {CHOSEN}") from None
    finally:
        await bot.close()
        rest(settings.data)
    _log.info("stopped")


async def _open(bot: Bot, stop: asyncio.Event) -> None:
    """Open the bot, waiting for Telegram to be reachable."""
    backoff = Backoff(Random())
    while not stop.is_set():
        try:
            await bot.open()
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = seconds_of(error) if isinstance(error, RetryAfter) else backoff.next()
            _log.warning("Telegram cannot be reached", error=repr(error), again_in=round(wait, 1))
            try:
                await asyncio.wait_for(stop.wait(), wait)
            except TimeoutError:
                continue
        else:
            return


async def _until_stopped(bot: Bot, settings: Settings, stop: asyncio.Event) -> None:
    """Run until told to stop; raise what ended the taking in or the store, should either end."""
    if bot.receiving is None:
        return
    _log.info("answering", data=str(settings.data))
    upkeep = Upkeep(settings, bot.store, now)
    reading = asyncio.create_task(_read_ahead(bot))
    keeping = asyncio.create_task(bot.supervision.run("upkeep", upkeep.run))
    stopping = asyncio.create_task(stop.wait())
    breaking = asyncio.create_task(bot.store.broken())
    try:
        ends = [bot.receiving, breaking, stopping]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if bot.receiving.done():
            bot.receiving.result()
        if breaking.done():
            bot.watch.alarmed(Alarm.STORE, str(breaking.result()))
            raise breaking.result()
    finally:
        for task in (reading, keeping, stopping, breaking):
            task.cancel()
        await asyncio.gather(reading, keeping, stopping, breaking, return_exceptions=True)


async def _read_ahead(bot: Bot) -> None:
    """Read the passages; what is not read now is read when somebody is asked about it.

    By then all that stays for good is there.
    """
    try:
        await bot.read_ahead()
    except Exception:
        _log.exception("passages could not be read ahead")
    garbage.settle()
