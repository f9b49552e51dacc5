"""What Telegram says of the bot, judged: the token, the way in, and the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.operate.doctor.lines import Line, failing, ok, warning

SKEW = timedelta(seconds=60)
"""How far the clock may be off: times of pushes and deadlines are given to the minute."""

BACKLOG = 100
"""Updates that wait at Telegram from which on the bot does not keep up, or does not run."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What Telegram answered: the HTTP status (0: none came), the result or why there is none.

    `date` is Telegram's clock, where the answer had one.
    """

    status: int
    result: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    date: datetime | None = None


def token(me: Reply) -> Line:
    """Judge the answer to getMe."""
    if me.status == 200:
        return ok("token", f"of @{me.result.get('username', '?')}")
    if me.status in (401, 404):
        return failing(
            "token", "Telegram rejects it", "ask @BotFather for a new one and set WHOSAYS_TOKEN"
        )
    return failing(
        "token",
        f"Telegram cannot be asked: {me.description or me.status}",
        "check the network, a proxy, and WHOSAYS_API_URL",
    )


def way_in(info: Reply, webhook_url: str) -> Iterator[Line]:
    """Judge the answer to getWebhookInfo beside the webhook of the settings, empty for polling."""
    if info.status != 200:
        return
    set_ = str(info.result.get("url", ""))
    what = "webhook" if webhook_url else "polling"
    if set_ != webhook_url:
        found = "a webhook is set" if set_ else "no webhook is set"
        yield warning(what, f"{found} at Telegram, unlike here", "`whosays run` puts it right")
    elif error := info.result.get("last_error_message"):
        yield warning(
            what,
            f"Telegram had trouble to reach it: {error}",
            "check the TLS proxy in front of it, its certificate and WHOSAYS_WEBHOOK_PORT",
        )
    else:
        yield ok(what, webhook_url or "no webhook is set, as it should be")
    waiting = int(info.result.get("pending_update_count", 0))
    if waiting >= BACKLOG:
        yield warning("waiting", f"{waiting} updates wait at Telegram", "is the bot running?")


def clock(me: Reply, now: datetime) -> Line:
    """Judge this machine's clock by Telegram's."""
    if me.date is None:
        return warning("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, not compared", "ask when online")
    off = now - me.date
    if abs(off) > SKEW:
        return warning(
            "clock",
            f"{abs(off).total_seconds():.0f} s {'ahead of' if off > timedelta() else 'behind'}"
            " Telegram's",
            "let the machine keep time by NTP: deadlines and pushes go by its clock",
        )
    return ok("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, as Telegram's")
