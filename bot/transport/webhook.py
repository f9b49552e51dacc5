"""Updates by webhook: Telegram's request is answered 200 only when its update is kept.

A TLS proxy stands in front, so this is plain HTTP. Of one chat Telegram sends the next update only
after the one before was taken, as its server queues by chat; requests that come at once are
committed together by the store's writer. Which requests are let in is decided in `admission`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.errors import ListenError
from bot.transport.admission import Admission, RefusedError
from bot.transport.api import Result, call_api
from bot.transport.backoff import Backoff, seconds_of
from bot.transport.intake import Alarm, Intake
from bot.transport.rejection import PATIENCE, Rejection
from bot.transport.waiting import Waiting

_log = structlog.get_logger(__name__)

# How many requests Telegram makes at once: its own default. Their updates share a commit.
_MOST_CONNECTIONS = 40
# Seconds that a request may still take when the bot is told to end; a commit takes milliseconds.
_GRACE = 5.0
# Seconds in which the rest of a refused body is thrown away, so that the refusal can be read.
_LINGER = 0.5
_PASSING_BY = (404, 405)


@dataclass(frozen=True, slots=True)
class Times:
    """How long things take, in seconds.

    `beat`: from one sign of life to the next while the webhook is set. `check`: from one question
    to Telegram about how it reaches the webhook to the next. `patience`: until a body is there,
    which the proxy in front holds already. `rejected`: until a token that is rejected is given up.
    """

    beat: float = 20.0
    check: float = 180.0
    patience: float = 10.0
    rejected: float = PATIENCE


class Webhook:
    """Listens until stopped, has Telegram call `url`, and asks it how that goes.

    `secret` goes to Telegram, and every request has to bring it.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        *,
        url: str,
        secret: str,
        listen: tuple[str, int],
        allowed_updates: Sequence[str],
        backoff: Backoff | None = None,
        times: Times | None = None,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._listen = listen
        self._times = times or Times()
        self._admission = Admission(url, secret, self._times.patience)
        self._question: dict[str, object] = {
            "url": url,
            "secret_token": secret,
            "allowed_updates": list(allowed_updates),
            "max_connections": _MOST_CONNECTIONS,
            "drop_pending_updates": False,
        }
        self._backoff = backoff or Backoff(Random())
        self._rejection = Rejection(bot, self._times.rejected)
        self._known = _State()
        self._waiting = Waiting()

    def stop(self) -> None:
        """End `run`: nobody is listened to any more; the requests at hand are finished."""
        self._waiting.stop()

    async def run(self) -> None:
        """Take updates in until `stop`. The webhook stays set: Telegram keeps what comes meanwhile.

        Raises ListenError when the port cannot be had, and telegram.error.InvalidToken when
        Telegram has rejected the token for a minute; everything else is retried.
        """
        # A body that claims to be compressed is none of Telegram's, and is not unpacked.
        server = web.Server(
            self._answer, access_log=None, auto_decompress=False, lingering_time=_LINGER
        )
        runner = web.ServerRunner(server, shutdown_timeout=_GRACE)
        await runner.setup()
        try:
            await self._begin_to_listen(runner)
            await self._attend()
        finally:
            await runner.cleanup()

    async def _begin_to_listen(self, runner: web.ServerRunner) -> None:
        host, port = self._listen
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            # An event loop has long words of its own for what the system says in short.
            reason = os.strerror(number) if (number := error.errno or 0) > 0 else str(error)
            raise ListenError(f"cannot listen on {host} port {port}: {reason}") from None
        _log.info("listening", host=host, port=port)

    async def _attend(self) -> None:
        """Have the webhook set, then show life and look after it."""
        clock = asyncio.get_running_loop().time
        await self._announce()
        due = clock() + self._times.check
        while not self._waiting.stopped:
            self._intake.heard()
            await self._waiting.unless_stopped(asyncio.sleep(self._times.beat))
            if clock() >= due:
                due = clock() + await self._look_after()

    async def _announce(self) -> None:
        """Tell Telegram of the webhook until it takes it."""
        while not self._waiting.stopped:
            try:
                await self._waiting.unless_stopped(self._set())
            except RetryAfter as error:
                wait = seconds_of(error)
            except InvalidToken:
                wait = await self._rejected()
            except BadRequest as error:
                # A host that does not resolve, a port that Telegram does not call, and the like.
                self._intake.report(Alarm.WEBHOOK, error.message)
                wait = self._backoff.next()
            except TelegramError as error:
                _log.warning("webhook not set", error=repr(error))
                wait = self._backoff.next()
            else:
                self._backoff.reset()
                self._rejection.over()
                # Updates may come in already, and find a store that fails: that is not over.
                if self._intake.trouble is not Alarm.STORE:
                    self._intake.worked()
                return
            await self._waiting.unless_stopped(asyncio.sleep(wait))

    async def _set(self) -> None:
        await call_api(self._bot, "setWebhook", self._question)
        # What went wrong before is no news; and the address is compared as Telegram spells it.
        self._known = _State.of(await call_api(self._bot, "getWebhookInfo", {}))

    async def _rejected(self) -> float:
        """Ring the alarm and return the seconds to wait; raise where the token is given up."""
        self._intake.report(Alarm.TOKEN)
        if await self._waiting.unless_stopped(self._rejection.final()):
            raise InvalidToken
        return self._rejection.limited(self._backoff.next())

    async def _look_after(self) -> float:
        """Ask Telegram how it reaches the webhook; set it again where it is another by now.

        Return the seconds until the next look.
        """
        try:
            info = await self._waiting.unless_stopped(call_api(self._bot, "getWebhookInfo", {}))
            if info is not None:
                self._rejection.over()
                await self._compare(info)
        except InvalidToken:
            return await self._rejected()
        except TelegramError as error:
            _log.warning("webhook not looked after", error=repr(error))
        return self._times.check

    async def _compare(self, info: Result) -> None:
        before, self._known = self._known, _State.of(info)
        if self._known.url != before.url:
            self._intake.report(Alarm.CONFLICT)
            await self._announce()
        elif self._known.failed_at != before.failed_at:
            # Without a store every request fails, which is told already.
            if self._intake.trouble is not Alarm.STORE:
                self._intake.report(Alarm.WEBHOOK, self._known.failure)
        elif not self._known.pending:
            self._intake.worked()

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        """Answer one request: 200 when its update is kept, else what makes Telegram repeat it."""
        try:
            update = await self._admission.admit(request)
        except RefusedError as refusal:
            # Whoever looks what there is at this address at all is no news.
            tell = _log.debug if refusal.status in _PASSING_BY else _log.warning
            tell("request refused", status=refusal.status, reason=refusal.reason)
            return web.Response(status=refusal.status)
        if await self._intake.take_in([update]) is None:
            return web.Response(status=500)
        self._intake.worked()
        return web.Response()


@dataclass(frozen=True, slots=True)
class _State:
    """What Telegram says of a webhook (WebhookInfo in the Bot API)."""

    url: str = ""
    pending: int = 0
    failed_at: int = 0
    failure: str = ""

    @classmethod
    def of(cls, info: Result) -> _State:
        if not isinstance(info, dict):
            raise TelegramError("getWebhookInfo was answered without an object")
        return cls(
            url=info.get("url", ""),
            pending=info.get("pending_update_count", 0),
            failed_at=info.get("last_error_date", 0),
            failure=info.get("last_error_message", ""),
        )
