"""Tests of the program as it is started: settings, commands, whole processes."""
