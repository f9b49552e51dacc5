"""The model's card as a README for people. Text only; every number comes from the card."""

from __future__ import annotations

from bot.reader.card import Card, DataSource, Figure

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
| `card.json` | labels, temperatures, thresholds, limits, data, figures |
"""


def readme(card: Card) -> str:
    """Write the README of a model directory."""
    sections = [
        _HEAD.format(version=card.version, base=card.base),
        "## Trained on\n\n" + _rows(["data", "rows", "licence", "credit", "use"], card.data),
        "## Measured\n\nOn rows that training never saw, with the very code that the bot runs. "
        "The baseline always says the commonest label. Agreement is that of two passes of labels, "
        "made without sight of each other.\n\n" + _figures(card.figures),
        "## Decides by\n\n" + _numbers(card),
        "## Mind\n\n" + "\n".join(f"- {caveat}" for caveat in card.caveats) + "\n",
        f"## Reproduce\n\n```sh\n{card.reproduce}\n```\n",
    ]
    return "\n".join(sections)


def _rows(head: list[str], data: tuple[DataSource, ...]) -> str:
    cells = [[one.name, str(one.rows), one.licence, one.credit, one.use] for one in data]
    return _table([head, *cells])


def _figures(figures: tuple[Figure, ...]) -> str:
    cells = [
        [
            one.name,
            one.split,
            str(one.n),
            f"{one.value:g} {one.unit}".strip(),
            "" if one.baseline is None else f"{one.baseline:g}",
        ]
        for one in figures
    ]
    return _table([["figure", "split", "n", "value", "baseline"], *cells])


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
