"""A stand-in for Telegram's HTTP side, served on the loopback interface."""
