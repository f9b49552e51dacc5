"""How requests to the Bot API are read and answered over HTTP; not what is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

Params = dict[str, Any]
Files = dict[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived: the method, its parameters and (file name, bytes) uploads.

    `params` are values, whatever form they came in; `sent` are they as they came: JSON values, or
    the strings of a web form.
    """

    token: str
    method: str
    params: Params
    files: Files = field(default_factory=dict)
    sent: Params = field(default_factory=dict)


async def read(request: web.BaseRequest) -> Request:
    """Read a request sent as JSON, as a form or as multipart, as Telegram takes all three."""
    _, folder, method = request.path.rsplit("/", 2)
    token = folder.removeprefix("bot")
    if request.content_type == "multipart/form-data":
        form, files = await _multipart(request)
        return Request(token, method, _values(form), files, form)
    body = await request.read()
    if request.content_type == "application/json":
        given = json.loads(body)
        return Request(token, method, given, sent=given)
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return Request(token, method, _values(form), sent=form)


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


async def _multipart(request: web.BaseRequest) -> tuple[Params, Files]:
    form: Params = {}
    files: Files = {}
    # Read by chunks, because aiohttp refuses to read more than a megabyte in one go.
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        assert part.name
        content = bytearray()
        while chunk := await part.read_chunk():
            content += chunk
        if part.filename is None:
            form[part.name] = content.decode()
        else:
            files[part.name] = (part.filename, bytes(content))
    return form, files


def _values(form: Params) -> Params:
    return {name: _value(text) for name, text in form.items()}


def _value(text: str) -> Any:
    # Only numbers and nested values have a JSON form of their own; other texts are themselves.
    try:
        return json.loads(text)
    except ValueError:
        return text
