"""Coverage-guided fuzzing of whatever takes bytes from outside: `make fuzz`."""
