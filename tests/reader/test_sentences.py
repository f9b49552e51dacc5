"""Splitting free text: nothing is lost, and every sentence knows where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.sentences import split

CASES = [
    ("", []),
    (" \n\n ", []),
    ("One. Two?", ["One.", "Two?"]),
    ("Dr. Smith paid 3.5 million. It hurt.", ["Dr. Smith paid 3.5 million.", "It hurt."]),
    ("A heading\n\nA sentence.", ["A heading", "A sentence."]),
    ("A line that is\nwrapped. Another.", ["A line that is\nwrapped.", "Another."]),
    ("Für 🙂 gut. Next one.", ["Für 🙂 gut.", "Next one."]),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_texts_are_split_where_a_reader_would(text: str, sentences: list[str]) -> None:
    """Abbreviations, figures, headings and wrapped lines are told from ends of sentences."""
    assert [one.text for one in split(text)] == sentences


@given(st.text(st.characters() | st.sampled_from(" .\n\"'!?"), max_size=300))
def test_sentences_lie_in_the_text_in_order_and_lose_nothing(text: str) -> None:
    """Offsets give back each sentence, in order, and all that is not white space is in one."""
    end = 0
    left = ""
    for one in split(text):
        assert text[one.start : one.end] == one.text
        assert one.text in one.paragraph
        left += text[end : one.start]
        end = one.end
    assert not (left + text[end:]).strip()


def test_a_paragraph_is_what_blank_lines_or_closed_lines_part() -> None:
    """The context of a sentence is its own paragraph, not the text."""
    first, second, third = split("One is here. Two too.\n\nThree.")
    assert first.paragraph == second.paragraph == "One is here. Two too."
    assert third.paragraph == "Three."
    assert [one.paragraph for one in split("One.\nTwo.")] == ["One.", "Two."]
