"""Tests of what instructors do, whoever asks: the chat or the shell."""
