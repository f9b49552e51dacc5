"""A strict in-process stand-in for Telegram and the terminal that plays against it."""
