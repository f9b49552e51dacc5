"""Presses and their callback_data, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import buttons
from bot.chat.buttons import MAX_BYTES, Begin, Choose, Press, decode, encode, push
from bot.chat.learner.rounds import ROUND_ID_BITS
from bot.chat.routes import PRESSES
from bot.quiz.labels import Kind
from bot.sets import limits

ANSWERED = {press for presses in PRESSES.values() for press in presses}
ROUND_IDS = st.integers(0, 2**ROUND_ID_BITS - 1)
POSITIONS = st.integers(0, 49)
CLASSES = st.integers(1, 10**9)
ANSWERS = st.integers(1, 10**9)
PUSHES = st.integers(1, 10**9)
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", max_size=limits.SLUG)
PRESSED: st.SearchStrategy[Press] = st.one_of(
    st.builds(Choose, ROUND_IDS, POSITIONS, st.sampled_from(Kind)),
    *(
        st.builds(press, ROUND_IDS, POSITIONS)
        for press in (buttons.NotSure, buttons.NothingLoaded, buttons.Next, buttons.Disagree)
    ),
    *(st.builds(press, ROUND_IDS) for press in (buttons.Finish, buttons.Resume)),
    st.builds(Begin, SLUGS),
    st.builds(buttons.Forget, st.booleans()),
    st.builds(buttons.Page, ROUND_IDS, POSITIONS),
    st.builds(buttons.Overview, ROUND_IDS),
    st.builds(buttons.ShowPage, st.sampled_from(buttons.Listing), POSITIONS, CLASSES),
    st.builds(buttons.Open, PUSHES),
    st.builds(buttons.Remind, CLASSES, st.booleans()),
    st.builds(push.ToClass, CLASSES),
    st.builds(push.TheSet, CLASSES, SLUGS),
    st.builds(push.Choice, PUSHES, st.sampled_from(push.Field), st.integers(0, 15)),
    st.builds(push.ChooseTime, PUSHES, st.sampled_from(push.When)),
    st.builds(push.SetTime, PUSHES, st.sampled_from(push.When), st.integers(0, 9)),
    st.builds(push.TypeTime, PUSHES, st.sampled_from(push.When)),
    *(
        st.builds(press, CLASSES)
        for press in (
            buttons.ShowResults,
            buttons.ShowLearners,
            buttons.ShowQuestions,
            buttons.ShowBoard,
        )
    ),
    st.builds(buttons.SendResults, CLASSES, st.booleans()),
    st.builds(buttons.Rank, CLASSES, st.booleans()),
    *(
        st.builds(press, ANSWERS)
        for press in (buttons.Uphold, buttons.Accept, buttons.Reject, buttons.RekeyWords)
    ),
    st.builds(buttons.Rekey, ANSWERS, st.sampled_from(Kind)),
    st.builds(buttons.Regrade, SLUGS, st.booleans(), st.booleans()),
    st.builds(buttons.UndoRegrade, SLUGS, ANSWERS),
    *(
        st.builds(press, PUSHES)
        for press in (push.ChooseKinds, push.Settings, push.Confirm, push.Drop)
    ),
    st.sampled_from(
        [buttons.Review(), buttons.ShowScore(), buttons.ShowHelp(), buttons.ShowSets()]
    ),
)


@given(PRESSED)
def test_there_and_back(press: Press) -> None:
    """Every press fits into 64 bytes and is read back as it was written."""
    data = encode(press)
    assert 1 <= len(data.encode()) <= MAX_BYTES
    assert decode(data) == press


@given(st.text(max_size=64))
def test_any_data_is_read_or_refused(data: str) -> None:
    """Any data is a press that writes itself that way, give or take zeros in front, or none."""
    press = decode(data)
    if press is not None:
        assert decode(encode(press)) == press
        assert type(press) in ANSWERED


def test_what_telegram_would_refuse_is_refused_here() -> None:
    """Data that is too long for Telegram is an error where the button is made."""
    with pytest.raises(ValueError, match="65 bytes"):
        encode(Begin("s" * (MAX_BYTES - 1)))
    assert encode(Begin("s" * (MAX_BYTES - 2)))


def test_every_press_has_a_journey() -> None:
    """There is no button that nothing answers."""
    assert set(buttons.ALL) == ANSWERED
