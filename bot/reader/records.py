"""Readings as records: whole texts, and the JSON lines of `whosays read --jsonl`.

Functions over a reader and lines; files, options and printing belong to the command line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.quiz.values import Reading
from bot.reader.reader import Pair, Reader
from bot.reader.sentences import Sentence, split

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a text and what the reader makes of it in its paragraph."""

    sentence: Sentence
    reading: Reading


def read_text(reader: Reader, text: str, batch_size: int = 16) -> list[ReadSentence]:
    """Read every sentence of a text, each with its paragraph as context."""
    sentences = split(text)
    readings = reader.read_many([(one.text, one.paragraph) for one in sentences], batch_size)
    return [ReadSentence(*pair) for pair in zip(sentences, readings, strict=True)]


def read_lines(reader: Reader, lines: Iterable[str], batch_size: int = 16) -> Iterator[Record]:
    """Answer each JSON line with one record, in order, as lines come in; blank ones are skipped.

    A line is `{"text": …}` with an optional `"context"`; one that is not is answered with
    `{"error": "line N: …"}`, N counted from 1, and reading goes on.
    """
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    while chunk := list(islice(numbered, max(1, batch_size))):
        parsed = [_parse(line) for _, line in chunk]
        good = [pair for pair in parsed if not isinstance(pair, str)]
        readings = iter(reader.read_many(good, batch_size))
        for (n, _), pair in zip(chunk, parsed, strict=True):
            if isinstance(pair, str):
                yield {"error": f"line {n}: {pair}"}
            else:
                yield as_record(next(readings))


def as_record(reading: Reading) -> Record:
    """Show a reading as a JSON object: probabilities to 4 digits, spans as [start, end, p]."""
    record: Record = {
        "kind": str(reading.kind),
        "stance": str(reading.stance),
        "p_opinion": round(reading.p_opinion, 4),
        "source": str(reading.attribution),
        "p_source": {str(label): round(p, 4) for label, p in reading.p_source.items()},
        "loaded": [[span.start, span.end, round(span.p, 4)] for span in reading.loaded],
        "sure": reading.sure,
        "model": reading.model,
    }
    if not reading.sure:
        record["why_unsure"] = reading.why_unsure
    return record


def _parse(line: str) -> Pair | str:
    """Take the sentence and its context from a line, or say what is wrong with it."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    if not isinstance(found, dict):
        return "not an object"
    if not isinstance(found.get("text"), str):
        return '"text" is missing or not a string'
    context = found.get("context")
    if context is not None and not isinstance(context, str):
        return '"context" is not a string'
    return found["text"], context
