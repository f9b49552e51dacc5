"""Tests, the bench and the pictures."""
