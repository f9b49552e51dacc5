"""The self-check: each thing that can be wrong is one line, with what to do about it.

Checks look and change nothing. What Telegram says is asked elsewhere and judged here.
"""

from bot.operate.doctor.lines import Line, State, print_lines

__all__ = ["Line", "State", "print_lines"]
