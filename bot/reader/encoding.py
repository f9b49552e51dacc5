"""A sentence and its context → word pieces with character offsets, and padded arrays of them.

Shared by training and the running reader, so that both see the same input. No model here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from bot.errors import ReaderError
from bot.quiz.values import Span

TOKENIZER_FILE = "tokenizer.json"
PLACE = "[MASK]"  # stands in the context where the sentence itself was cut out
# Hyphens and apostrophes belong to a word between letters only; quotation marks never do.
_WORD = re.compile(r"\w+(?:[-‑'’]\w+)*")
_SPECIAL = 3  # [CLS] sentence [SEP] context [SEP]
# An answer is judged in 128 pieces at the most: its own, [CLS] and [SEP], and the passage's.
ANSWER_PIECES = 40
PASSAGE_PIECES = 86
TARGET_PIECES = 52

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One input. `spans` and `words` are those of the sentence's own pieces, from place 1 on.

    Pieces with the same number in `words` belong to one whole word; `cut` says that the sentence
    did not fit; `apart` that the second segment is to be read without sight of the first.
    """

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    spans: tuple[Span, ...]
    words: tuple[int, ...]
    cut: bool
    apart: bool = False


class Encoder:
    """The word-piece tokenizer with the card's limits on lengths."""

    def __init__(self, tokenizer: Tokenizer, max_pieces: int, context_pieces: int) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.encode_special_tokens = True  # a reader who types "[SEP]" typed letters
        self._tokenizer = tokenizer
        self._room = max_pieces - _SPECIAL
        self._context_pieces = context_pieces
        self._cls = _id(tokenizer, "[CLS]")
        self._sep = _id(tokenizer, "[SEP]")
        self._place = _id(tokenizer, PLACE)

    def encode(self, text: str, context: str | None = None) -> Encoded:
        """Encode a sentence, its context in what room it leaves; never fails on any string."""
        clean = _storable(text)
        pieces = self._tokenizer.encode(clean, add_special_tokens=False)
        own = pieces.ids[: self._room]
        around = self._around(clean, context, min(self._context_pieces, self._room - len(own)))
        second = [*around, self._sep] if around else []
        ids = (self._cls, *own, self._sep, *second)
        spans = tuple(pieces.offsets[: len(own)])
        return Encoded(
            ids=ids,
            segments=(0,) * (len(own) + 2) + (1,) * len(second),
            spans=spans,
            words=_whole_words(clean, spans),
            cut=len(pieces.ids) > len(own),
        )

    def encode_answer(self, answer: str, passage: Sequence[int]) -> Encoded:
        """Encode a learner's answer before a passage that `encode_passage` encoded."""
        clean = _storable(answer)
        pieces = self._tokenizer.encode(clean, add_special_tokens=False)
        own = pieces.ids[:ANSWER_PIECES]
        ids = (self._cls, *own, self._sep, *passage)
        return Encoded(
            ids=ids,
            segments=(0,) * (len(own) + 2) + (1,) * len(passage),
            spans=(),
            words=(),
            cut=len(pieces.ids) > len(own),
            apart=True,
        )

    def encode_passage(self, kind: str, target: str, context: str) -> tuple[int, ...]:
        """Encode what an answer is about: the kind in words, the target, and what is around it."""
        clean = _storable(target)
        head = [*self._ids(kind), self._sep, *self._ids(clean)[:TARGET_PIECES], self._sep]
        room = PASSAGE_PIECES - len(head) - 1
        around = self._around(clean, context, min(self._context_pieces, room))
        return (*head, *around, self._sep) if around else tuple(head)

    def _around(self, text: str, context: str | None, room: int) -> list[int]:
        """Pick the context's pieces nearest to the sentence, with a placeholder for it."""
        if not context or room < 2:
            return []
        clean = _storable(context)
        start = clean.find(text.strip()) if text.strip() else -1
        if start < 0:
            return self._ids(clean)[:room]
        before = self._ids(clean[:start])
        after = self._ids(clean[start + len(text.strip()) :])
        if not before and not after:
            return []
        # What stands before a sentence tells more of its source than what follows it.
        kept_after = min(len(after), max((room - 1) // 3, room - 1 - len(before)))
        kept_before = min(len(before), room - 1 - kept_after)
        return [*before[len(before) - kept_before :], self._place, *after[:kept_after]]

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def load_tokenizer(directory: Path) -> Tokenizer:
    """Read `tokenizer.json`; ReaderError when it is missing or not one."""
    path = directory / TOKENIZER_FILE
    try:
        return Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReaderError(f"{path}: cannot be read: {error.strerror or error}") from error
    except Exception as error:  # the library raises bare Exception on a malformed file
        raise ReaderError(f"{path}: is not a tokenizer: {error}") from error


def pad(batch: Sequence[Encoded]) -> dict[str, IntArray]:
    """Stack inputs of different lengths into (batch, longest) arrays under the model's names."""
    shape = (len(batch), max(len(one.ids) for one in batch))
    arrays = {
        name: np.zeros(shape, dtype=np.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
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


def _storable(text: str) -> str:
    """Lone surrogates cannot be encoded; the replacement keeps every offset where it was."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _id(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ReaderError(f"the tokenizer knows no {token}")
    return int(found)
