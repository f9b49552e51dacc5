"""How large a quiz set and its parts may be, each limit with its reason.

A question and its verdict are shown in one Telegram message: at most 4096 characters. The limits
of the shown fields add up to less, and `SHOWN` bounds them together as Telegram is sent them,
with `&`, `<` and `>` escaped, so that the bot's own words always find room.
"""

from __future__ import annotations

FILE_BYTES = 1_000_000
"""Size of a file: ten times the largest set that a class could play through."""

QUESTIONS = 500
"""Questions of a set: a set is chosen as one thing; more belong into several."""

DEPTH = 8
"""Lists and fields inside one another; a set needs four."""

NODES = 60_000
"""Values in a file once aliases are written out: 500 questions with every list full."""

SLUG = 32
"""Characters of a set's slug: it travels in links and button data (64 bytes)."""

ID = 24
"""Characters of a question's id, for the same reason beside the slug."""

PASSAGE = 900
"""Characters of a passage: a screen of a phone, and the most that is read attentively."""

EXPLAIN = 600
"""Characters of an explanation: three long sentences."""

TITLE = 200
"""Characters of a title, of a set or an article; a headline is rarely half as long."""

NAME = 120
"""Characters of an author or a publisher."""

DATE = 60
"""Characters of a date in words."""

TEXT_TYPE = 80
"""Characters of what kind of text it is."""

URL = 300
"""Characters of a web address."""

NOTE = 300
"""Characters of the note on a source: a sentence or two."""

CUES = 8
"""Cues of a good reason; what is missing is named from them, and nobody reads more."""

CUE = 100
"""Characters of one cue: a phrase, not a sentence."""

LOADED = 20
"""Loaded parts of one target."""

TAGS = 8
"""Tags of one question."""

TAG = 32
"""Characters of one tag."""

SHOWN = 3600
"""Characters that the escaped passage, explanation, source and cues may have together."""

PARAGRAPHS = 5_000
"""Paragraphs of a text with blank lines: ten for each question that a set may have."""

ARCHIVE_FILES = 2_000
"""Files in an archive: an activity with all of its libraries has a few hundred."""

ARCHIVE_BYTES = 50_000_000
"""Size of what an archive says that it unpacks to; only two small files of it are unpacked."""

PROBLEMS = 100
"""Problems listed before reading stops: a file with more is not a set, or broken throughout."""
