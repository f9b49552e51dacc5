"""The figures as one picture, a PNG."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bot.operate.statistics.figures import Statistics
from bot.quiz.labels import Ask, Kind, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = {
    Verdict.RIGHT: "#009e73",
    Verdict.PARTLY: "#f0e442",
    Verdict.WRONG: "#d55e00",
    Verdict.PASSED: "#999999",
    Verdict.BORDERLINE: "#56b4e9",
    Verdict.UNSURE: "#cc79a7",
    Verdict.LATE: "#000000",
}
"""Colours that colour-blind readers tell apart (Okabe & Ito)."""

_INSIDE = 0.06
"""Least share of a bar that has room for its number."""


def picture(found: Statistics) -> bytes:
    """Return a picture: answers per day, verdicts, the machine against the key, hardest questions.

    matplotlib is loaded here and not above: it takes half a second that only this picture needs.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - see the docstring

    figure = Figure(figsize=(12, 8), dpi=120, layout="constrained")
    (days, verdicts), (confusion, hardest) = figure.subplots(2, 2)
    _days(days, found.days)
    _verdicts(verdicts, found.verdicts)
    _confusion(confusion, found.confusion)
    _hardest(hardest, found)
    active = found.active
    figure.suptitle(
        f"{found.answers:,} answers by {active.ever:,} learners"
        f" ({active.week:,} in the last 7 days, {active.today:,} today)"
    )
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _days(axes: Axes, days: Mapping[str, int]) -> None:
    axes.set_title("Answers per day (UTC)")
    dates = [date.fromisoformat(day) for day in days]
    axes.bar(dates, list(days.values()), width=1.0, color="#0072b2")  # type: ignore[arg-type] # dates, as it documents
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(axis="x", rotation=30)
    axes.spines[["top", "right"]].set_visible(False)


def _verdicts(axes: Axes, verdicts: Mapping[str, Mapping[str, int]]) -> None:
    axes.set_title("Verdicts by what was asked")
    asks = [ask.value for ask in Ask if sum(verdicts[ask].values())]
    left = [0.0] * len(asks)
    for verdict in Verdict:
        shares = [100 * verdicts[ask][verdict] / sum(verdicts[ask].values()) for ask in asks]
        if not any(shares):
            continue
        bars = axes.barh(asks, shares, left=left, color=_COLOURS[verdict], label=verdict.value)
        labels = [f"{share:.0f} %" if share > 100 * _INSIDE else "" for share in shares]
        dark = verdict is Verdict.LATE
        axes.bar_label(bars, labels, label_type="center", color="white" if dark else "black")
        left = [start + share for start, share in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter("{x:.0f} %")
    axes.spines[["top", "right"]].set_visible(False)
    if asks:
        axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.1))


def _confusion(axes: Axes, confusion: Mapping[tuple[str, str], int]) -> None:
    """Draw of each kind by the key how the machine reads it, in percent of its answers."""
    axes.set_title("What the machine reads, by what the key says")
    kinds = [kind.value for kind in Kind]
    names = [kind.replace("_", "\n") for kind in kinds]
    totals = [sum(confusion.get((key, read), 0) for read in kinds) for key in kinds]
    shares = [
        [100 * confusion.get((key, read), 0) / (total or 1) for read in kinds]
        for key, total in zip(kinds, totals, strict=True)
    ]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100, aspect="auto")
    for row, line in enumerate(shares):
        for column, share in enumerate(line):
            colour = "white" if share > 50 else "black"
            told = f"{share:.0f} %" if totals[row] else "–"
            axes.text(column, row, told, ha="center", va="center", color=colour)
    axes.set_xticks(range(len(kinds)), names)
    axes.set_yticks(range(len(kinds)), names)
    axes.set_ylabel("key")
    axes.set_xlabel("machine")


def _hardest(axes: Axes, found: Statistics) -> None:
    axes.set_title("Hardest questions: mean score of first answers")
    names = [f"{one.question} ({one.ask})" for one in found.hardest]
    bars = axes.barh(names, [one.facility for one in found.hardest], color="#e69f00")
    axes.bar_label(bars, [f"{one.facility:.2f}" for one in found.hardest], padding=3)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.spines[["top", "right"]].set_visible(False)
