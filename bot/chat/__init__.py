"""What is said in Telegram, by journey; nothing here knows how it gets there."""
