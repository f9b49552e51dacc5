"""Who Says: a Telegram bot that shows passages from the news and asks who says so."""
