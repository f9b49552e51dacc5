"""Tests of the conversation: the whole bot over the stand-in, as dialogues."""
