"""What a learner can do: greeting, rounds, typed answers, score, and their own data."""
