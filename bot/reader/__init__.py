"""The local classifier: a sentence in its paragraph → a `Reading`."""
