"""Every exception the project raises, as one tree.

    WhoSaysError
    ├── SettingsError      the environment is missing something or holds something malformed
    │   └── ListenError    an address or a port to listen on cannot be had
    ├── SetError           a quiz-set file cannot be used (carries every problem found in it)
    ├── FileError          a file that somebody sent does not come whole
    │   └── LargeFileError it is larger than what is read
    ├── ClassError         a class cannot be made or found as asked
    ├── LabelsError        a file of labelled lines cannot be measured on (every problem in it)
    ├── ReaderError        the model directory is missing, broken or of another format
    ├── LogError           the score log cannot be looked through or exported as asked
    ├── BackupError        a backup is not to be put in the place of the database as things are
    ├── StoreError         the database cannot be opened, migrated or written
    ├── PushError          a push asked for from the shell cannot be made or stopped
    ├── ReviewError        the snapshot for review cannot be built or shown
    ├── TextError          a sentence is missing from prompts/ or has the wrong slots
    ├── UndeliveredError   answers could not be sent in time (bot.store.calls)
    └── ApiError, PersonError   what the stand-in for Telegram refuses (bot.local.faults)

A learner's mistake is never an exception: what a person may well do is a returned value.
"""


class WhoSaysError(Exception):
    """Base of all errors of the project; its text is one line fit for an operator."""


class SettingsError(WhoSaysError):
    """The environment is missing something or holds something malformed."""


class ListenError(SettingsError):
    """An address or a port to listen on cannot be had."""


class SetError(WhoSaysError):
    """A quiz-set file cannot be used; the text names file, line and field of every problem."""


class FileError(WhoSaysError):
    """A file that somebody sent does not come whole."""


class LargeFileError(FileError):
    """A file that somebody sent is larger than what is read, whatever was said of it."""


class ClassError(WhoSaysError):
    """A class cannot be made or found as asked."""


class ReaderError(WhoSaysError):
    """The model directory is missing, broken or of another format."""


class LabelsError(WhoSaysError):
    """A file of labelled lines cannot be measured on; the text names every problem in it."""


class PushError(WhoSaysError):
    """A push that was asked for from the shell cannot be made or stopped."""


class LogError(WhoSaysError):
    """The score log cannot be looked through or exported as asked."""


class BackupError(WhoSaysError):
    """A backup is not to be put in the place of the database as things are."""


class StoreError(WhoSaysError):
    """The database cannot be opened, migrated or written."""


class ReviewError(WhoSaysError):
    """The snapshot for review cannot be built or shown."""


class TextError(WhoSaysError):
    """A sentence is missing from the prompts or was given the wrong slots."""
