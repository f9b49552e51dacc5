"""The prompts beside the code: every sentence is asked for, and every one asked for is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.local.entities import tidy, units
from bot.local.service import MOST_DESCRIPTION, MOST_TOAST
from bot.local.telegram_html import parse_html
from bot.texts import Texts
from tests.texts.sentences import PROMPTS, Sentence, differences, sentences
from tests.texts.usage import Asked, asked

LANGUAGES = sorted(folder.name for folder in PROMPTS.iterdir() if folder.is_dir())

Prompts = dict[str, Sentence]


@pytest.fixture(scope="module")
def wanted() -> Asked:
    """Return what the code asks for; finding it takes seconds."""
    return asked()


@pytest.fixture(params=LANGUAGES)
def prompts(request: pytest.FixtureRequest) -> Prompts:
    """Return the sentences of a language."""
    return sentences(PROMPTS / request.param)


def test_every_sentence_asked_for_is_there(prompts: Prompts, wanted: Asked) -> None:
    """No code asks for a key that the prompts have not."""
    assert wanted.keys - prompts.keys() == set()


def test_every_sentence_is_asked_for(prompts: Prompts, wanted: Asked) -> None:
    """No sentence stands in the prompts that no code says."""
    assert prompts.keys() - wanted.keys == set()


def test_no_markup_where_none_is_read(prompts: Prompts, wanted: Asked) -> None:
    """On buttons, in toasts and file names there are no tags, which would show as they are."""
    marked = [key for key in wanted.plain if set(prompts[key].words) & set("<>&")]
    assert marked == []
    assert len(wanted.plain) > 20


def test_slots_are_filled_that_are_there(prompts: Prompts, wanted: Asked) -> None:
    """Code fills exactly the slots that a sentence has: one that is gone would go unnoticed."""
    wrong = {key: slots for key, slots in wanted.filled if slots != prompts[key].slots}
    assert wrong == {}
    assert len(wanted.filled) > 80


def test_languages_differ_in_words_alone() -> None:
    """Every language has the same sentences, with the same slots."""
    assert differences(PROMPTS) == []


def test_a_language_that_differs_is_found(tmp_path: Path) -> None:
    """A missing sentence, one too many and another slot are each told."""
    for name, text in (
        ("en", "one = One { $n }\ntwo = Two\n"),
        ("uk", "one = Один { $x }\nthree = Три\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "some.ftl").write_text(text, encoding="utf-8")
    assert differences(tmp_path) == [
        "uk: two is missing",
        "uk: three is unknown",
        "uk: one has other slots",
    ]


# How code may ask: the text of a module, its keys, and those where markup is not read.
MODULES: list[tuple[str, set[str], set[str]]] = [
    ("def f(t): return t.say('a-b')", {"a-b"}, set()),
    ("def f(t): return t.plain('a-b', x=t.say('c-d'))", {"a-b", "c-d"}, {"a-b"}),
    ("def f(t, x): return t.say('a-b' if x else 'c-d')", {"a-b", "c-d"}, set()),
    ("def f(t, x):\n    k = 'a-b' if x else 'c-d'\n    return t.say(k)", {"a-b", "c-d"}, set()),
    ("def f(t):\n    for k, n in (('a-b', 1),):\n        t.plain(k)", {"a-b"}, {"a-b"}),
    ("K_TEXT = {1: 'a-b', 2: 'c-d'}\ndef f(t, x): t.say(K_TEXT[x])", {"a-b", "c-d"}, set()),
    ("def g(t, k): t.say(k)\ndef f(t): g(t, 'a-b')", {"a-b"}, set()),
    ("def f(t): return print('a-b')", set(), set()),
]


@pytest.mark.parametrize(("module", "keys", "plain"), MODULES)
def test_how_code_asks(tmp_path: Path, module: str, keys: set[str], plain: set[str]) -> None:
    """Keys are found as literals, in tables, in names, in loops and with callers."""
    (tmp_path / "some.py").write_text(module, encoding="utf-8")
    found = asked(tmp_path)
    assert (found.keys, found.plain) == (keys, plain)


# Keys that begin like this end up where Telegram takes so many characters.
LIMITS = [("toast-", MOST_TOAST), ("command-", MOST_DESCRIPTION), ("button-", 40)]


@pytest.mark.parametrize(("beginning", "most"), LIMITS)
def test_short_sentences_are_short(prompts: Prompts, beginning: str, most: int) -> None:
    """Toasts and the menu fit where Telegram shows them, and buttons fit on a phone."""
    words = {key: one.words for key, one in prompts.items() if key.startswith(beginning)}
    assert len(words) >= 6
    assert {key for key, text in words.items() if not 0 <= units(text) <= most} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_html_that_telegram_reads(language: str, prompts: Prompts) -> None:
    """With every slot filled, each sentence is balanced markup and not empty."""
    texts = Texts(PROMPTS, language)
    for key, sentence in prompts.items():
        for value in (0, 1, 2):
            said = texts.say(key, **dict.fromkeys(sentence.slots, value))
            assert tidy(parse_html(said)).text, key
