"""Sentences filled: slots escaped, markup kept, and every mistake told where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import TextError
from bot.texts import Markup, Texts, escaped, joined

SOME = """\
# A comment.
plain = Hello
slot = Hello <b>{ $name }</b>
-term = of its own
with-term = Hello { -term }
count = { $n ->
    [0] none
    [one] one thing
   *[other] { $n } things
  }
space = {" "}after
attribute-only =
    .title = Only this
long =
    First line

    third line
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """Return the sentences above."""
    return written(tmp_path, SOME)


def written(folder: Path, *files: str) -> Texts:
    """Return the sentences of some files."""
    (folder / "en").mkdir()
    for number, text in enumerate(files):
        (folder / "en" / f"{number}.ftl").write_text(text, encoding="utf-8")
    return Texts(folder)


# What fills the slot, and what is shown.
FILLED = [
    ("Ann", "Hello <b>Ann</b>"),
    ("<i>Ann</i> & Bob", "Hello <b>&lt;i&gt;Ann&lt;/i&gt; &amp; Bob</b>"),
    ("&amp;", "Hello <b>&amp;amp;</b>"),
    ('"Ann"', 'Hello <b>"Ann"</b>'),
    ("{ $name }", "Hello <b>{ $name }</b>"),
    ("", "Hello <b></b>"),
    (Markup("<i>Ann</i>"), "Hello <b><i>Ann</i></b>"),
    (escaped("<i>"), "Hello <b>&lt;i&gt;</b>"),
    (3, "Hello <b>3</b>"),
    (2.5, "Hello <b>2.5</b>"),
]


@pytest.mark.parametrize(("value", "shown"), FILLED)
def test_what_fills_a_slot_is_escaped(texts: Texts, value: str | float, shown: str) -> None:
    """Text from outside is shown as it is, and only markup of our own stays markup."""
    said = texts.say("slot", name=value)
    assert said == shown
    assert isinstance(said, Markup)


def test_plain_sentences_escape_nothing(texts: Texts) -> None:
    """On a button there is no markup, so nothing is escaped there."""
    assert texts.plain("slot", name="<Ann & Bob>") == "Hello <b><Ann & Bob></b>"
    assert not isinstance(texts.plain("plain"), Markup)


def test_the_same_words_plain_and_escaped(texts: Texts) -> None:
    """What was filled in before changes nothing: a tag typed and a tag meant stay apart."""
    for _ in range(2):
        assert texts.say("slot", name="<i>") == "Hello <b>&lt;i&gt;</b>"
        assert texts.say("slot", name=Markup("<i>")) == "Hello <b><i></b>"
        assert texts.plain("slot", name="<i>") == "Hello <b><i></b>"


# Key, slots, and what is said.
SAID: list[tuple[str, dict[str, int], str]] = [
    ("plain", {}, "Hello"),
    ("with-term", {}, "Hello of its own"),
    ("count", {"n": 0}, "none"),
    ("count", {"n": 1}, "one thing"),
    ("count", {"n": 1_234}, "1,234 things"),
    ("space", {}, " after"),
    ("long", {}, "First line\n\nthird line"),
    ("plain", {"unused": 1}, "Hello"),
]


@pytest.mark.parametrize(("key", "slots", "said"), SAID)
def test_a_sentence(texts: Texts, key: str, slots: dict[str, int], said: str) -> None:
    """Sentences may count, hold terms, begin with a space and have several lines."""
    assert texts.say(key, **slots) == said


# What is asked for, and what the error tells.
REFUSED: list[tuple[Callable[[Texts], object], str]] = [
    (lambda texts: texts.say("nothing"), "no sentence for 'nothing' in the prompts"),
    (lambda texts: texts.plain("nothing"), "no sentence for 'nothing' in the prompts"),
    (lambda texts: texts.say("term"), "no sentence for 'term'"),
    (lambda texts: texts.say("slot"), "the sentence 'slot' cannot be filled"),
    (lambda texts: texts.say("slot", nam="Ann"), "the sentence 'slot' cannot be filled"),
    (lambda texts: texts.plain("count"), "the sentence 'count' cannot be filled"),
    (lambda texts: texts.say("attribute-only"), "the sentence 'attribute-only' is empty"),
]


@pytest.mark.parametrize(("ask", "told"), REFUSED)
def test_a_wrong_key_or_slot(texts: Texts, ask: Callable[[Texts], object], told: str) -> None:
    """An unknown key, a missing slot and an empty sentence are errors that name the key."""
    with pytest.raises(TextError, match=told):
        ask(texts)


# The files of a language, and what the error tells.
BROKEN = [
    (("one = One\n??? junk\n",), "0.ftl: cannot read '\\?\\?\\? junk"),
    (("one = One\n", "two = { $x\n"), "1.ftl: cannot read 'two = "),
    (("one =\n",), "0.ftl: cannot read 'one ="),
    (("one = One\none = Again\n",), "0.ftl: 'one' stands twice in the prompts"),
    (("one = One\n", "one = Again\n"), "1.ftl: 'one' stands twice in the prompts"),
    ((), "no prompts for en in "),
]


@pytest.mark.parametrize(("files", "told"), BROKEN)
def test_broken_prompts(tmp_path: Path, files: tuple[str, ...], told: str) -> None:
    """Junk in a file, a key that stands twice and a language without files are told at once."""
    with pytest.raises(TextError, match=told):
        written(tmp_path, *files)


def test_a_language_that_is_not_there(tmp_path: Path) -> None:
    """Another language than there is cannot be loaded."""
    with pytest.raises(TextError, match="no prompts for xx"):
        Texts(tmp_path, "xx")


def test_the_keys_are_known(texts: Texts) -> None:
    """The sentences tell their keys; terms and comments are none."""
    assert texts.keys == {
        "plain", "slot", "with-term", "count", "space", "attribute-only", "long",
    }  # fmt: skip


def test_joining_leaves_out_what_is_empty() -> None:
    """Only parts that say something are joined."""
    parts = [Markup("<b>a</b>"), Markup(), escaped("<"), Markup()]
    assert joined(parts, "\n\n") == "<b>a</b>\n\n&lt;"
    assert isinstance(joined([], " "), Markup)
