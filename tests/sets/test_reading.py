"""Good files: what the fields become, and which liberties a file may take."""

from dataclasses import replace

import pytest

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Key, QuizSet, Source
from bot.sets import read_bytes, read_yaml

SOURCE = Source("A title", "An author", "A paper", "2024-02-02")

DATES = ["2024-02-29", '"2024-02-02"', "not stated", "February 2024", "3 days ago", "in 1999"]
"""Dates as they may be written."""

LOADED = [
    ("A rot is a rot, not rotten.", "[rot]", ["rot", "rot"]),
    (
        "Total collapse, then a collapse.",
        "[Total collapse, collapse]",
        ["Total collapse", "collapse"],
    ),
    ("They “saved” it.", "[“saved”]", ["“saved”"]),
    ("It cost 1.10 again.", "[1.10]", ["1.10"]),
    ("It is true and null.", "[true, 'null']", ["true", "null"]),
    ("Cafe\u0301 and cafe.", "[cafe]", ["cafe"]),
    ("Cafe\u0301 and Cafe.", "[Cafe]", ["Cafe"]),
    ("A self-made man.", "[self]", ["self"]),
    ("Nothing here.", "[]", []),
]
"""Target, loaded parts, and the words that their spans cover, from left to right."""


def test_fields(demo_set: QuizSet) -> None:
    """Every field of a file stands in the set."""
    one, two = demo_set.questions
    assert (demo_set.slug, demo_set.title, demo_set.language) == ("demo", "Demo", "en")
    assert demo_set.source == SOURCE
    assert demo_set.kinds == (Kind.SOURCED_FACT, Kind.UNSOURCED_CLAIM, Kind.OPINION)
    assert one.passage.text.startswith("The elite lost touch. The mayor “said” nothing, and")
    assert one.passage.target == "The elite lost touch."
    assert one.ask == (Ask.KIND, Ask.LOADED, Ask.REASON)
    assert one.key == Key(Kind.OPINION, ((4, 9), (10, 20)), ("nobody is named",))
    assert (one.explain, one.tags, one.source) == ("Two words push.", ("warm-up",), SOURCE)
    assert (two.key, two.passage.target) == (None, two.passage.text)
    assert (two.borderline, two.invented, demo_set.version) == (False, False, 0)


@pytest.mark.parametrize("date", DATES)
def test_dates(demo: str, date: str) -> None:
    """A date is kept as its author wrote it."""
    quiz_set = read_yaml(demo.replace("2024-02-02", date), "x.yaml")
    assert quiz_set.source.date == date.strip('"')


@pytest.mark.parametrize(("target", "parts", "words"), LOADED)
def test_loaded(demo: str, target: str, parts: str, words: list[str]) -> None:
    """A loaded part is marked wherever it stands as whole words; the longest part counts."""
    text = demo.replace("The elite lost touch.", target).replace("[elite, lost touch]", parts)
    question = read_yaml(text, "x.yaml").question("one")
    assert question.key is not None
    assert [question.passage.target[start:end] for start, end in question.key.loaded] == words


def test_own_source(demo: str) -> None:
    """A question's source overrides single fields of the set's."""
    text = demo.replace("tags: [warm-up]", "source: {title: Other, date: 2020-01-01, note: Odd.}")
    own = read_yaml(text, "x.yaml").question("one").source
    assert own == replace(SOURCE, title="Other", date="2020-01-01", note="Odd.")


def test_own_source_can_be_empty(demo: str) -> None:
    """A question can drop a note of the set's source by an empty one."""
    text = demo.replace("2024-02-02}", "2024-02-02, note: Odd.}")
    text = text.replace("tags: [warm-up]", "source: {note: ''}")
    quiz_set = read_yaml(text, "x.yaml")
    assert [question.source.note for question in quiz_set.questions] == ["", "Odd."]


def test_typing_is_not_guessed(demo: str) -> None:
    """Words that YAML takes for numbers, truths or dates stay words."""
    text = demo.replace("title: Demo", "title: 2024").replace(
        "nobody is named", "47_000, yes, 0x1f"
    )
    quiz_set = read_yaml(text, "x.yaml")
    key = quiz_set.question("one").key
    assert quiz_set.title == "2024"
    assert key is not None
    assert key.reason == ("47_000", "yes", "0x1f")


def test_empty_optional_fields(demo: str) -> None:
    """An optional field that is left empty is as good as absent."""
    text = demo.replace("  ask: [kind]\n", "  ask: [kind]\n  key:\n  target:\n  tags: ~\n")
    assert read_yaml(text, "x.yaml") == read_yaml(demo, "x.yaml")


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("set: demo", "\ufeffset: demo")])
def test_line_ends_and_bom(demo: str, change: tuple[str, str]) -> None:
    """Windows line ends and a byte order mark change nothing."""
    data = demo.replace(*change).encode()
    assert read_bytes(data, "x.yaml") == read_yaml(demo, "x.yaml")


def test_characters_are_kept(demo: str) -> None:
    """Text is not normalised: composed and decomposed letters and emoji stay as written."""
    title = "Cafe\u0301 caf\u00e9 \U0001f600 “q” – \u00a0"
    assert (
        read_yaml(demo.replace("title: Demo", f"title: '{title}.'"), "x.yaml").title == title + "."
    )


def test_aliases(demo: str) -> None:
    """An anchor and its alias are two ways of writing the same."""
    text = demo.replace("[kind, loaded, reason]", "&asks [kind, loaded, reason]")
    text = text.replace("ask: [kind]", "ask: *asks")
    asked = [question.ask for question in read_yaml(text, "x.yaml").questions]
    assert asked == [tuple(Ask), tuple(Ask)]


def test_flags(demo: str) -> None:
    """Flags are true where a file says so."""
    text = demo.replace("ask: [kind]\n", "ask: [kind]\n  borderline: true\n  invented: True\n")
    two = read_yaml(text, "x.yaml").question("two")
    assert two.borderline
    assert two.invented
