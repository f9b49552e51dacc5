"""The word-list reader that the model is measured beside does what somebody would expect of it."""

from __future__ import annotations

import pytest

from bot.quiz.labels import Kind
from bot.training.rules import by_rules

CASES = [
    ("The ministry of Fenmark said exports fell by 4%.", Kind.SOURCED_FACT),
    ("Exports fell by 4% in March.", Kind.UNSOURCED_CLAIM),
    ("Observers say exports fell.", Kind.UNSOURCED_CLAIM),
    ("Will anyone stop this?", Kind.OPINION),
    ("Lena Ortiz called it a terrible budget.", Kind.REPORTED_OPINION),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_cue_words_give_textbook_sentences_their_kind(text: str, kind: Kind) -> None:
    """Verbs of telling beside a name are a source, words of judging an opinion."""
    (found,) = by_rules([(text, None)])
    assert found.kind is kind


def test_loaded_words_are_those_of_a_list() -> None:
    """A listed word is marked where it stands."""
    (found,) = by_rules([("What a circus.", None)])
    assert found.loaded == ((7, 13),)
