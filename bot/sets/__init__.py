"""Quiz-set files ↔ `QuizSet`; every error names file, line and field."""

from bot.sets.balance import Report, report, report_lines
from bot.sets.formats import FORMATS, checked, is_set, read_file, write_file
from bot.sets.notes import Note, Notes
from bot.sets.problems import BrokenSetError, Problem
from bot.sets.reading import check_source, read_bytes, read_yaml
from bot.sets.record import Record, fingerprint, from_record, to_record
from bot.sets.schema import json_schema

__all__ = [
    "FORMATS",
    "BrokenSetError",
    "Note",
    "Notes",
    "Problem",
    "Record",
    "Report",
    "check_source",
    "checked",
    "fingerprint",
    "from_record",
    "is_set",
    "json_schema",
    "read_bytes",
    "read_file",
    "read_yaml",
    "report",
    "report_lines",
    "to_record",
    "write_file",
]
