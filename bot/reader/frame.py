"""The special tokens around the parts of an input, as a tokenizer and the card have them.

BERT puts `[CLS] A [SEP] B [SEP]`, RoBERTa `<s> A </s></s> B </s>`, XLNet `A <sep> B <sep> <cls>`:
which it is stands in the tokenizer's own template and is assumed nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tokenizers import Tokenizer

from bot.errors import ReaderError
from bot.reader.card import CARD_FILE, GUIDE, Marking

TOKENIZER_FILE = "tokenizer.json"
NAMING_FILES = ("special_tokens_map.json", "tokenizer_config.json")
"""Files of Hugging Face tokenizers that say which token has which role; the later outranks."""

OLDER_FILES = (
    "vocab.txt",
    "vocab.json",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
)
"""What tokenizers are kept in that are not "fast" ones."""

_MASKS = ("[MASK]", "<mask>")
_PADS = ("[PAD]", "<pad>")
_PROBE = "a"

Names = Mapping[str, str]
"""Roles (`mask_token`, `sep_token` …) and the tokens that have them."""
NONE: Names = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Frame:
    """Ids of the tokens before, between and after the parts of an input.

    `place` stands in a context for the sentence that was cut out of it, and may be empty; `pad`
    fills what a shorter input lacks.
    """

    start: tuple[int, ...]
    between: tuple[int, ...]
    end: tuple[int, ...]
    place: tuple[int, ...]
    pad: int = 0


def frame(
    tokenizer: Tokenizer, marking: Marking, names: Names = NONE, card: Path = Path(CARD_FILE)
) -> Frame:
    """Find the frame; ReaderError, naming the card's field, for what the tokenizer cannot tell.

    Sets the tokenizer to neither pad nor cut.
    """
    tokenizer.no_padding()
    tokenizer.no_truncation()
    try:
        return _found(tokenizer, marking, names)
    except LookupError as error:
        raise ReaderError(f"{card}: marking.{error.args[0]}") from error


def _found(tokenizer: Tokenizer, marking: Marking, names: Names) -> Frame:
    start, between, end = _template(tokenizer, names)
    start = _ids(tokenizer, "start", marking.start, start)
    between = _ids(tokenizer, "between", marking.between, between)
    end = _ids(tokenizer, "end", marking.end, end)
    if not between:
        raise LookupError(
            "between: the tokenizer puts nothing between two texts: name the token that the "
            "network was trained with"
        )
    return Frame(start, between, end, _place(tokenizer, marking, names), _pad(tokenizer, names))


def load_tokenizer(directory: Path) -> Tokenizer:
    """Read `tokenizer.json`; ReaderError when it is missing or not one."""
    path = directory / TOKENIZER_FILE
    try:
        return Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        older = [name for name in OLDER_FILES if (directory / name).is_file()]
        seen = f"; {', '.join(older)} is not enough" if older else ""
        raise ReaderError(
            f"{path}: cannot be read: there is none{seen}: save the tokenizer as a fast one, see "
            f"{GUIDE}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ReaderError(f"{path}: cannot be read: {error}") from error
    except Exception as error:  # the library raises bare Exception on a malformed file
        said = " ".join(str(error).split())
        raise ReaderError(
            f"{path}: is not a tokenizer of a type that is known here ({said}): save it anew with "
            f"a current version of transformers, see {GUIDE}"
        ) from error


def load_names(directory: Path) -> Names:
    """Read which token has which role, where files say so; ReaderError for a broken one."""
    names: dict[str, str] = {}
    for name in NAMING_FILES:
        path = directory / name
        try:
            found = json.loads(path.read_bytes()) if path.is_file() else {}
        except (OSError, ValueError, RecursionError) as error:
            raise ReaderError(f"{path}: cannot be read as JSON: {error}") from error
        if not isinstance(found, dict):
            raise ReaderError(f"{path}: is not a JSON object")
        names |= {role: token for role, value in found.items() if (token := _token(value))}
    return names


def _token(value: Any) -> str:
    """Take a token from a plain name, or from an object that also says how it is matched."""
    content = value.get("content") if isinstance(value, dict) else value
    return content if isinstance(content, str) else ""


def _template(tokenizer: Tokenizer, names: Names) -> tuple[tuple[int, ...], ...]:
    """Put two texts together as the tokenizer does, and see what it puts around them."""
    pair = tokenizer.encode(_PROBE, _PROBE)
    places = {part: [i for i, of in enumerate(pair.sequence_ids) if of == part] for part in (0, 1)}
    if places[0] and places[1]:
        first, last = places[0][0], places[1][-1]
        between = tuple(pair.ids[places[0][-1] + 1 : places[1][0]])
        if between:
            return tuple(pair.ids[:first]), between, tuple(pair.ids[last + 1 :])
    known = {role: tokenizer.token_to_id(token) for role, token in names.items()}
    starts = known.get("cls_token")
    parts = next((found for role in ("sep_token", "eos_token") if (found := known.get(role))), None)
    apart = () if parts is None else (parts,)
    return () if starts is None else (starts,), apart, apart


def _ids(
    tokenizer: Tokenizer, field: str, told: tuple[str, ...] | None, own: tuple[int, ...]
) -> tuple[int, ...]:
    return own if told is None else tuple(_id(tokenizer, field, token) for token in told)


def _id(tokenizer: Tokenizer, field: str, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise LookupError(f"{field}: the tokenizer knows no {token}: name one of its tokens")
    return int(found)


def _place(tokenizer: Tokenizer, marking: Marking, names: Names) -> tuple[int, ...]:
    if marking.context != "around" or marking.place == "":
        return ()
    if marking.place is not None:
        return (_id(tokenizer, "place", marking.place),)
    for token in (names.get("mask_token", ""), *_MASKS):
        found = tokenizer.token_to_id(token) if token else None
        if found is not None:
            return (int(found),)
    raise LookupError(
        "place: the tokenizer knows no mask token: name the token that stands for the sentence in "
        'its context, or "" for none'
    )


def _pad(tokenizer: Tokenizer, names: Names) -> int:
    for token in (names.get("pad_token", ""), *_PADS):
        found = tokenizer.token_to_id(token) if token else None
        if found is not None:
            return int(found)
    return 0  # padding is masked: any piece will do
