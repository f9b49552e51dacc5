"""What instructors do, whoever asks."""
