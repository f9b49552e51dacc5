"""Every fault that the self-check names, made and found."""
