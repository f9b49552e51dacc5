"""Checks of the classifier: its files, and that it still reads as it should."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from bot.errors import ReaderError
from bot.operate.doctor.lines import Line, failing, ok, warning
from bot.quiz.labels import Kind
from bot.reader.card import load_card

PLAIN = (
    (
        "Inflation slowed to 3.4 percent in May, the National Statistics Office said on Tuesday.",
        Kind.SOURCED_FACT,
    ),
    ("It is the most shameful decision that any council has ever taken.", Kind.OPINION),
)
"""Sentences on whose kind no careful reader hesitates."""

_ADVICE = "unset WHOSAYS_MODEL to use the model that is installed, or put that directory right"


def check(directory: Path) -> Iterator[Line]:
    """Check the card and the files, then read and judge something plain."""
    try:
        card = load_card(directory)
        yield ok("model", f"{card.version}, with its card")
        from bot.reader.reader import Reader  # noqa: PLC0415 - onnxruntime, only when it is needed

        reader = Reader.load(directory)
        start = time.perf_counter()
        read = reader.read_many([(sentence, None) for sentence, _ in PLAIN])
        sentence, kind = PLAIN[0]
        reader.judge(sentence, sentence, kind, "the statistics office says it")
        spent = 1000 * (time.perf_counter() - start)
    except (ReaderError, OSError) as error:
        yield failing("model", str(error), _ADVICE)
        return
    wrong = [
        f"{kind} as {one.kind}"
        for one, (_, kind) in zip(read, PLAIN, strict=True)
        if one.kind is not kind
    ]
    if wrong:
        yield warning("self-test", f"reads a plain {', '.join(wrong)}", _ADVICE)
    else:
        yield ok("self-test", f"{len(PLAIN)} plain sentences and a reason in {spent:.0f} ms")
