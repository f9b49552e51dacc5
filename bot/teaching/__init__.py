"""What instructors do, whoever asks; and what the bot does with published sets."""
