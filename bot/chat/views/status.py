"""How the bot is, as one message."""

from __future__ import annotations

from bot.chat.health import Doubt, Health
from bot.chat.views.alerts import trouble
from bot.chat.views.figures import percent, size, span
from bot.texts import Markup, Texts, joined

MODEL_TEXT = {
    "works": "status-model-works",
    "asleep": "status-model-asleep",
    "broken": "status-model-broken",
}


def status(texts: Texts, health: Health) -> Markup:
    """Return what is wrong, then the figures."""
    wrong = [trouble(texts, kind, figures) for kind, figures in health.troubles]
    return joined(
        [
            texts.say("status-head", version=health.version, up=span(texts, health.uptime)),
            joined(wrong, "\n") if wrong else texts.say("status-well"),
            joined(_figures(texts, health), "\n"),
        ],
        "\n\n",
    )


def _figures(texts: Texts, health: Health) -> list[Markup]:
    return [
        texts.say("status-updates", hour=health.handled_hour, day=health.handled_day),
        texts.say("status-waiting", updates=health.waiting, answers=health.unsent),
        texts.say("status-failed", count=health.failed),
        texts.say(MODEL_TEXT[health.model_state], version=health.model),
        _doubt(texts, health.recent, health.before),
        texts.say("status-disk", free=size(health.disk_free), database=size(health.database)),
        _backup(texts, health),
    ]


def _doubt(texts: Texts, recent: Doubt, before: Doubt) -> Markup:
    if not recent.of:
        return texts.say("status-doubt-none")
    share = percent(recent.unsure / recent.of)
    earlier = Markup()
    if before.of:
        was = percent(before.unsure / before.of)
        earlier = texts.say("status-doubt-before", share=was, count=before.of)
    return texts.say("status-doubt", share=share, count=recent.of, before=earlier)


def _backup(texts: Texts, health: Health) -> Markup:
    if health.backup_age is not None:
        return texts.say("status-backup", age=span(texts, health.backup_age))
    return texts.say("status-backup-none" if health.backed_up else "status-backup-off")
