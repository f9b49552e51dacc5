"""What takes longer than the suite may: `make soak`."""
