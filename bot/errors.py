"""Every exception the project raises, as one tree.

    WhoSaysError
    ├── SettingsError      the environment is missing something or holds something malformed
    ├── SetError           a quiz-set file cannot be used (carries every problem found in it)
    ├── ClassError         a class cannot be made or found as asked
    ├── ReaderError        the model directory is missing, broken or of another format
    ├── StoreError         the database cannot be opened, migrated or written
    ├── PushError          a push asked for from the shell cannot be made or stopped
    ├── TextError          a sentence is missing from prompts/ or has the wrong slots
    ├── UndeliveredError   an answer could not be sent in time
    └── ApiError, PersonError   what the stand-in for Telegram refuses (bot.local.faults)

A learner's mistake is never an exception: what a person may well do is a returned value.
"""


class WhoSaysError(Exception):
    """Base of all errors of the project; its text is one line fit for an operator."""


class SettingsError(WhoSaysError):
    """The environment is missing something or holds something malformed."""


class SetError(WhoSaysError):
    """A quiz-set file cannot be used; the text names file, line and field of every problem."""


class ClassError(WhoSaysError):
    """A class cannot be made or found as asked."""


class ReaderError(WhoSaysError):
    """The model directory is missing, broken or of another format."""


class PushError(WhoSaysError):
    """A push that was asked for from the shell cannot be made or stopped."""


class StoreError(WhoSaysError):
    """The database cannot be opened, migrated or written."""


class TextError(WhoSaysError):
    """A sentence is missing from the prompts or was given the wrong slots."""


class UndeliveredError(WhoSaysError):
    """An answer could not be sent in time; `arrived` is how many of its calls did arrive."""

    def __init__(self, reason: str, arrived: int) -> None:
        super().__init__(reason)
        self.arrived = arrived
