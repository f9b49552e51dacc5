"""A small valid set that the tests of files start from."""

import pytest

from bot.quiz.values import QuizSet
from bot.sets import read_yaml

DEMO = """\
set: demo
title: Demo
language: en
source: {title: A title, author: An author, publisher: A paper, date: 2024-02-02}
kinds: [sourced_fact, unsourced_claim, opinion]
questions:
- id: one
  passage: >-
    The elite lost touch. The mayor “said”
    nothing, and nothing came.
  target: The elite lost touch.
  ask: [kind, loaded, reason]
  key:
    kind: opinion
    loaded: [elite, lost touch]
    reason: [nobody is named]
  explain: Two words push.
  tags: [warm-up]
- id: two
  passage: It rained on Monday.
  ask: [kind]
"""


@pytest.fixture
def demo() -> str:
    """Return the text of the set."""
    return DEMO


@pytest.fixture
def demo_set(demo: str) -> QuizSet:
    """Return the set itself."""
    return read_yaml(demo, "demo.yaml")
