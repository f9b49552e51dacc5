"""The local classifier: a sentence in its paragraph → a `Reading`; a reason → a `Judgement`.

Runs a model directory (`model/` beside this file unless told otherwise) on this machine. It never
trains, never reaches the network and never writes.
"""

from bot.reader.card import Card
from bot.reader.judge import Answer
from bot.reader.reader import MODEL_DIRECTORY, Reader
from bot.reader.records import ReadSentence, as_record, judge_lines, read_lines, read_text
from bot.reader.sentences import Sentence, split

__all__ = [
    "MODEL_DIRECTORY",
    "Answer",
    "Card",
    "ReadSentence",
    "Reader",
    "Sentence",
    "as_record",
    "judge_lines",
    "read_lines",
    "read_text",
    "split",
]
