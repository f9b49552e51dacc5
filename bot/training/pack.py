"""Answers to one passage as one input: the passage's pieces are computed once for all of them.

In the running judge each answer stands alone before its passage. It sees the passage and the
passage does not see it, so packed and alone come to the same, at a quarter of the cost.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch  # type: ignore[import-not-found]  # only in the training environment

from bot.quiz.labels import ReasonLabel
from bot.reader.encoding import Encoder
from bot.reader.judge import kind_words
from bot.training.model import IGNORED, Packed
from bot.training.rows import AnswerRow


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage's pieces, those of its answers, and the answers' labels."""

    pieces: tuple[int, ...]
    answers: tuple[tuple[int, ...], ...]
    labels: tuple[int, ...]


def by_passage(rows: Sequence[AnswerRow], encoder: Encoder) -> list[Passage]:
    """Bring together the answers to each passage, in the order of the rows."""
    together: dict[str, list[AnswerRow]] = {}
    for row in rows:
        together.setdefault(row.passage, []).append(row)
    return [_passage(found, encoder) for found in together.values()]


def _passage(rows: Sequence[AnswerRow], encoder: Encoder) -> Passage:
    first = rows[0]
    pieces = encoder.encode_passage(kind_words(first.kind), first.target, first.context)
    encoded = [encoder.encode_answer(row.text, ()) for row in rows]
    return Passage(
        pieces=pieces,
        answers=tuple(one.ids for one in encoded),
        labels=tuple(list(ReasonLabel).index(row.label) for row in rows),
    )


def packed(batch: Sequence[Passage], chance: random.Random) -> Packed:
    """Lay passages out with their answers before them.

    Alone, a passage begins where its answer ends; here it does so for one of its answers, drawn.
    """
    rows: list[tuple[list[int], list[int], list[int]]] = []
    for one in batch:
        ids: list[int] = []
        places: list[int] = []
        owner: list[int] = []
        for n, answer in enumerate(one.answers, 1):
            ids += answer
            places += range(len(answer))
            owner += [n] * len(answer)
        begin = len(chance.choice(one.answers))
        ids += one.pieces
        places += range(begin, begin + len(one.pieces))
        owner += [0] * len(one.pieces)
        rows.append((ids, places, owner))
    longest = max(len(ids) for ids, _, _ in rows)
    tensors = [torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3)]
    tensors[2].fill_(IGNORED)
    for i, row in enumerate(rows):
        for tensor, values in zip(tensors, row, strict=True):
            tensor[i, : len(values)] = torch.tensor(values)
    return Packed(*tensors)
