"""What a judgement promises for any strings, and what is settled before the network is asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import Kind, ReasonLabel
from bot.reader.card import Marking
from bot.reader.encoding import Encoder, load_tokenizer, pad
from bot.reader.judge import Answer, graded, missing, worth
from bot.reader.reader import MODEL_DIRECTORY, Reader

ANY_TEXT = st.text(st.characters(), max_size=120)

CONTEXT = (
    "The Fenmark Audit Office published its yearly report. Two of the four turbines had been "
    "switched off for months, it said. The whole scheme is a shameful circus."
)
CLAIM = "Two of the four turbines had been switched off for months, it said."
OPINION = "The whole scheme is a shameful circus."

SETTLED = ["", " \n\t", "?", "... !!", "🙂", CLAIM, CLAIM.upper(), f'"{CLAIM}" !', CLAIM[:-9]]


def about(text: str, kind: Kind = Kind.SOURCED_FACT, target: str = CLAIM) -> Answer:
    """Make an answer about a sentence of the passage above."""
    return Answer(CONTEXT, target, kind, text)


@settings(max_examples=60, deadline=None)
@given(context=ANY_TEXT, target=ANY_TEXT, answer=ANY_TEXT, kind=st.sampled_from(Kind))
def test_any_strings_give_a_judgement(
    reader: Reader, context: str, target: str, answer: str, kind: Kind
) -> None:
    """Any strings are judged, with shares that sum to 1, and a reason wherever it is not sure."""
    judged = reader.judge(context, target, kind, answer)
    assert judged is not None
    assert sum(judged.p.values()) == pytest.approx(1)
    thresholds = reader.card.thresholds
    cuts = thresholds.reason_partly or 0, thresholds.reason_good or 0
    assert judged.label is graded(worth(judged.p), *cuts)
    assert judged.sure == (judged.why_unsure == "")
    assert missing(Answer(context, target, kind, answer), reader.read(target, context))


def test_a_grade_is_cut_from_the_expected_worth() -> None:
    """Off counts nothing, partly a half, good whole; each grade begins at its cut."""
    p = {ReasonLabel.GOOD: 0.5, ReasonLabel.PARTLY: 0.2, ReasonLabel.OFF: 0.3}
    assert worth(p) == pytest.approx(0.6)
    assert graded(0.6, 0.3, 0.6) is ReasonLabel.GOOD
    assert graded(0.6, 0.3, 0.7) is ReasonLabel.PARTLY
    assert graded(0.2, 0.3, 0.7) is ReasonLabel.OFF


@pytest.mark.parametrize("text", SETTLED)
def test_nothing_said_and_the_passage_copied_are_off(reader: Reader, text: str) -> None:
    """An answer without a word, or with the target's over again, is surely off."""
    judged = reader.judge(CONTEXT, CLAIM, Kind.SOURCED_FACT, text)
    assert judged is not None
    assert (judged.label, judged.sure) == (ReasonLabel.OFF, True)


def test_the_deciding_words_quoted_are_not_the_passage_copied(reader: Reader) -> None:
    """A few words of the target are left to the network."""
    judged = reader.judge(CONTEXT, OPINION, Kind.OPINION, "shameful circus")
    assert judged is not None
    assert judged.p[ReasonLabel.OFF] < 1


def test_an_answer_is_judged_alike_in_any_company(reader: Reader) -> None:
    """Answers of other lengths in the batch change no probability, and the order is kept."""
    answers = [
        about("the audit office says so"),
        about("no"),
        about("nobody is named, " * 20),
        about("it calls the scheme a circus", Kind.OPINION, OPINION),
        about(""),
    ]
    for answer, judged in zip(answers, reader.judge_many(answers), strict=True):
        (alone,) = reader.judge_many([answer])
        assert judged.label is alone.label
        for label, p in judged.p.items():
            assert p == pytest.approx(alone.p[label], abs=1e-4)


def test_the_kind_is_taken_into_account(reader: Reader) -> None:
    """A reason that fits one kind is worth less for another."""
    said = "the audit office is named as saying it"
    fits, other = reader.judge_many([about(said), about(said, Kind.UNSOURCED_CLAIM)])
    assert fits.p[ReasonLabel.GOOD] > other.p[ReasonLabel.GOOD]


def test_a_source_turned_round_is_worth_less(reader: Reader) -> None:
    """The negation of a good reason is worth less than the reason."""
    fits, other = reader.judge_many(
        [about("the audit office says so in its report"), about("no office says so in any report")]
    )
    assert fits.p[ReasonLabel.GOOD] > other.p[ReasonLabel.GOOD]


def test_an_answer_that_is_too_long_or_not_english_is_not_sure(reader: Reader) -> None:
    """What the judge was not made for is judged, and marked as not sure."""
    for text, why in (("because they say so " * 30, "too_long"), ("так говорят", "not_english")):
        judged = reader.judge(CONTEXT, CLAIM, Kind.SOURCED_FACT, text)
        assert judged is not None
        assert (judged.sure, judged.why_unsure) == (False, why)


def test_what_is_missing_follows_what_was_read(reader: Reader) -> None:
    """The hint names the source, its absence, or the words that judge."""
    reading = reader.read(OPINION, CONTEXT)
    assert "circus" in missing(about("no", Kind.OPINION, OPINION), reading)
    for kind, word in (
        (Kind.SOURCED_FACT, "named"),
        (Kind.UNSOURCED_CLAIM, "named"),
        (Kind.REPORTED_OPINION, "whose"),
    ):
        assert word in missing(about("no", kind), reader.read("Exports fell by 4% in March."))


def test_an_input_is_never_longer_than_the_judge_takes() -> None:
    """Answer and passage share 128 pieces, and the passage is apart from the answer."""
    encoder = Encoder(load_tokenizer(MODEL_DIRECTORY), 192, 48)
    passage = encoder.encode_passage("sourced fact", CLAIM * 9, CONTEXT * 9)
    assert len(passage) <= Marking().passage_pieces
    encoded = encoder.encode_answer("word " * 200, passage)
    assert encoded.cut
    assert len(encoded.ids) <= 2 + Marking().answer_pieces + Marking().passage_pieces == 128
    levels = pad([encoded])["attention_mask"][0].tolist()
    assert levels == [1 + segment for segment in encoded.segments]
