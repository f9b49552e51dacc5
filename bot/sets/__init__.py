"""Quiz-set files ↔ `QuizSet`; every error names file, line and field."""

from bot.sets.balance import Report, report, report_lines
from bot.sets.problems import BrokenSetError, Problem
from bot.sets.reading import read_bytes, read_yaml
from bot.sets.record import Record, fingerprint, from_record, to_record

__all__ = [
    "BrokenSetError",
    "Problem",
    "Record",
    "Report",
    "fingerprint",
    "from_record",
    "read_bytes",
    "read_yaml",
    "report",
    "report_lines",
    "to_record",
]
