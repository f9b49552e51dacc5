"""How often Python looks for cycles of objects that nobody holds any more.

What is loaded at the start (libraries, the model's vocabulary, quiz sets) lives as long as the bot
does, and looking through it again and again finds nothing: a tenth of a second each time, in which
nobody is answered.
"""

from __future__ import annotations

import gc

YOUNG = 50_000
"""Objects made and not freed until the youngest are looked through. With Python's own 700 a burst
of updates, none of which leaves a cycle, has all of them looked through every two seconds."""

OLDER = 10
"""How often a generation is looked through until the next older one is; this is Python's own."""


def settle() -> None:
    """Look through everything once, and from then on only, and seldom, through what comes later."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
