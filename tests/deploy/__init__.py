"""Tests of what an operator installs with: image, compose file, unit file, and their page."""
