"""Readings and judgements as records: whole texts, and the JSON lines of `whosays read`, `judge`.

Functions over a reader and lines; files, options and printing belong to the command line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.errors import ReaderError
from bot.quiz.labels import Kind, ReasonLabel
from bot.quiz.values import Judgement, Reading
from bot.reader.judge import Answer, missing
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


def judge_lines(reader: Reader, lines: Iterable[str], batch_size: int = 16) -> Iterator[Record]:
    """Answer each JSON line with the judgement of a reason, in order; blank ones are skipped.

    A line is `{"context": …, "target": …, "kind": …, "answer": …}`, the context optional; one that
    is not is answered with `{"error": "line N: …"}`. ReaderError from a model that cannot judge.
    """
    if not reader.judges:
        raise ReaderError(f"model {reader.card.version} cannot judge reasons")
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    while chunk := list(islice(numbered, max(1, batch_size))):
        parsed = [_parse_answer(line) for _, line in chunk]
        good = [one for one in parsed if not isinstance(one, str)]
        judged = iter(reader.judge_many(good, batch_size))
        readings = iter(reader.read_many([(one.target, one.context) for one in good], batch_size))
        for (n, _), one in zip(chunk, parsed, strict=True):
            if isinstance(one, str):
                yield {"error": f"line {n}: {one}"}
            else:
                yield as_judged(one, next(judged), next(readings))


def as_judged(answer: Answer, judgement: Judgement, reading: Reading) -> Record:
    """Show a judgement as a JSON object; `missing` is empty where the reason is good."""
    good = judgement.label is ReasonLabel.GOOD
    record: Record = {
        "label": str(judgement.label),
        "p": {str(label): round(p, 4) for label, p in judgement.p.items()},
        "sure": judgement.sure,
        "missing": "" if good else missing(answer, reading),
        "model": judgement.model,
    }
    if not judgement.sure:
        record["why_unsure"] = judgement.why_unsure
    return record


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
    found = _object(line, ("text",))
    return found if isinstance(found, str) else (found["text"], found.get("context"))


def _parse_answer(line: str) -> Answer | str:
    """Take an answer and what it is about from a line, or say what is wrong with it."""
    found = _object(line, ("target", "kind", "answer"))
    if isinstance(found, str):
        return found
    if found["kind"] not in list(Kind):
        return '"kind" is none of ' + ", ".join(Kind)
    context = found.get("context") or ""
    return Answer(context, found["target"], Kind(found["kind"]), found["answer"])


def _object(line: str, strings: Iterable[str]) -> Record | str:
    """Read a JSON object that has these strings and may have a context, or say what is wrong."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    if not isinstance(found, dict):
        return "not an object"
    for name in strings:
        if not isinstance(found.get(name), str):
            return f'"{name}" is missing or not a string'
    context = found.get("context")
    if context is not None and not isinstance(context, str):
        return '"context" is not a string'
    return found
