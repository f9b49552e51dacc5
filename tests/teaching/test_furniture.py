"""What on a page is no running text, and what only begins like it."""

from __future__ import annotations

import time

import pytest

from bot.reader.sentences import Sentence, split
from bot.teaching.furniture import is_furniture

FURNITURE = [
    "By Ann Author and Bob Writer, reporting for The Paper from Kyiv.",
    "By Ann Author",
    "Story by Ann M. Author, for The Paper.",
    "Published on 2 February 2024 at 10:30 in the morning, updated today.",
    "Last updated 3 hours ago.",
    "Photo: a view of the town hall by Bob Writer of the agency.",
    "Image credit: Bob Writer and the agency that he works for.",
    "Subscribe to our newsletter to get the best news every morning.",
    "Read also: The bridge is going to be closed again next year.",
    "The editors do not always share the opinions expressed by the authors.",
    "About the author. Ann Author has been a journalist at the paper since 2010.",
    "Copyright 2024 The Paper, all rights reserved by its owners.",
    "We use cookies to make this site work better for you.",
    "This article was first published in The Other Paper on Monday.",
    "Bob Writer contributed to this report from the town hall.",
    "What Will Happen To The Bridge Next Year?",
]

TEXT = [
    "By Monday the council had sold forty houses to people who rent them.",
    "By King Street the bridge was closed for repairs until the autumn.",
    "Published on Monday, the report found that prices rose by 4 percent.",
    "Photos of the bridge show that it was closed for repairs in March.",
    "Share prices fell by 4 percent on Monday, the exchange said.",
    "Sources in the council say that forty houses were sold last year.",
    "Subscribers of the paper were told that its price will rise.",
    "Related crimes rose by a tenth, the police of the town reported.",
    "Editors of three papers called the plan a shameful circus.",
    "The article was a disgrace, the mayor told the council on Monday.",
    "NATO Secretary General Jens Stoltenberg told the BBC that the plan was dead.",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture(text: str) -> None:
    """Bylines, dates, captions, links, notices and headlines are furniture."""
    assert all(map(is_furniture, split(text)))


@pytest.mark.parametrize("text", TEXT)
def test_running_text(text: str) -> None:
    """A sentence that only begins like furniture is none."""
    assert not any(map(is_furniture, split(text)))


HOSTILE = ["By ", "By A", "By Ann Author, ", "Published on ", "Updated 1 ", "Photo ", "a", " "]


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_takes_no_more_than_linear_time(part: str) -> None:
    """No pattern goes back and forth over a long text."""
    text = f"{part * 20_000}!"
    start = time.process_time()
    assert not is_furniture(Sentence(text, 0, len(text), f"{text} It rained."))
    assert time.process_time() - start < 2
