"""What can be wrong with the fields of a set, its source and its list of questions."""

import pytest

from bot.sets import BrokenSetError, read_yaml

from .conftest import DEMO

KINDS = "sourced_fact, unsourced_claim, reported_opinion, opinion"
HEADER = "set, title, language, source, kinds, questions"
DATE = "YYYY-MM-DD, or words such as not stated"
SLUG = "a-z, 0-9 and - only, at least one of them"
ASKS = "a list of one to three of kind, loaded, reason"
UNKNOWN = "an unknown field"
OFFERED = "[sourced_fact, unsourced_claim, opinion]"
HEAD = DEMO.partition("questions:")[0]

SETS = [
    ("set: demo\n", "", "line 1, `set`", "nothing", "a slug of a-z, 0-9 and -"),
    ("set: demo", "set: My Demo", "line 1, `set`", "`My Demo`", SLUG),
    ("set: demo", "set: " + "a" * 33, "line 1, `set`", "33 characters", "at most 32"),
    ("title: Demo", "title:", "line 2, `title`", "nothing", "a title"),
    ("title: Demo", "title: '  '", "line 2, `title`", "nothing", "a title"),
    ("title: Demo", "title: [a]", "line 2, `title`", "a list", "a title"),
    ("title: Demo", "title: " + "a" * 201, "line 2, `title`", "201 characters", "at most 200"),
    ("title: Demo", "title: |\n  a\n  b", "line 2, `title`", "`a\\nb`", "one line"),
    ("title: Demo", "colour: red\ntitle: Demo", "line 2, `colour`", "an unknown field", HEADER),
    (
        "language: en",
        "language: english",
        "line 3, `language`",
        "`english`",
        "two small letters, such as en",
    ),
    (
        "title: Demo",
        "title: Demo\ntitle: Again",
        "line 3, `title`",
        "it a second time (first in line 2)",
        "once",
    ),
    ("author: An author, ", "", "line 4, `source.author`", "nothing", "a name, or not stated"),
    ("2024-02-02", "2024-02-30", "line 4, `source.date`", "`2024-02-30`", DATE),
    ("2024-02-02", "2.2.2024", "line 4, `source.date`", "`2.2.2024`", DATE),
    ("2024-02-02", "2024", "line 4, `source.date`", "`2024`", DATE),
    (
        "publisher: A paper",
        "url: example.org, publisher: A paper",
        "line 4, `source.url`",
        "`example.org`",
        "an address that begins with https:// or http://",
    ),
    (
        OFFERED,
        "[opinion]",
        "line 5, `kinds`",
        "a list of 1",
        f"a list of two to four of {KINDS}",
    ),
    (
        OFFERED,
        "[sourced_fact, opinions]",
        "line 5, `kinds`",
        "`opinions`",
        KINDS,
    ),
    (
        OFFERED,
        "[opinion, opinion, sourced_fact]",
        "line 5, `kinds`",
        "`opinion` twice",
        "each once",
    ),
    (
        OFFERED,
        "opinion",
        "line 5, `kinds`",
        "`opinion`",
        f"a list of two to four of {KINDS}",
    ),
    (
        OFFERED,
        "[sourced_fact, unsourced_claim]",
        "line 14, `key.kind` of question `one`",
        "`opinion`",
        "sourced_fact, unsourced_claim (see `kinds`)",
    ),
]
"""A part of the small set and what replaces it; place, what is found and what is allowed."""

QUESTIONS = [
    ("", "line 1, `questions`: found nothing"),
    ("questions:\n", "line 6, `questions`: found nothing"),
    ("questions: []\n", "line 6, `questions`: found a list of 0"),
    ("questions: two\n", "line 6, `questions`: found `two`"),
    ("questions:\n  one: two\n", "line 6, `questions`: found fields"),
]
"""What stands in place of the questions; place and what is found."""


@pytest.mark.parametrize(("old", "new", "place", "found", "allowed"), SETS)
def test_set_field(demo: str, old: str, new: str, place: str, found: str, allowed: str) -> None:
    """A broken field of the set is told with its line, what was found and what is allowed."""
    assert demo.count(old) == 1
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(demo.replace(old, new), "x.yaml")
    assert str(raised.value) == f"x.yaml: {place}: found {found}, allowed: {allowed}"


@pytest.mark.parametrize(("questions", "expected"), QUESTIONS)
def test_no_questions(questions: str, expected: str) -> None:
    """A set needs a list of questions."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(HEAD + questions, "x.yaml")
    assert str(raised.value) == f"x.yaml: {expected}, allowed: a list of questions"


def test_too_many_questions() -> None:
    """A set has at most 500 questions."""
    questions = "".join(f"- {{id: q{n}, passage: A., ask: [kind]}}\n" for n in range(501))
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(f"{HEAD}questions:\n{questions}", "x.yaml")
    expected = "x.yaml: line 6, `questions`: found a list of 501, allowed: at most 500"
    assert str(raised.value) == expected


def test_all_at_once(demo: str) -> None:
    """All problems of a file are told together, one a line, in the order of the file."""
    text = demo.replace("title: Demo", "titel: Demo").replace("kind: opinion", "kind: fact")
    text = text.replace("  ask: [kind]\n", "").replace("nobody is named", "''")
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(text, "x.yaml")
    assert [str(problem) for problem in raised.value.problems] == [
        "x.yaml: line 1, `title`: found nothing, allowed: a title",
        f"x.yaml: line 2, `titel`: found {UNKNOWN}, allowed: {HEADER} (did you mean `title`?)",
        f"x.yaml: line 14, `key.kind` of question `one`: found `fact`, allowed: {KINDS}",
        "x.yaml: line 16, `key.reason` of question `one`: found nothing, allowed: a list of cues",
        f"x.yaml: line 19, `ask` of question `two`: found nothing, allowed: {ASKS}",
    ]
    assert str(raised.value).splitlines() == [str(problem) for problem in raised.value.problems]


def test_problems_end(demo: str) -> None:
    """After a hundred problems reading stops and says so."""
    with pytest.raises(BrokenSetError) as raised:
        read_yaml(demo + "- broken\n" * 300, "x.yaml")
    assert len(raised.value.problems) == 101
    last = "question no. 103: found 100 problems up to here, allowed: fewer, to read on"
    assert str(raised.value.problems[-1]) == f"x.yaml: line 122, {last}"


def test_file_names_stay_as_given(demo: str) -> None:
    """Problems call the file by the name that was given."""
    with pytest.raises(BrokenSetError, match=r"^seeds/a b\.yaml: line 2, `title`"):
        read_yaml(demo.replace("title: Demo", "title:"), "seeds/a b.yaml")
