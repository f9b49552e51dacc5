"""What a reading promises for any text: it exists, it is the same every time, it fits the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import Attribution, Kind, Stance
from bot.quiz.values import Reading
from bot.reader.encoding import Encoder, load_tokenizer
from bot.reader.reader import MODEL_DIRECTORY, Reader

# Any character at all, lone surrogates and unassigned ones too; and often what is written with more
# than one: emoji that are joined, combining marks, right-to-left letters and what turns direction.
JOINED = "👩‍👩‍👧🏽🇺🇦e\u0301ñ\u0308שלוםمرحبا\u202e\u2066\u200b\u200d .'\"“”"
ANY_TEXT = st.text(st.characters() | st.sampled_from(JOINED), max_size=200)

SENTENCES = [
    ("Exports fell by 4% in March.", None),
    ("The ministry said on Monday that exports fell by 4% in March.", None),
    ("Will anyone stop this?", "The price of bread doubled. Will anyone stop this?"),
    ("The minister's circus act of a budget will ruin a generation.", None),
    ("Economist Lena Ortiz called the budget reckless.", "Nobody liked it. " * 60),
    ("The budget, widely seen as reckless, passed by two votes. " * 12, None),
    ("", None),
]

CLEAR = [
    ("The Fenmark Statistics Office said on Monday that exports fell by 4%.", Kind.SOURCED_FACT),
    ("Exports fell by 4% in March.", Kind.UNSOURCED_CLAIM),
    ("This shameful budget will ruin a whole generation.", Kind.OPINION),
    ("Economist Lena Ortiz called the budget a disgrace to the country.", Kind.REPORTED_OPINION),
]

DOUBTFUL = [
    ("", "empty"),
    (" \n\t ", "empty"),
    ("word " * 400, "too_long"),
    ("Экспорт в марте упал на четыре процента.", "not_english"),
    ("Der Minister sagte am Montag, dass die Exporte gefallen sind.", "not_english"),
    ("Le ministre a dit que les exportations ont chuté de 4 %.", "not_english"),
    ("Exports!", "not_a_sentence"),
    ("12 345 678", "not_a_sentence"),
    ("🙂🙂🙂", "not_a_sentence"),
]


def probabilities(reading: Reading) -> list[float]:
    """Every probability of a reading, the words' too."""
    return [reading.p_opinion, *reading.p_source.values(), *(span.p for span in reading.loaded)]


@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT, context=st.none() | ANY_TEXT)
def test_any_text_gives_a_reading_that_fits_it(
    reader: Reader, text: str, context: str | None
) -> None:
    """Any string is read, with probabilities from 0 to 1 and loaded spans inside the text."""
    reading = reader.read(text, context)
    assert all(0 <= p <= 1 for p in probabilities(reading))
    assert sum(reading.p_source.values()) == pytest.approx(1)
    ends = [0]
    for span in reading.loaded:
        assert ends[-1] <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        ends.append(span.end)
    assert reading.sure == (reading.why_unsure == "")


def test_a_sentence_reads_the_same_in_any_batch(reader: Reader) -> None:
    """Neighbours, order and batch size change no probability by more than 1e-4."""
    alone = [reader.read(*pair) for pair in SENTENCES]
    together = reader.read_many(SENTENCES, batch_size=len(SENTENCES))
    backwards = reader.read_many(SENTENCES[::-1], batch_size=2)[::-1]
    for one, two, three in zip(alone, together, backwards, strict=True):
        assert probabilities(two) == pytest.approx(probabilities(one), abs=1e-4)
        assert probabilities(three) == pytest.approx(probabilities(one), abs=1e-4)


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    """The reader is deterministic to the last bit."""
    assert reader.read_many(SENTENCES) == reader.read_many(SENTENCES)


def test_no_sentences_give_no_readings(reader: Reader) -> None:
    """An empty list is answered with an empty list."""
    assert reader.read_many([]) == []


@pytest.mark.parametrize(("text", "kind"), CLEAR)
def test_clear_sentences_are_read_as_the_codebook_has_them(
    reader: Reader, text: str, kind: Kind
) -> None:
    """A textbook sentence of each kind is read as that kind."""
    assert reader.read(text).kind is kind


@pytest.mark.parametrize(("text", "why"), DOUBTFUL)
def test_what_is_no_english_sentence_is_never_sure(reader: Reader, text: str, why: str) -> None:
    """Input the model was not made for is answered as unsure, with the reason in a word."""
    reading = reader.read(text)
    assert (reading.sure, reading.loaded_sure, reading.why_unsure) == (False, False, why)


def test_the_paragraph_can_supply_the_source(reader: Reader) -> None:
    """A sentence that continues an attribution in its paragraph is more likely sourced there."""
    text = "Two of the four turbines had been switched off for months, it added."
    paragraph = f"The Harbour Audit Office published its report on Friday. {text}"
    alone, within = reader.read(text), reader.read(text, paragraph)
    named = Attribution.NAMED
    assert within.p_source[named] > alone.p_source[named]


def test_a_long_context_never_crowds_out_the_sentence(reader: Reader) -> None:
    """However long the paragraph, words at the end of the sentence still decide."""
    filler = "The committee met again on Tuesday. " * 200
    text = "After a debate of nine hours about roads, the mayor's budget is a shameful circus act."
    reading = reader.read(text, filler + text + filler)
    assert reading.stance is Stance.OPINION
    assert any(span.end > len(text) - len("circus act.") for span in reading.loaded)


def test_words_are_marked_whole_and_without_quotation_marks() -> None:
    """Hyphens and apostrophes join a word's pieces only where letters stand on both sides."""
    text = "The cowardly, power-mad ex-mayor's 'blood-soaked' circus will never end."
    encoded = Encoder(load_tokenizer(MODEL_DIRECTORY), 64, 0).encode(text)
    parts: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(encoded.words, encoded.spans, strict=True):
        parts[word] = (parts.get(word, (start, end))[0], end)
    words = [text[start:end] for start, end in parts.values()]
    assert {"power-mad", "ex-mayor's", "blood-soaked", "'"} <= set(words)


def test_loading_and_reading_are_quick_enough() -> None:
    """The model loads within 1.5 seconds and reads a sentence well within a tenth of one."""
    started = time.process_time()
    loaded = Reader.load(MODEL_DIRECTORY)
    assert time.process_time() - started < 1.5
    started = time.process_time()
    for text, context in SENTENCES[:4] * 5:
        loaded.read(text, context)
    assert (time.process_time() - started) / 20 < 0.1
