"""How requests to the Bot API are read and answered over HTTP; not what is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived: the method, its parameters and (file name, bytes) uploads."""

    token: str
    method: str
    params: Params
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


async def read(request: web.BaseRequest) -> Request:
    """Read a request sent as JSON, as a form or as multipart, as Telegram takes all three."""
    _, folder, method = request.path.rsplit("/", 2)
    token = folder.removeprefix("bot")
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _multipart(request, token, method)
    body = await request.read()
    if kind == "application/json":
        return Request(token, method, json.loads(body))
    return Request(token, method, {k: _value(v) for k, v in parse_qsl(body.decode())})


def ok(result: object) -> web.Response:
    """Answer that a call worked."""
    return _answer(200, {"ok": True, "result": result})


def refused(code: int, description: str, **parameters: object) -> web.Response:
    """Answer as the Bot API does to a call that failed."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return _answer(code, body)


def _answer(code: int, body: object) -> web.Response:
    return web.Response(
        status=code, body=json.dumps(body).encode(), content_type="application/json"
    )


async def _multipart(request: web.BaseRequest, token: str, method: str) -> Request:
    params: Params = {}
    files: dict[str, tuple[str, bytes]] = {}
    # Read by chunks, because aiohttp refuses to read more than a megabyte in one go.
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name
        content = bytearray()
        while chunk := await part.read_chunk():
            content += chunk
        if part.filename is None:
            params[part.name] = _value(content.decode())
        else:
            files[part.name] = (part.filename, bytes(content))
    return Request(token, method, params, files)


def _value(text: str) -> Any:
    # Only numbers and nested values have a JSON form of their own; other texts are themselves.
    try:
        return json.loads(text)
    except ValueError:
        return text
