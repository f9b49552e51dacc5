"""Who Says: a Telegram bot that asks of passages from the news, *who says so?*"""
