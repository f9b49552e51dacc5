"""The snapshot of the score log, and what a browser is shown of it."""
