"""Tests of `bot.quiz`: the pure core, without a store, a clock or a network."""
