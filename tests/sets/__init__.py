"""Tests of `bot.sets`: files to sets and back."""
