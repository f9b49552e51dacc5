"""Tests of the sentences: that they are all there, all used, and filled safely."""
