"""Readings by the text that was read and the model that read it."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from bot.quiz.labels import Attribution, Stance
from bot.quiz.values import LoadedSpan, Passage, Reading


def text_hash(passage: Passage) -> str:
    """Return the name of a target within its passage: both decide a reading."""
    return hashlib.sha256(f"{passage.target}\0{passage.text}".encode()).hexdigest()


def load(db: sqlite3.Connection, passage: Passage, model: str) -> Reading | None:
    """Return the cached reading of a passage by a model version, if there is one."""
    row = db.execute(
        "SELECT reading FROM readings WHERE text_hash = ? AND model = ?",
        (text_hash(passage), model),
    ).fetchone()
    return _from_json(row[0], model) if row else None


def save(db: sqlite3.Connection, passage: Passage, reading: Reading) -> None:
    """Keep a reading; reading again with the same model replaces it."""
    db.execute(
        "INSERT OR REPLACE INTO readings (text_hash, model, reading) VALUES (?, ?, ?)",
        (text_hash(passage), reading.model, _to_json(reading)),
    )


def _to_json(reading: Reading) -> str:
    return json.dumps(
        {
            "p_opinion": reading.p_opinion,
            "p_source": reading.p_source,
            "loaded": [[span.start, span.end, span.p] for span in reading.loaded],
            "stance": reading.stance,
            "attribution": reading.attribution,
            "sure": reading.sure,
            "loaded_sure": reading.loaded_sure,
            "why_unsure": reading.why_unsure,
        }
    )


def _from_json(text: str, model: str) -> Reading:
    row = json.loads(text)
    return Reading(
        p_opinion=row["p_opinion"],
        p_source={Attribution(name): p for name, p in row["p_source"].items()},
        loaded=tuple(LoadedSpan(*span) for span in row["loaded"]),
        stance=Stance(row["stance"]),
        attribution=Attribution(row["attribution"]),
        sure=row["sure"],
        loaded_sure=row["loaded_sure"],
        model=model,
        why_unsure=row["why_unsure"],
    )
