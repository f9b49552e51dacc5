"""How the classifier reads a text, sentence by sentence, for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bot.quiz.labels import Kind
from bot.quiz.values import Reading
from bot.reader.records import ReadSentence

_STYLES = {
    Kind.SOURCED_FACT: "green",
    Kind.UNSOURCED_CLAIM: "yellow",
    Kind.REPORTED_OPINION: "cyan",
    Kind.OPINION: "magenta",
}


def print_readings(console: Console, sentences: Iterable[ReadSentence]) -> None:
    """Print each sentence under its kind, loaded words underlined and listed."""
    for read in sentences:
        console.print(_head(read.reading))
        body = Text(read.sentence.text)
        for span in read.reading.loaded:
            body.stylize("underline", span.start, span.end)
        console.print(body)
        if read.reading.loaded:
            console.print(_loaded(read))
        console.print()


def _head(reading: Reading) -> Text:
    label = str(reading.kind).replace("_", " ")
    head = Text(label, style=f"bold {_STYLES[reading.kind]}")
    head.append(f"  {100 * reading.p_kind:.0f} %", style="default")
    head.append(f"  source {reading.attribution}", style="dim")
    if not reading.sure:
        head.append(f"  not sure: {reading.why_unsure.replace('_', ' ')}", style="dim")
    return head


def _loaded(read: ReadSentence) -> Text:
    words = (
        f"{read.sentence.text[span.start : span.end]} ({100 * span.p:.0f} %)"
        for span in read.reading.loaded
    )
    return Text(f"loaded: {', '.join(words)}", style="dim")
