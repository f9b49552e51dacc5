"""What can be wrong with a question: its fields, and its target in its passage."""

import pytest

from bot.sets import BrokenSetError, read_yaml

ASKS = "kind, loaded, reason"
SOURCE = "title, author, publisher, date, text_type, url, note"
QUESTION = "id, passage, target, ask, key, explain, borderline, invented, source, tags"
SLUG = "a-z, 0-9 and - only, at least one of them"

QUESTIONS = [
    (
        "- id: two\n  passage",
        "- passage",
        "line 19, `id` of question no. 2",
        "nothing",
        "a short name of a-z, 0-9 and -",
    ),
    (
        "- id: two",
        "- id: one",
        "line 19, `id` of question `one`",
        "the id of question no. 1 again",
        "an id of its own",
    ),
    ("- id: two", "- id: Two", "line 19, `id` of question `Two`", "`Two`", SLUG),
    (
        "- id: two",
        "- id: " + "t" * 25,
        "line 19, `id` of question `" + "t" * 25 + "`",
        "25 characters",
        "at most 24",
    ),
    ("- id: two", "- Two\n- id: two", "line 19, question no. 2", "`Two`", f"fields: {QUESTION}"),
    (
        "It rained on Monday.",
        "",
        "line 20, `passage` of question `two`",
        "nothing",
        "one to four sentences",
    ),
    (
        "It rained on Monday.",
        "a" * 901,
        "line 20, `passage` of question `two`",
        "901 characters",
        "at most 900",
    ),
    (
        "ask: [kind]\n",
        "ask: []\n",
        "line 21, `ask` of question `two`",
        "a list of 0",
        f"a list of one to three of {ASKS}",
    ),
    (
        "ask: [kind]\n",
        "ask: kind\n",
        "line 21, `ask` of question `two`",
        "`kind`",
        f"a list of one to three of {ASKS}",
    ),
    ("ask: [kind]\n", "ask: [kind, sort]\n", "line 21, `ask` of question `two`", "`sort`", ASKS),
    (
        "ask: [kind]\n",
        "ask: [kind, kind]\n",
        "line 21, `ask` of question `two`",
        "`kind` twice",
        "each once",
    ),
    (
        "ask: [kind]\n",
        "ask: [kind]\n  ask: [loaded]\n",
        "line 22, `ask`",
        "it a second time (first in line 21)",
        "once",
    ),
    (
        "Two words push.",
        "",
        "line 17, `explain` of question `one`",
        "nothing",
        "an explanation, as there is a key",
    ),
    (
        "Two words push.",
        "a" * 601,
        "line 17, `explain` of question `one`",
        "601 characters",
        "at most 600",
    ),
    (
        "  tags: [warm-up]",
        "  borderline: true",
        "line 12, `ask` of question `one`",
        "`reason` in a borderline question",
        "kind, loaded (nobody could grade it)",
    ),
    (
        "  tags: [warm-up]",
        "  borderline: perhaps",
        "line 18, `borderline` of question `one`",
        "`perhaps`",
        "true or false",
    ),
    (
        "[warm-up]",
        "[warm up]",
        "line 18, `tags` of question `one`",
        "`warm up`",
        "a word, with - for a space",
    ),
    (
        "[warm-up]",
        "[a,b,c,d,e,f,g,h,i]",
        "line 18, `tags` of question `one`",
        "a list of 9",
        "at most 8",
    ),
    (
        "  tags: [warm-up]",
        "  source: {autor: me}",
        "line 18, `source.autor` of question `one`",
        "an unknown field",
        f"{SOURCE} (did you mean `author`?)",
    ),
    (
        "  tags: [warm-up]",
        "  source: me",
        "line 18, `source` of question `one`",
        "`me`",
        "fields: title, author, publisher, date and more",
    ),
    (
        "  tags: [warm-up]",
        "  reazon: [a]",
        "line 18, `reazon` of question `one`",
        "an unknown field",
        QUESTION,
    ),
    (
        "It rained on Monday.",
        "'" + "&" * 900 + "'",
        "line 19, question `two`",
        "4,533 characters to show, counted as Telegram is sent them",
        "at most 3,600 in passage, explain, source and cues together",
    ),
    (
        "target: The elite lost touch.",
        "target: The elite lost touch!",
        "line 11, `target` of question `one`",
        "`The elite lost touch!`, which does not stand in the passage",
        "a verbatim part of the passage",
    ),
    (
        "The mayor",
        "Oh: The elite lost touch. The mayor",
        "line 11, `target` of question `one`",
        "`The elite lost touch.`, which stands in the passage more than once",
        "a part that stands in it only once",
    ),
    (
        "ask: [kind]\n",
        "ask: [kind]\n  source: {url: 'ftp://a.b'}\n",
        "line 22, `source.url` of question `two`",
        "`ftp://a.b`",
        "an address that begins with https:// or http://",
    ),
    (
        "elite lost touch.\n",
        "“elite” lost touch.\n",
        "line 11, `target` of question `one`",
        "`The “elite” lost touch.`, which does not stand in the passage",
        "a verbatim part of the passage",
    ),
]
"""A part of the small set and what replaces it; place, what is found and what is allowed."""


@pytest.mark.parametrize(("old", "new", "place", "found", "allowed"), QUESTIONS)
def test_question(demo: str, old: str, new: str, place: str, found: str, allowed: str) -> None:
    """A broken question is told with its line, its id, what was found and what is allowed."""
    assert demo.count(old) == 1
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(demo.replace(old, new), "x.yaml")
    assert str(raised.value) == f"x.yaml: {place}: found {found}, allowed: {allowed}"
