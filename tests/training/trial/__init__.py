"""Tests of how a model does on an operator's own labels."""
