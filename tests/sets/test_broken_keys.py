"""What can be wrong with a key: its kind, its loaded parts in the target, its cues."""

import pytest

from bot.sets import BrokenSetError, read_yaml

KINDS = "sourced_fact, unsourced_claim, reported_opinion, opinion"
WORDS = "whole words, verbatim, each marked by one part"
PARTS = "a list of parts of the target, [] when nothing in it pushes"

KEYS = [
    ("kind: opinion", "kind: fact", "line 14, `key.kind` of question `one`", "`fact`", KINDS),
    ("    kind: opinion\n", "", "line 13, `key.kind` of question `one`", "nothing", KINDS),
    (
        "kind: opinion",
        "kind: reported_opinion",
        "line 14, `key.kind` of question `one`",
        "`reported_opinion`",
        "sourced_fact, unsourced_claim, opinion (see `kinds`)",
    ),
    (
        "loaded: [elite, lost touch]",
        "loaded: elite",
        "line 15, `key.loaded` of question `one`",
        "`elite`",
        PARTS,
    ),
    (
        "[elite, lost touch]",
        "[elites]",
        "line 15, `key.loaded` of question `one`",
        "`elites`, which does not stand in the target",
        WORDS,
    ),
    (
        "[elite, lost touch]",
        "[elit]",
        "line 15, `key.loaded` of question `one`",
        "`elit`, which stands in the target only inside a longer word",
        WORDS,
    ),
    (
        "[elite, lost touch]",
        "[Elite]",
        "line 15, `key.loaded` of question `one`",
        "`Elite`, which stands in the target only with other quotes, dashes, accents or capitals",
        WORDS,
    ),
    (
        "[elite, lost touch]",
        "[elite, elite]",
        "line 15, `key.loaded` of question `one`",
        "`elite` twice",
        "each once",
    ),
    (
        "[elite, lost touch]",
        "[elite lost, lost touch]",
        "line 15, `key.loaded` of question `one`",
        "`lost touch`, which overlaps another loaded part",
        WORDS,
    ),
    (
        "[elite, lost touch]",
        "[elite lost, lost]",
        "line 15, `key.loaded` of question `one`",
        "`lost`, which stands in the target only inside another loaded part",
        WORDS,
    ),
    (
        "    loaded: [elite, lost touch]\n",
        "",
        "line 13, `key.loaded` of question `one`",
        "nothing",
        "a list of parts of the target, [] when nothing pushes",
    ),
    (
        "    reason: [nobody is named]\n",
        "",
        "line 13, `key.reason` of question `one`",
        "nothing",
        "cues of a good reason, as it is asked",
    ),
    (
        "[nobody is named]",
        "[]",
        "line 16, `key.reason` of question `one`",
        "nothing",
        "cues of a good reason, as it is asked",
    ),
    (
        "[nobody is named]",
        "[1, 2, 3, 4, 5, 6, 7, 8, 9]",
        "line 16, `key.reason` of question `one`",
        "a list of 9",
        "at most 8",
    ),
    (
        "nobody is named",
        "{a: b}",
        "line 16, `key.reason` of question `one`",
        "fields",
        "a list of cues",
    ),
    (
        "nobody is named",
        "~",
        "line 16, `key.reason` of question `one`",
        "nothing",
        "a list of cues",
    ),
    (
        "    reason: [nobody",
        "    reasons: [nobody",
        "line 16, `key.reasons` of question `one`",
        "an unknown field",
        "kind, loaded, reason (did you mean `reason`?)",
    ),
]
"""A part of the small set and what replaces it; place, what is found and what is allowed."""


@pytest.mark.parametrize(("old", "new", "place", "found", "allowed"), KEYS)
def test_key(demo: str, old: str, new: str, place: str, found: str, allowed: str) -> None:
    """A broken key is told with its line, its id, what was found and what is allowed."""
    assert demo.count(old) == 1
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(demo.replace(old, new), "x.yaml")
    assert str(raised.value) == f"x.yaml: {place}: found {found}, allowed: {allowed}"
