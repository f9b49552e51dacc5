"""Calls of the Bot API as text and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.calls import Call, File, dump, load

CALLS: list[tuple[Call, ...]] = [
    (),
    (Call("sendMessage", {"chat_id": 1, "text": "<b>ü 🙂</b>"}),),
    (Call("sendMessage", {"reply_markup": {"inline_keyboard": [[{"text": "A"}], []]}}),),
    (Call("sendMessage", {}, remember=(3, 0)), Call("sendMessage", {}, remember=(0, 0))),
    (Call("sendDocument", {}, {"document": File("log ü.csv", b"")}),),
    (Call("sendMediaGroup", {}, {"a": File("a", b"\x00\xff"), "b": File("b", b"b" * 999)}),),
]

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
files = st.dictionaries(
    st.text(max_size=5), st.builds(File, st.text(max_size=5), st.binary(max_size=20)), max_size=2
)


@pytest.mark.parametrize("calls", CALLS)
def test_calls_come_back_as_they_were(calls: tuple[Call, ...]) -> None:
    """Parameters, files, bytes and what is to be remembered survive being kept."""
    assert load(dump(calls)) == calls


@given(
    st.lists(
        st.builds(
            Call,
            st.text(max_size=5),
            st.dictionaries(st.text(max_size=5), json, max_size=3),
            files,
            st.none() | st.tuples(st.integers(0), st.integers(0)),
        ),
        max_size=3,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_calls_come_back_as_they_were(calls: list[Call]) -> None:
    """Whatever JSON can say and bytes can hold is kept."""
    assert load(dump(calls)) == tuple(calls)
