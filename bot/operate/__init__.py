"""What operators do: logs, health, and review of the score log."""
