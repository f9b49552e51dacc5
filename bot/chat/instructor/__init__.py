"""What an instructor can do in the chat."""
