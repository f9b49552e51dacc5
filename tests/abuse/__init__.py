"""Whoever means ill: hostile updates, forged presses, floods, words meant to deceive, secrets."""
