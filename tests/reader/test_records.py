"""The JSON lines of `whosays read --jsonl`, and reading a whole text."""

from __future__ import annotations

import json

import pytest

from bot.errors import ReaderError
from bot.reader.reader import Reader
from bot.reader.records import as_record, judge_lines, read_lines, read_text

GOOD = '{"text": "Exports fell by 4% in March."}'
WITH_CONTEXT = '{"text": "It fell.", "context": "The office said so. It fell."}'

MALFORMED = [
    ("{", "not JSON"),
    ("[1]", "not an object"),
    ("{}", '"text" is missing'),
    ('{"text": 3}', '"text" is missing or not a string'),
    ('{"text": "a", "context": 3}', '"context" is not a string'),
    ("[" * 100_000, "not JSON"),
]


def test_a_record_has_the_documented_fields(reader: Reader) -> None:
    """A record holds kind, stance, source, their probabilities, loaded words and certainty."""
    (record,) = read_lines(reader, [GOOD])
    assert list(record)[:8] == [
        "kind",
        "stance",
        "p_opinion",
        "source",
        "p_source",
        "loaded",
        "sure",
        "model",
    ]
    assert list(record["p_source"]) == ["named", "vague", "none"]
    assert json.loads(json.dumps(record)) == record


def test_a_record_says_why_when_it_is_not_sure(reader: Reader) -> None:
    """`why_unsure` is there exactly when the reader is not sure."""
    for record in read_lines(reader, [GOOD, '{"text": ""}', '{"text": "Hm."}']):
        assert ("why_unsure" in record) == (not record["sure"])


def test_loaded_words_are_triples_of_start_end_and_probability(reader: Reader) -> None:
    """Each loaded span is a list of two offsets and a probability."""
    text = "The minister's shameful circus act of a budget will ruin a generation."
    record = as_record(reader.read(text))
    assert record["loaded"]
    for start, end, p in record["loaded"]:
        assert text[start:end]
        assert 0 <= p <= 1


def test_a_malformed_line_is_answered_in_its_place(reader: Reader) -> None:
    """Each bad line gives an error that names it by number, and the lines around it are read."""
    lines = [line for bad, _ in MALFORMED for line in (GOOD, "\n", bad)] + [WITH_CONTEXT]
    records = list(read_lines(reader, lines, batch_size=4))
    assert len(records) == 2 * len(MALFORMED) + 1
    for i, (_, message) in enumerate(MALFORMED):
        assert "kind" in records[2 * i]
        assert records[2 * i + 1]["error"].startswith(f"line {3 * i + 3}: {message}")
    assert "kind" in records[-1]


def test_lines_are_answered_alike_in_any_batch(reader: Reader) -> None:
    """The batch size changes nothing but the speed."""
    lines = [GOOD, WITH_CONTEXT, '{"text": "Will anyone stop this shameful circus?"}']
    assert list(read_lines(reader, lines, 1)) == list(read_lines(reader, lines, 8))


def test_a_text_is_read_sentence_by_sentence_in_its_paragraphs(reader: Reader) -> None:
    """A sentence of a text is read as it would be with its paragraph as context."""
    text = "The office published its report. Two turbines stood still, it added.\n\nWhy?"
    found = read_text(reader, text)
    assert [one.sentence.text for one in found] == [
        "The office published its report.",
        "Two turbines stood still, it added.",
        "Why?",
    ]
    second = found[1]
    alone = reader.read(second.sentence.text, second.sentence.paragraph)
    assert abs(second.reading.p_opinion - alone.p_opinion) < 1e-4


ANSWER = {
    "context": "The office said so. It fell by 4% in March.",
    "target": "It fell by 4% in March.",
    "kind": "sourced_fact",
    "answer": "the office said it",
}

MALFORMED_ANSWERS = [
    ("{", "not JSON"),
    (json.dumps(ANSWER | {"kind": "gossip"}), '"kind" is none of sourced_fact, '),
    (json.dumps(ANSWER | {"answer": 3}), '"answer" is missing or not a string'),
    (json.dumps(ANSWER | {"context": 3}), '"context" is not a string'),
    (json.dumps({"answer": "a", "kind": "opinion"}), '"target" is missing or not a string'),
]


def test_a_judged_record_has_the_documented_fields(reader: Reader) -> None:
    """A record holds label, shares, certainty, what was missing, and the model."""
    (record,) = judge_lines(reader, [json.dumps(ANSWER | {"answer": "?"})])
    assert list(record) == ["label", "p", "sure", "missing", "model"]
    assert record["label"] == "off"
    assert list(record["p"]) == ["good", "partly", "off"]
    assert record["missing"]
    assert json.loads(json.dumps(record)) == record


def test_nothing_is_missing_from_a_good_reason(reader: Reader) -> None:
    """`missing` is empty where the reason is good, and `why_unsure` is there where it is unsure."""
    lines = [json.dumps(ANSWER | {"answer": text}) for text in ("?", "the office said it", "no")]
    for record in judge_lines(reader, lines):
        assert (record["missing"] == "") == (record["label"] == "good")
        assert ("why_unsure" in record) == (not record["sure"])


def test_a_malformed_answer_is_answered_in_its_place(reader: Reader) -> None:
    """Each bad line gives an error that names it by number; the context may be left out."""
    bare = json.dumps({name: text for name, text in ANSWER.items() if name != "context"})
    lines = [line for bad, _ in MALFORMED_ANSWERS for line in (bare, "\n", bad)]
    records = list(judge_lines(reader, lines, batch_size=3))
    assert len(records) == 2 * len(MALFORMED_ANSWERS)
    for i, (_, message) in enumerate(MALFORMED_ANSWERS):
        assert "label" in records[2 * i]
        assert records[2 * i + 1]["error"].startswith(f"line {3 * i + 3}: {message}")


def test_a_model_that_cannot_judge_says_so(reader: Reader) -> None:
    """A model without the head for reasons gives no judgement, and says so to the command."""
    older = Reader(None, reader.card.model_copy(update={"reason_labels": ()}))  # type: ignore[arg-type]
    with pytest.raises(ReaderError, match="cannot judge"):
        next(judge_lines(older, [json.dumps(ANSWER)]))
