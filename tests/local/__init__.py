"""The stand-in for Telegram and the terminal that plays against it."""
