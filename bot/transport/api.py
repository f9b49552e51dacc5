"""One call of the Bot API with raw parameters and a raw result; no retrying, no objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, InputFile
from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

Result = dict[str, Any] | list[dict[str, Any]] | bool


async def call_api(
    bot: Bot,
    method: str,
    params: Mapping[str, object],
    files: Mapping[str, InputFile] | None = None,
    *,
    read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
) -> Result:
    """Call a method through the bot's own backend; parameters that are None are left out.

    `Bot.do_api_request` would do, but it warns at every method that the library knows, and turns
    a revoked token into "endpoint not found". Raises telegram.error.TelegramError.
    """
    parameters = [
        RequestParameter(name, value, None) for name, value in params.items() if value is not None
    ]
    for name, file in (files or {}).items():
        parameters.append(RequestParameter(name, None, [file]))
    result: Result | None = await bot.request.post(
        f"{bot.base_url}/{method}", RequestData(parameters), read_timeout=read_timeout
    )
    if result is None:
        # Cut off, or not from the Bot API at all: whatever was asked for may have been done.
        raise NetworkError("The server's answer has no result")
    return result
