"""How faults look on the line: pages of HTML, resets, silence, half answers."""

from __future__ import annotations

import asyncio
import socket
import struct

from aiohttp import web

from tests.telegram_server.faults import Fault, Harm
from tests.telegram_server.wire import refused

_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><h1>{0}</h1></body>\r\n</html>\r\n"
_RESET_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time to linger: closing sends a reset and not an end."""


async def befall(
    fault: Fault, request: web.BaseRequest, answer: web.Response
) -> web.StreamResponse:
    """Let a fault befall a request; `answer` is what would have been answered without it."""
    match fault.harm:
        case Harm.REFUSAL:
            parameters = dict([fault.parameter] if fault.parameter else [])
            return refused(fault.code, fault.description, **parameters)
        case Harm.PAGE:
            words = _PAGE.format(f"{fault.code} {fault.description}")
            return web.Response(status=fault.code, text=words, content_type="text/html")
        case Harm.RESET:
            return _reset(request)
        case Harm.HANG:
            await asyncio.Event().wait()
        case Harm.CUT:
            return await _cut(request, answer)
    return web.Response(content_type="application/json")


def _reset(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        line: socket.socket = request.transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
        request.transport.abort()
    return web.Response()


async def _cut(request: web.BaseRequest, answer: web.Response) -> web.StreamResponse:
    """Promise a whole answer, send half of it and end the connection."""
    assert isinstance(answer.body, bytes)
    half = web.StreamResponse()
    half.content_type = "application/json"
    half.content_length = len(answer.body)
    await half.prepare(request)
    await half.write(answer.body[: len(answer.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return half
