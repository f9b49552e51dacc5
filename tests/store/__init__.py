"""Tests of `bot.store`: real files, real threads, real processes that are killed."""
