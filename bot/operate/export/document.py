"""The documentation of an exported score log, as `docs/export.md` has it."""

from __future__ import annotations

from bot.operate.export.columns import markdown

_ABOUT = """\
# The exported score log

What `whosays export` writes, a row per answered question, the oldest first. This page is what
`whosays export --columns` prints.

{table}

- Names, order, types and units stay as they are; new columns come at the end.
- Learners are numbers. What they typed is written with `--with-text` alone.
- The grade is the one that stands. Where it is not the first, `regraded` is true and
  `original_score` and `original_verdict` are those of the first; `whosays log --json` has every
  grade between.
- A learner's first answer to something is the one with the lowest `answer` among those of equal
  `learner`, `set`, `question` and `ask`.
- Nothing is an empty cell in CSV, `null` in JSON Lines and Parquet.
- CSV: UTF-8, a comma between cells, `true` and `false`, lines end in CR LF (RFC 4180). A quote
  stands before a cell that a spreadsheet would take for a formula. A file (`--to`) begins with the
  byte order mark that spreadsheets need, standard output does not.
- Parquet: zstd; times are timestamps in UTC, in milliseconds; each column carries its unit and
  meaning in its metadata.
- Rows are read a thousand at a time while the bot runs on: answers that come meanwhile are not
  in it, a regrade may be.
"""


def document() -> str:
    """Return the page."""
    return _ABOUT.format(table=markdown())
