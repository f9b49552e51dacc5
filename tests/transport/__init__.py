"""Tests of the way in and out: polls and webhooks, order, pace, sending, HTTP."""
