"""Moments as the store keeps them: UTC, ISO 8601, in text that sorts by time."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return an aware moment as text; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """Return the aware moment that `to_text` wrote."""
    return datetime.fromisoformat(text)
