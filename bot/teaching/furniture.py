"""What on a page is no running text though it looks like sentences: bylines, captions, notices.

Pure: patterns of English pages, matched against a sentence or the start of its paragraph. What is
doubtful is no furniture, as a person looks through every draft.
"""

from __future__ import annotations

import re

from bot.reader.sentences import Sentence

_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"

_BYLINE = re.compile(
    rf"(?:(?:Story|Text|Words|Report|Analysis|Opinion) )?[Bb]y {_NAME}(?:(?:,| and| &) {_NAME})*"
    r"(?:,? (?:reporting|writing|staff|special|senior|political|foreign|chief|our)\b.*"
    r"|,? for (?:the |The )?[A-Z].*|,? in [A-Z]\w+)?[.]?"
)

_DATED = re.compile(
    r"(?:(?:first|last|originally) )?(?:published|updated|posted|modified|edited)\b"
    r"(?:[\s\d:,./|–-]|\b(?:on|at|in|the|of|ago|am|pm|a\.m|p\.m|gmt|utc|est|cet|st|nd|rd|th|today"
    r"|yesterday|morning|afternoon|evening|night|minutes?|hours?|days?|weeks?|last|first|and"
    r"|updated|modified|published|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b)*",
    re.IGNORECASE,
)

_BEGINS = re.compile(
    r"(?:file )?(?:photo|photograph|picture|image|illustration|caption|video|graphic|credit|source)"
    r"s?(?: (?:by|credit|courtesy|source))?\s?[:/©|]"
    r"|read (?:also|more|next)\b|see also\b|also read\b|related(?: \w+)?:|watch:|listen:|tags?:"
    r"|topics?:|(?:sign up|subscribe)(?: here| now| today)? (?:for|to) (?:our|get|receive)\b"
    r"|follow us\b|click here\b|share (?:this|on)\b|support our\b|download our\b|join our\b"
    r"|listen to this\b|correction:|editors?['’]s? note|additional reporting\b|copyright\b|©"
    r"|we use cookies\b|(?:this|our) (?:web)?site uses\b"
    r"|th(?:is|e) (?:article|story|text|translation|column) (?:was|is|has been)"
    r" (?:first |originally )?(?:published|translated|reprinted|updated|republished)\b"
    r"|the editors? do(?:es)? not (?:always |necessarily )?share\b"
    r"|(?:the )?(?:views|opinions) expressed (?:in|by|here)\b",
    re.IGNORECASE,
)

_HOLDS = re.compile(r"all rights reserved|contributed (?:to this|reporting)", re.IGNORECASE)

_ABOUT = re.compile(r"about the authors?\b", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]{4,}")

HEADLINE_WORDS = 3
"""Long words that must all be capitalised for a paragraph to be a headline."""


def is_furniture(sentence: Sentence) -> bool:
    """Whether a sentence is a byline, a dateline, a caption, a headline, a link or a notice."""
    text = sentence.text
    return bool(
        _BYLINE.fullmatch(text)
        or _DATED.fullmatch(text)
        or _BEGINS.match(text)
        or _HOLDS.search(text)
        or _ABOUT.match(sentence.paragraph)
        or (text == sentence.paragraph and _is_headline(text))
    )


def _is_headline(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) >= HEADLINE_WORDS and all(word[0].isupper() for word in words)
