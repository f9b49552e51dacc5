"""The picture of progress: one line per skill, as a PNG."""

from __future__ import annotations

import io
from collections.abc import Mapping

from bot.chat.views.labels import PICTURE_TEXT
from bot.quiz.labels import Ask
from bot.texts import Texts

_COLOURS = {Ask.KIND: "#0072b2", Ask.LOADED: "#d55e00", Ask.REASON: "#009e73"}
_STYLES = {Ask.KIND: "-", Ask.LOADED: "--", Ask.REASON: "-."}


def progress_png(texts: Texts, lines: Mapping[Ask, list[float]]) -> bytes:
    """Return a picture of shares (0…1) over the number of answers.

    matplotlib is loaded here and not above: it takes half a second that only this picture needs.
    The colours are told apart by colour-blind readers (Okabe & Ito), the lines by their style.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - see the docstring
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - see the docstring

    figure = Figure(figsize=(6, 3.4), dpi=150, layout="constrained")
    axes = figure.subplots()
    for ask, line in lines.items():
        axes.plot(
            range(1, len(line) + 1),
            [100 * share for share in line],
            color=_COLOURS[ask],
            linestyle=_STYLES[ask],
            linewidth=2,
            label=texts.plain(PICTURE_TEXT[ask]),
        )
    axes.set_ylim(0, 105)
    axes.set_xlabel(texts.plain("picture-answers"))
    axes.set_ylabel(texts.plain("picture-share"))
    axes.yaxis.set_major_formatter("{x:.0f} %")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    figure.legend(frameon=False, loc="outside upper right", ncols=len(lines))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
