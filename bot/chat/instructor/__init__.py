"""What is said to those who teach."""
