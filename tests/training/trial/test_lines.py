"""What an operator's labelled lines may look like, and how each mistake in them is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import LabelsError
from bot.quiz.labels import Attribution, Kind, ReasonLabel, Stance
from bot.training.trial import lines
from bot.training.trial.lines import read
from bot.training.trial.record import CONTEXT, SPANS, TEXT

TEXT_LINE = {"text": "This shameful budget will ruin us.", "stance": "opinion"}
REASON_LINE = {"target": "It rained.", "kind": "opinion", "answer": "it judges", "label": "good"}


def data(*found: dict[str, Any] | str) -> bytes:
    """Put lines together as a file."""
    return "\n".join(
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in found
    ).encode()


LABELS: list[tuple[str, dict[str, Any], tuple[Any, ...]]] = [
    ("stance alone", {"stance": "claim"}, (Stance.CLAIM, None, None, None)),
    ("source alone", {"source": "vague"}, (None, Attribution.VAGUE, None, None)),
    (
        "a kind says the stance, and leaves open who is not named",
        {"kind": "unsourced_claim"},
        (Stance.CLAIM, None, Kind.UNSOURCED_CLAIM, None),
    ),
    (
        "stance and source make a kind",
        {"stance": "opinion", "source": "named"},
        (Stance.OPINION, Attribution.NAMED, Kind.REPORTED_OPINION, None),
    ),
    (
        "all of them, in accord",
        {"stance": "claim", "source": "none", "kind": "unsourced_claim", "loaded": []},
        (Stance.CLAIM, Attribution.NONE, Kind.UNSOURCED_CLAIM, ()),
    ),
    ("loaded as characters", {"loaded": [[5, 13]]}, (None, None, None, ((5, 13),))),
    ("loaded as words", {"loaded": ["ruin", "shameful"]}, (None, None, None, ((5, 13), (26, 30)))),
    ("loaded as both", {"loaded": ["ruin", [5, 13]]}, (None, None, None, ((5, 13), (26, 30)))),
    ("no label is null", {"stance": None, "loaded": []}, (None, None, None, ())),
]


@pytest.mark.parametrize(("what", "labels", "expected"), LABELS, ids=[case[0] for case in LABELS])
def test_a_line_holds_what_labels_it_has(
    what: str, labels: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    """One label is enough; what one says of another is taken from it."""
    (one,) = read(data({"text": TEXT_LINE["text"], **labels}), "l").sentences
    assert (one.stance, one.source, one.kind, one.loaded) == expected


def test_reasons_and_sentences_may_stand_in_one_file() -> None:
    """Blank lines are skipped, a byte order mark and either line end are no part of a line."""
    raw = b"\xef\xbb\xbf" + data(TEXT_LINE, "", REASON_LINE).replace(b"\n", b"\r\n")
    found = read(raw, "l")
    assert [one.line for one in found.sentences] == [1]
    assert [(one.line, one.label) for one in found.reasons] == [(3, ReasonLabel.GOOD)]
    assert len(found) == 2


def test_other_fields_are_told_and_cases_that_come_again_are_counted() -> None:
    """An id or a note hurts nobody; the same sentence twice is no two cases."""
    again = {**TEXT_LINE, "id": 7, "note": "a second opinion"}
    found = read(data(TEXT_LINE, again, REASON_LINE, REASON_LINE), "l")
    assert found.ignored == ("id", "note")
    assert found.repeated == 2


def test_a_line_may_hold_a_separator_of_unicode() -> None:
    """Only a line feed ends a line: U+2028 may stand within JSON."""
    assert read(data({"text": "One\u2028two.", "stance": "claim"}), "l").sentences[0].line == 1


WRONG: list[tuple[str, dict[str, Any] | str, list[str]]] = [
    ("no JSON", "{", ["line 2: found no JSON", "allowed: a JSON object"]),
    ("no object", "[1]", ["line 2: found `[1]`", "a JSON object"]),
    ("brackets without end", "[" * 100_000, ["line 2: found no JSON"]),
    ("a number without end", "9" * 5_000, ["line 2: found no JSON"]),
    ("no text", {"stance": "claim"}, ["line 2, `text`: found none", "a text"]),
    ("a text of white space", {**TEXT_LINE, "text": " "}, ["`text`: found an empty text"]),
    ("a text that is a number", {**TEXT_LINE, "text": 4}, ["`text`: found `4`"]),
    ("a long text", {**TEXT_LINE, "text": "a" * (TEXT + 1)}, ["4,001 characters", "4,000"]),
    ("a long context", {**TEXT_LINE, "context": "a" * (CONTEXT + 1)}, ["`context`", "40,000"]),
    ("no label", {"text": "It rained."}, ["no label", "stance, source, kind, loaded"]),
    ("a stance of others", {**TEXT_LINE, "stance": "SUBJ"}, ["`stance`", '`"SUBJ"`', "claim, op"]),
    ("a stance that is a list", {**TEXT_LINE, "stance": []}, ["`stance`: found `[]`"]),
    ("a source of others", {**TEXT_LINE, "source": "yes"}, ["`source`", "named, vague, none"]),
    (
        "stance against kind",
        {**TEXT_LINE, "kind": "sourced_fact"},
        ["`stance`: found `opinion`", "`claim`, as `kind` is `sourced_fact`"],
    ),
    (
        "source against kind",
        {"text": "x", "kind": "opinion", "source": "named"},
        ["`source`: found `named`", "`vague` or `none`, as `kind` is `opinion`"],
    ),
    ("a field misspelt", {**TEXT_LINE, "sorce": "none"}, ["`sorce`", "allowed: `source`"]),
    (
        "a label twice",
        '{"text": "x", "stance": "claim", "stance": "opinion"}',
        ["`stance`: found it twice, allowed: once"],
    ),
    ("loaded as a text", {**TEXT_LINE, "loaded": "ruin"}, ["`loaded`", "a list of words"]),
    ("too much loaded", {**TEXT_LINE, "loaded": [[0, 1]] * (SPANS + 1)}, ["201 parts", "200"]),
    ("a span too long", {**TEXT_LINE, "loaded": [[0, 99]]}, ["`[0, 99]`", "within 0 and 34"]),
    ("an empty span", {**TEXT_LINE, "loaded": [[4, 4]]}, ["`[4, 4]`"]),
    ("a span of flags", {**TEXT_LINE, "loaded": [[False, True]]}, ["`[false, true]`"]),
    ("a word that is not there", {**TEXT_LINE, "loaded": ["circus"]}, ["`circus`", "not stand"]),
    ("half a word", {**TEXT_LINE, "loaded": ["shame"]}, ["`shame`", "inside a longer word"]),
    ("a reason without target", {**REASON_LINE, "target": None}, ["`target`: found none"]),
    ("a reason of no kind", {**REASON_LINE, "kind": "fact"}, ["`kind`", "reported_opinion"]),
    ("a reason without label", {**REASON_LINE, "label": None}, ["`label`: found none", "partly"]),
    ("a label without answer", {"label": "good"}, ["`answer`: found none"]),
]


@pytest.mark.parametrize(("what", "line", "words"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_line_is_told_by_number_field_and_what_is_allowed(
    what: str, line: dict[str, Any] | str, words: list[str]
) -> None:
    """Nothing of the file is used."""
    with pytest.raises(LabelsError) as caught:
        read(data(TEXT_LINE, line, REASON_LINE), "labels.jsonl")
    head, *told = str(caught.value).splitlines()
    assert head.startswith("labels.jsonl: nothing was measured")
    assert all(one.startswith("labels.jsonl: line 2") for one in told)
    for word in words:
        assert word in "\n".join(told)


def test_all_that_is_wrong_is_told_together() -> None:
    """Every line and every field of it, up to a number that a screen holds."""
    with pytest.raises(LabelsError) as caught:
        read(data({"stance": "a", "source": "b"}, *["{"] * 60), "l")
    told = str(caught.value).splitlines()
    assert "63 are wrong" in told[0]
    assert len(told) == lines.PROBLEMS + 2
    assert told[-1] == "… and 13 more"


FILES: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "no line"),
    ("blank lines", b"\n \n", "no line"),
    ("UTF-16", "{}".encode("utf-16"), "UTF-16"),
    ("another encoding", data(TEXT_LINE) + b"\n\xff", "line 2: found bytes that are not UTF-8"),
]


@pytest.mark.parametrize(("what", "raw", "word"), FILES, ids=[case[0] for case in FILES])
def test_a_file_that_is_none_is_told(what: str, raw: bytes, word: str) -> None:
    """What is wrong with the file as a whole comes in one line under the first."""
    with pytest.raises(LabelsError, match=word):
        read(raw, "l")


def test_a_file_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """More lines or bytes than a person labels are refused before they are read."""
    monkeypatch.setattr(lines, "LINES", 2)
    with pytest.raises(LabelsError, match="4 lines, allowed: at most 2"):
        read(data(*[TEXT_LINE] * 4), "l")
    monkeypatch.setattr(lines, "FILE_BYTES", 10)
    with pytest.raises(LabelsError, match="more than 10 bytes"):
        read(data(TEXT_LINE), "l")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["text", "context", "stance", "source", "kind", "loaded", "target", "answer", "label", "kinds"]
)


@settings(max_examples=150, deadline=None)
@given(found=st.dictionaries(FIELDS, JSON) | JSON)
def test_any_json_is_read_or_told(found: Any) -> None:
    """Hostile lines never crash."""
    told = "line 1"
    try:
        read(json.dumps(found).encode(), "l")
    except LabelsError as error:
        told = str(error)
    assert "line 1" in told
