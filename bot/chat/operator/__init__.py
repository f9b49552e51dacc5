"""What operators ask for in the chat."""
