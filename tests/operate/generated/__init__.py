"""A generated score log of any size, made in seconds: `write_log`.

The questions are those of the sets that come with the bot, and every grade is one that the quiz
gave. What is made up is who answered what: learners have more or less skill, questions are more
or less hard, so that statistics have something to find. The same seed gives the same log.
"""

from tests.operate.generated.log import ANSWERS_A_ROUND, TELEGRAM, TYPED, write_log

__all__ = ["ANSWERS_A_ROUND", "TELEGRAM", "TYPED", "write_log"]
