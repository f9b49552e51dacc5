"""Model directories as they come from elsewhere, tiny and made in a moment.

The network is a bag of words whose weights the test gives, so that what is to be read is known;
the tokenizers are of every family, trained on a few sentences.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

from bot.reader.card import CARD_FILE

from .onnx_file import INT64, Shape, Table, network

TEXT = (
    "The office said on Monday that exports fell by a tenth .",
    "Exports fell in March . It is said that it rained .",
    "This shameful budget , a circus of fools , will ruin us .",
    "Nobody is named . It names the office . sourced fact unsourced claim reported opinion",
)
ALL = {"input_ids": INT64, "attention_mask": INT64, "token_type_ids": INT64}


def bert() -> Tokenizer:
    """Make a lower-casing word-level tokenizer with BERT's special tokens."""
    made = Tokenizer(models.WordLevel(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made.train_from_iterator(
        TEXT, trainers.WordLevelTrainer(special_tokens=special, show_progress=False)
    )
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


def roberta() -> Tokenizer:
    """Make a byte-level BPE tokenizer with RoBERTa's special tokens, spaces left on its pieces."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    made.train_from_iterator(TEXT, _bpe(special))
    made.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=False)
    return made


def unigram() -> Tokenizer:
    """Make a SentencePiece-like tokenizer that ends texts and begins none, as XLNet's does."""
    special = ["<unk>", "<pad>", "<sep>", "<cls>", "<mask>"]
    words = dict.fromkeys(f"▁{word}" for text in TEXT for word in text.split())
    letters = dict.fromkeys("▁" + "".join(TEXT).replace(" ", ""))
    scored = [(piece, -1.0) for piece in words] + [(piece, -9.0) for piece in letters]
    made = Tokenizer(models.Unigram([*((one, 0.0) for one in special), *scored], unk_id=0))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.add_special_tokens(special)
    made.post_processor = processors.TemplateProcessing(
        single="$A <sep> <cls>",
        pair="$A <sep> $B:1 <sep>:1 <cls>:2",
        special_tokens=[("<sep>", 2), ("<cls>", 3)],
    )
    return made


def bare() -> Tokenizer:
    """Make a byte-level BPE tokenizer that puts nothing around a text, as GPT-2's."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    special = ["<|endoftext|>"]
    made.train_from_iterator(TEXT, _bpe(special))
    return made


def _bpe(special: list[str]) -> trainers.BpeTrainer:
    return trainers.BpeTrainer(
        special_tokens=special,
        vocab_size=400,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )


FAMILIES: Mapping[str, Callable[[], Tokenizer]] = {
    "BERT": bert,
    "RoBERTa": roberta,
    "Unigram": unigram,
}

OPINION = ("shameful", "circus", "fools", "ruin")
NAMED = ("office",)


def tables(tokenizer: Tokenizer, opinion: float = 8.0) -> dict[str, Table]:
    """Weigh pieces: words that judge make an opinion and are loaded, an office is a named source.

    A reason that names something, by that very word, is good.
    """
    pieces = tokenizer.get_vocab_size()
    stance, loaded = np.full(pieces, -0.05), np.full(pieces, -6.0)
    source, reason = np.zeros((pieces, 3)), np.zeros((pieces, 3))
    source[:, 2], reason[:, 2] = 0.3, 0.5
    for word in OPINION:
        for i in _pieces(tokenizer, word):
            stance[i], loaded[i] = opinion, 6.0
    for word in NAMED:
        for i in _pieces(tokenizer, word):
            source[i, 0] = 12.0
    for i in _pieces(tokenizer, "names"):
        reason[i, 0] = 20.0
    for table in (stance, source, reason):
        table[tokenizer.token_to_id("[PAD]") or tokenizer.token_to_id("<pad>") or 0] = 0
    made = {"stance": stance, "source": source, "loaded": loaded, "reason": reason}
    return {name: table.astype(np.float32) for name, table in made.items()}


def _pieces(tokenizer: Tokenizer, word: str) -> set[int]:
    """Return the pieces that tell a word: as it stands within a sentence."""
    before = set(tokenizer.encode("a", add_special_tokens=False).ids)
    return set(tokenizer.encode(f"a {word}", add_special_tokens=False).ids) - before


def write(
    directory: Path,
    *,
    tokenizer: Tokenizer | None = None,
    made: Mapping[str, Table] | None = None,
    shape: Shape | None = None,
    at: str = "model.onnx",
    **card: Any,
) -> Path:
    """Write a model directory; `card` replaces fields of the card, None takes one out."""
    tokenizer = tokenizer or bert()
    path = directory / at
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(network(made or tables(tokenizer), shape or Shape(ALL)))
    tokenizer.save(str(directory / "tokenizer.json"))
    found: dict[str, Any] = {
        "version": "tiny-1",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "base": "nothing (Apache-2.0)",
        "stance_labels": ["claim", "opinion"],
        "source_labels": ["named", "vague", "none"],
        "reason_labels": ["good", "partly", "off"],
        "temperatures": {"stance": 1, "source": 1, "loaded": 1, "reason": 1},
        "thresholds": {
            "kind": 0.6,
            "loaded": 0.5,
            "loaded_low": 0.4,
            "loaded_high": 0.6,
            "reason": 0.6,
            "reason_partly": 0.3,
            "reason_good": 0.7,
        },
        "limits": {
            "max_pieces": 64,
            "context_pieces": 24,
            "min_words": 2,
            "english_from_words": 12,
            "min_english": 0.05,
            "min_latin": 0.8,
        },
        "data": [{"name": "t", "rows": 1, "licence": "MIT", "credit": "t", "use": "tests"}],
        "reproduce": "by hand",
        **card,
    }
    kept = {name: value for name, value in found.items() if value is not None}
    (directory / CARD_FILE).write_text(json.dumps(kept), encoding="utf-8")
    return directory


def outside(directory: Path, name: str) -> str:
    """Write the first table of the network into a file of its own; return its digest."""
    raw = tables(bert())["stance"].tobytes()
    (directory / name).write_bytes(raw)
    return hashlib.sha256(raw).hexdigest()
