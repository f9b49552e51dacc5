"""Thousands of learners against a Bot API that takes its time: `python -m tests.load`."""
