"""A Bot API over loopback HTTP, as strict as Telegram, that can be told to misbehave.

    async with TelegramServer() as telegram:
        ann = telegram.people.user(7, "Ann")            # people act from the test ...
        telegram.people.say(ann, "/quiz")
        bot = Bot(TOKEN, base_url=telegram.base_url)    # ... and a bot answers, in any process
        await telegram.until(lambda: len(telegram.people.chat(ann).sent) == 2)
        telegram.people.press(ann, telegram.people.chat(ann).last.id, "Opinion")

- Every call goes through `bot.local.telegram`: what Telegram refuses is refused, so a chat has to
  be known, a press to be there, a message to be the bot's. `telegram.open(7)` makes a chat known.
- `telegram.give(update)` queues an update as it is, parseable or not; see `updates.py`.
- `telegram.state(token)` is the Bot API of one token, with people, updates, webhook and faults of
  its own: any well-formed token has one. What the server itself offers is that of `TOKEN`.
- `telegram.faults.put(BAD_GATEWAY.on("sendMessage", chat=7, count=3))` and
  `telegram.queue.disorder(Disorder.TWICE)` make it misbehave; the table is in `faults.py`.
- `telegram.next_answers[method]` takes whole HTTP answers in place of the next ones, for what no
  fault says. Such a call has no effect.
- `telegram.queue.handed` has the updates that are the bot's for good: confirmed by an offset, or
  taken by its webhook. With `telegram.push.proxied`, the plain address of the bot behind the TLS
  proxy that is not here, setWebhook brings the updates there.
- `telegram.requests` is what arrived, in order, refused calls included.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from types import TracebackType

from aiohttp import web

from bot.local.faults import ApiError
from bot.local.telegram import Telegram
from tests.telegram_server.changes import Changes
from tests.telegram_server.faults import Faults
from tests.telegram_server.harms import befall
from tests.telegram_server.queue import Queue, RawUpdate
from tests.telegram_server.state import TokenState
from tests.telegram_server.webhook import Push
from tests.telegram_server.wire import Params, Request, read, refused

TOKEN = "471147:AA-not-a-real-token-but-of-its-shape_0"

Answer = web.Response | Callable[[], Awaitable[web.Response]]

_FILE = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)")
_WELL_FORMED = re.compile(r"\d+:[\w-]{30,}")


class TelegramServer:
    """A Bot API on a free port of the loopback interface, to be used with `async with`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.next_answers: dict[str, deque[Answer]] = defaultdict(deque)
        self.changes = Changes()
        self._states: dict[str, TokenState] = {}
        # A bot that is killed takes its open requests along.
        server = web.Server(self._handle, access_log=None, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.01)
        self._port = 0

    async def __aenter__(self) -> TelegramServer:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for state in self._states.values():
            await state.push.end()
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """What a bot is given as its base URL; the token is appended to it."""
        return f"http://127.0.0.1:{self._port}/bot"

    @property
    def file_url(self) -> str:
        """What a bot is given as its base URL for files; the token is appended to it."""
        return f"http://127.0.0.1:{self._port}/file/bot"

    def state(self, token: str = TOKEN) -> TokenState:
        """Return the Bot API of a token."""
        if token not in self._states:
            self._states[token] = TokenState(self.changes)
        return self._states[token]

    @property
    def people(self) -> Telegram:
        """Whoever talks to the bot of `TOKEN`, and what they see."""
        return self.state().people

    @property
    def queue(self) -> Queue:
        """The updates of `TOKEN`."""
        return self.state().queue

    @property
    def faults(self) -> Faults:
        """The faults that wait for calls of `TOKEN`."""
        return self.state().faults

    @property
    def push(self) -> Push:
        """What brings updates to the webhook of `TOKEN`."""
        return self.state().push

    @property
    def polls(self) -> int:
        """How often updates were asked for with `TOKEN`, prepared answers and faults apart."""
        return self.state().polls

    @property
    def updates(self) -> list[RawUpdate]:
        """The updates of `TOKEN` that are not confirmed yet."""
        return self.queue.waiting

    @property
    def proxied(self) -> str:
        """Where the webhook of `TOKEN` is brought its updates."""
        return self.push.proxied

    @proxied.setter
    def proxied(self, address: str) -> None:
        self.push.proxied = address

    def open(self, *chats: int) -> None:
        """Let chats be known to the bot of `TOKEN` as if somebody had written there."""
        self.state().open(*chats)

    def calls(self, method: str) -> list[Params]:
        """Return the parameters of all calls of a method so far."""
        return [request.params for request in self.requests if request.method == method]

    async def give(self, *updates: RawUpdate) -> None:
        """Have updates for the bot of `TOKEN`, as they are."""
        self.state().give(*updates)

    async def until(self, condition: Callable[[], bool], seconds: float = 20.0) -> None:
        """Return when a condition on what arrived holds; TimeoutError when it does not."""
        await self.changes.until(condition, seconds)

    async def _handle(self, http: web.BaseRequest) -> web.StreamResponse:
        if file := _FILE.fullmatch(http.path):
            return self._download(file["token"], file["path"])
        try:
            request = await read(http)
        except ValueError:
            return refused(400, "Bad Request: can't parse the request")
        self.requests.append(request)
        self.changes.tell()
        prepared = self.next_answers[request.method]
        if prepared:
            answer = prepared.popleft()
            return answer if isinstance(answer, web.Response) else await answer()
        if not _WELL_FORMED.fullmatch(request.token):
            return refused(404, "Not Found")
        state = self.state(request.token)
        state.arrived += 1
        fault = state.faults.take(request.method, state.chat_of(request))
        if fault is None:
            return await state.answer(request)
        had_effect = await state.answer(request) if fault.applied else refused(500, "no effect")
        return await befall(fault, http, had_effect)

    def _download(self, token: str, path: str) -> web.Response:
        try:
            return web.Response(body=self.state(token).people.download(path))
        except ApiError as error:
            return refused(error.code, error.description)
