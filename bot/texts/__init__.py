"""Loads the sentences of prompts/, fills their slots and escapes what comes from outside."""
