"""The figures as JSON's own types."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.operate.statistics.figures import Statistics


def to_record(found: Statistics) -> dict[str, Any]:
    """Return the figures as a dict that `json.dumps` takes."""
    record = asdict(found)
    record["confusion"] = [
        {"key": key, "machine": machine, "answers": times}
        for (key, machine), times in sorted(found.confusion.items())
    ]
    record["hardest"] = list(record["hardest"])
    settled = {decision: times for decision, times in found.disputes.items() if decision}
    record["disputes"] = {"waiting": found.disputes.get("", 0), "settled": settled}
    return record
