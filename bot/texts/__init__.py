"""Loads the sentences of prompts/, fills their slots and escapes what comes from outside."""

from bot.texts.texts import Markup, Texts, escaped, joined

__all__ = ["Markup", "Texts", "escaped", "joined"]
