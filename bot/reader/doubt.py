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
# The commonest words that carry a language's grammar, English and its neighbours' (German, Dutch,
# French, Spanish, Italian, Portuguese, Polish); what English shares with them stands in neither.
_ENGLISH = frozenset(
    """a and are at be been but by can could did does for from had has have he her his how if into
    is it it's its may might must not of on or our out should said says she than that the their
    then there these they this to up was we were what when where which who will with would you
    your""".split()  # noqa: SIM905  # a list would take a page
)
_FOREIGN = frozenset(
    """aber auf aus com como con das dass de dei del della dem den der des di die dla do du een ein
    eine el elle en est et gli het ich il ils ist jest je la las le les lo los mais mit na nicht
    nie niet não os para pas per pero por pour qu que qui sich sie sono sont su sur sus się też um
    un una und une uns van von voor w wir z za zij zu że""".split()  # noqa: SIM905
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
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    enough = len(words) < limits.english_from_words or english / len(words) >= limits.min_english
    return "" if enough and english >= foreign else NOT_ENGLISH
