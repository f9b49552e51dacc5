"""The model's card as a README for people. Text only; every number comes from the card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reader.card import Card, DataSource, Failure, Figure

_HEAD = """\
# Model of the reader, version {version}

Generated from `card.json` by `python -m bot.training`; changes by hand are lost.

Reads one English sentence in its paragraph and says what it does (claim or opinion), who vouches
for it (named, vague or none) and which of its words are loaded; and judges whether a learner's
reason for a kind is good, partly good or off. Base: {base}.

| file | what |
| --- | --- |
| `model.onnx` | the network; matrix weights in 8-bit blocks, word embeddings in 16 bits |
| `tokenizer.json` | the word-piece vocabulary of the base model, unchanged |
| `card.json` | labels, temperatures, thresholds, limits, data, figures, failures |
"""
_MEASURED = """\
## Measured

On rows that training never saw, with the very code that the bot runs; in brackets the 95 %
interval (bootstrap over cases). Agreement is that of two passes of labels, made without sight of
each other.

"""
_BESIDE = """\
## Beside other ways

On the same cases, in the same run: what always the commonest label, cue words, the words alone or
the encoder as it came would reach, fitted to the same rows; and the model before this one.

"""
_FAILS = """\
## Gets wrong

The held-out cases that it missed with the greatest confidence.

"""


def readme(card: Card) -> str:
    """Write the README of a model directory."""
    sections = [
        _HEAD.format(version=card.version, base=card.base),
        "## Trained on\n\n" + _sources(card.data),
        _MEASURED + _figures(card.figures),
        "## Decides by\n\n" + _numbers(card),
        "## Mind\n\n" + "\n".join(f"- {caveat}" for caveat in card.caveats) + "\n",
        f"## Reproduce\n\n```sh\n{card.reproduce}\n```\n",
    ]
    compared = [one for one in card.figures if one.others]
    if compared:
        sections.insert(3, _BESIDE + _compared(compared))
    if card.failures:
        sections.insert(-2, _FAILS + _failures(card.failures))
    return "\n".join(sections)


def _sources(data: Sequence[DataSource]) -> str:
    cells = [[one.name, str(one.rows), one.licence, one.credit, one.use] for one in data]
    return _table([["data", "rows", "licence", "credit", "use"], *cells])


def _figures(figures: Sequence[Figure]) -> str:
    cells = [[one.name, one.split, str(one.n), _value(one)] for one in figures]
    return _table([["figure", "split", "n", "value"], *cells])


def _value(one: Figure) -> str:
    shown = f"{one.value:g} {one.unit}".strip()
    return shown if one.low is None else f"{shown} ({one.low:g} to {one.high:g})"


def _compared(figures: Sequence[Figure]) -> str:
    names = list(dict.fromkeys(name for one in figures for name in one.others))
    cells = [
        [
            one.name,
            one.split,
            f"{one.value:g}",
            *(f"{one.others[name]:g}" if name in one.others else "" for name in names),
        ]
        for one in figures
    ]
    return _table([["figure", "split", "this model", *names], *cells])


def _failures(failures: Sequence[Failure]) -> str:
    cells = [
        [one.text.replace("|", "/"), one.expected, one.found, "yes" if one.sure else "no"]
        for one in failures
    ]
    return _table([["text", "is", "was called", "surely"], *cells])


def _numbers(card: Card) -> str:
    parts = {
        "temperature": card.temperatures,
        "threshold": card.thresholds,
        "limit": card.limits,
    }
    cells = [
        [part, name, f"{value:g}"]
        for part, numbers in parts.items()
        for name, value in numbers.model_dump(exclude_none=True).items()
    ]
    return _table([["what", "of", "value"], *cells])


def _table(lines: list[list[str]]) -> str:
    head, *rest = lines
    shown = [head, ["---"] * len(head), *rest]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in shown) + "\n"
