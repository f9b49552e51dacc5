"""`python -m bot` is `whosays`."""

from bot.cli import main

main(prog_name="whosays")
