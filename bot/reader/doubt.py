"""Why a text may be none that the reader can read: cheap checks of the text alone.

Nothing here looks at what the model said, and no number stands here: limits come from the card.
"""

from __future__ import annotations

import re

from bot.reader.card import Limits

EMPTY = "empty"
TOO_LONG = "too_long"
NOT_ENGLISH = "not_english"
NOT_A_SENTENCE = "not_a_sentence"
LOW_CONFIDENCE = "low_confidence"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Words that carry English grammar and are not common words of its neighbours ("die", "on", "a").
_FUNCTION_WORDS = frozenset(
    "the of and to is are was were be been has have had that this these those with for from by "
    "at it its it's he she they his her their you your i we our not would will could should may "
    "might must can as but or if than then there which who what when where why how into over "
    "after before about because while said says do does did no more most all any some such only "
    "own out up down an in my me so just even still never against between through under until "
    "don't doesn't isn't can't won't i'm".split()
)


def doubt(text: str, cut: bool, limits: Limits) -> str:
    """Return why the text can not be read as an English sentence, or "" when it may be."""
    letters = [char for char in text if char.isalpha()]
    words = _WORD.findall(text.lower().replace("’", "'"))
    if not text.strip():
        return EMPTY
    if cut:
        return TOO_LONG
    if letters and sum(char.isascii() for char in letters) / len(letters) < limits.min_latin:
        return NOT_ENGLISH
    if len(words) < limits.min_words:
        return NOT_A_SENTENCE
    if len(words) >= limits.english_from_words:
        english = sum(word in _FUNCTION_WORDS for word in words) / len(words)
        return NOT_ENGLISH if english < limits.min_english else ""
    return ""
