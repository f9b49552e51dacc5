"""A sentence and its context → word pieces with character offsets, and padded arrays of them.

Shared by training and the running reader, so that both see the same input. No model here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from bot.quiz.values import Span
from bot.reader.card import Marking
from bot.reader.frame import TOKENIZER_FILE, Frame, frame, load_tokenizer

__all__ = ["TOKENIZER_FILE", "Encoded", "Encoder", "load_tokenizer", "pad"]

# Hyphens and apostrophes belong to a word between letters only; quotation marks never do.
_WORD = re.compile(r"\w+(?:[-‑'’]\w+)*")

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One input. `spans` and `words` are those of the sentence's own pieces, from `first` on.

    Pieces with the same number in `words` belong to one whole word; `cut` says that the sentence
    did not fit; `apart` that the second segment is to be read without sight of the first.
    """

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    spans: tuple[Span, ...]
    words: tuple[int, ...]
    cut: bool
    apart: bool = False
    first: int = 1


class Encoder:
    """The tokenizer with the card's limits on lengths, and how the card puts parts together."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        max_pieces: int,
        context_pieces: int,
        marking: Marking | None = None,
        around: Frame | None = None,
    ) -> None:
        """Take a tokenizer; `around` are the special tokens, found in it unless given."""
        tokenizer.encode_special_tokens = True  # a reader who types "[SEP]" typed letters
        self._tokenizer = tokenizer
        self.marking = marking or Marking()
        self.frame = around or frame(tokenizer, self.marking)
        self._max_pieces = max_pieces
        special = self.frame.start + self.frame.between + self.frame.end
        self._room = max(0, max_pieces - len(special))
        self._context_pieces = context_pieces

    @property
    def vocabulary(self) -> int:
        """How many pieces the tokenizer knows."""
        return int(self._tokenizer.get_vocab_size())

    def longest(self, *, reasons: bool) -> int:
        """Return how many pieces an input has at the most, a sentence's or a reason's too."""
        marking = self.marking
        special = len(self.frame.start) + len(self.frame.between)
        reason = special + marking.answer_pieces + marking.passage_pieces
        return max(self._max_pieces, reason if reasons else 0)

    def encode(self, text: str, context: str | None = None) -> Encoded:
        """Encode a sentence, its context in what room it leaves; never fails on any string."""
        clean = _storable(text)
        pieces = self._tokenizer.encode(clean, add_special_tokens=False)
        own = pieces.ids[: self._room]
        around = self._around(clean, context, min(self._context_pieces, self._room - len(own)))
        start, between, end = self.frame.start, self.frame.between, self.frame.end
        head = (*start, *own, *(between if around else end))
        second = (*around, *end) if around else ()
        spans = tuple(_bare(clean, *span) for span in pieces.offsets[: len(own)])
        return Encoded(
            ids=head + second,
            segments=(0,) * len(head) + (1,) * len(second),
            spans=spans,
            words=_whole_words(clean, spans),
            cut=len(pieces.ids) > len(own),
            first=len(start),
        )

    def encode_answer(self, answer: str, passage: Sequence[int]) -> Encoded:
        """Encode a learner's answer before a passage that `encode_passage` encoded."""
        pieces = self._ids(_storable(answer))
        own = pieces[: self.marking.answer_pieces]
        head = (*self.frame.start, *own, *self.frame.between)
        return Encoded(
            ids=(*head, *passage),
            segments=(0,) * len(head) + (1,) * len(passage),
            spans=(),
            words=(),
            cut=len(pieces) > len(own),
            apart=self.marking.levels,
            first=len(self.frame.start),
        )

    def encode_passage(self, kind: str, target: str, context: str) -> tuple[int, ...]:
        """Encode what an answer is about: the kind in words, the target, and what is around it."""
        clean = _storable(target)
        between, end = self.frame.between, self.frame.end
        head = [*self._ids(kind), *between, *self._ids(clean)[: self.marking.target_pieces]]
        room = self.marking.passage_pieces - len(head) - len(between) - len(end)
        around = self._around(clean, context, min(self._context_pieces, room))
        return (*head, *between, *around, *end) if around else (*head, *end)

    def _around(self, text: str, context: str | None, room: int) -> list[int]:
        """Pick the context's pieces nearest to the sentence, with a placeholder for it."""
        if not context or room < 2 or self.marking.context == "none":
            return []
        clean = _storable(context)
        start = clean.find(text.strip()) if text.strip() else -1
        if start < 0 or self.marking.context == "whole":
            return self._ids(clean)[:room]
        before = self._ids(clean[:start].rstrip())
        after = self._ids(clean[start + len(text.strip()) :])
        if not before and not after:
            return []
        left = room - len(self.frame.place)
        # What stands before a sentence tells more of its source than what follows it.
        kept_after = min(len(after), max(left // 3, left - len(before)))
        kept_before = min(len(before), left - kept_after)
        kept = before[len(before) - kept_before :]
        return [*kept, *self.frame.place, *after[:kept_after]]

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def pad(batch: Sequence[Encoded], filler: int = 0) -> dict[str, IntArray]:
    """Stack inputs of different lengths into (batch, longest) arrays under the model's names.

    `filler` is the piece that fills what a shorter one lacks.
    """
    shape = (len(batch), max(len(one.ids) for one in batch))
    arrays = {
        name: np.zeros(shape, dtype=np.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    arrays["input_ids"].fill(filler)
    for row, one in enumerate(batch):
        length = len(one.ids)
        arrays["input_ids"][row, :length] = one.ids
        # Levels: a piece sees those of its own level and above.
        levels = [1 + segment for segment in one.segments] if one.apart else 1
        arrays["attention_mask"][row, :length] = levels
        arrays["token_type_ids"][row, :length] = one.segments
    return arrays


def _whole_words(text: str, spans: Sequence[Span]) -> tuple[int, ...]:
    """Give each piece the number of its word; a piece that is in no word stands alone."""
    words: list[int] = []
    matches = _WORD.finditer(text)
    word, last = next(matches, None), None
    for start, _ in spans:
        while word is not None and word.end() <= start:
            word = next(matches, None)
        inside = word if word is not None and word.start() <= start else None
        same = inside is not None and inside is last
        words.append(words[-1] if same else len(words))
        last = inside
    return tuple(words)


def _bare(text: str, start: int, end: int) -> Span:
    """Take the white space off a piece: byte-level and SentencePiece ones begin with it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _storable(text: str) -> str:
    """Lone surrogates cannot be encoded; the replacement keeps every offset where it was."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
