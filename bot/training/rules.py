"""A reader made of word lists and cue words, to measure the model against. Pure; it learns nothing.

It is what somebody would write in an afternoon, by the codebook: verbs of telling with a capital
name beside them are a source, words of judging and foretelling an opinion, strong words loaded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.quiz.labels import Attribution, Stance
from bot.reader.reader import Pair
from bot.training.predictions import Predicted

_TELLING = (
    r"(?:said|says|say|told|tells|reports?|reported|announced|according to|wrote|writes|stated|"
    r"states|added|adds|argued|argues|warned|warns|claimed|claims|called|calls|denied|accused|"
    r"found|estimates?|estimated|confirmed|described|insisted|admitted|explained|noted|notes)"
)
_NAME = r"[A-Z][\w.’'-]+"
_NAMED = re.compile(rf"(?:{_NAME}[^.]{{0,60}}?\b{_TELLING}\b|\b{_TELLING}\b[^.]{{0,30}}?\b{_NAME})")
_VAGUE = re.compile(
    r"\b(?:it is (?:said|believed|understood|claimed|thought|reported)|reportedly|allegedly|"
    r"(?:are|is|was|were) said to|(?:sources?|observers|experts|critics|analysts|officials|"
    r"insiders|many|some|reports|people|locals|witnesses|rumou?rs?|studies) (?:\w+ )?"
    r"(?:said|says?|believe|claim|warn|indicate|suggest|report|told|fear|expect|think))\b",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    r"\b(?:should|must|ought|could|would|might|may|will|clearly|obviously|surely|perhaps|best|"
    r"worst|better|worse|never|always|everyone|nobody|wants?|hopes?|fears?|believes?|means?|"
    r"proves?|shows?|demonstrates?|underscores?|seems?|appears?|wrong|right|good|bad|great|"
    r"terrible|shameful|disaster|failure|unfair|unacceptable|dangerous|important|i|we|our|us)\b|\?",
    re.IGNORECASE,
)
_LOADED = re.compile(
    r"\b(?:disgrace(?:ful)?|shame(?:ful|less)?|circus|farce|outrag\w+|disast(?:er|rous)|"
    r"catastroph\w+|regime|thugs?|puppets?|cronies|lackeys?|propagand\w+|lies|liars?|hysteri\w+|"
    r"absurd\w*|ridiculous|idiotic|insane|madness|monst(?:er|rous)|evil|brutal\w*|savage\w*|"
    r"ruthless\w*|vicious|corrupt\w*|crooked|greedy|radical|extrem(?:e|ist)s?|woke|elites?|"
    r"swamp|witch.hunt|slam\w*|blast\w*|plunder\w*|butcher\w*|slaughter\w*|bloodbath|meat grinder|"
    r"collaps\w+|rot(?:ten|ting)?|decay\w*|utterly|totally|staggering|shocking|horrif\w+|"
    r"pathetic|cowardly|betray\w*|treacher\w+|scandalous|nightmare|despots?|tyran\w+)\b",
    re.IGNORECASE,
)


def by_rules(pairs: Sequence[Pair]) -> list[Predicted]:
    """Label sentences by cue words, each by itself."""
    return [_labelled(text) for text, _ in pairs]


def _labelled(text: str) -> Predicted:
    if _VAGUE.search(text):
        source = Attribution.VAGUE
    elif _NAMED.search(text):
        source = Attribution.NAMED
    else:
        source = Attribution.NONE
    return Predicted(
        stance=Stance.OPINION if _JUDGING.search(text) else Stance.CLAIM,
        source=source,
        loaded=tuple(match.span() for match in _LOADED.finditer(text)),
    )
