"""Public sets: their text comes from a folder, this project's labels from the repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.quiz.labels import Attribution, Stance
from bot.training.agreement import against_newssd
from bot.training.corpus import Corpus
from bot.training.public import (
    GUM_FILE,
    LABELS_FILE,
    NEWSSD_FILE,
    digest,
    load_newssd,
    load_public,
)
from bot.training.rows import DEV, OWN_DIRECTORY, TEST, TRAIN, objects, tenth

LABELS = {"stance": "claim", "source": "none", "loaded": [[0, 3]]}


def lines(path: Path, *rows: dict[str, Any]) -> None:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out two sentences of NewsSD, three of GUM, and labels for two of them."""
    newssd = [
        {"text": "Why  this?", "subjective": 1, "split": "val"},
        {"text": "It fell.", "subjective": 0, "split": "train"},
    ]
    gum = [{"text": f"It rose {n}.", "document": "d" * n, "genre": "news"} for n in (1, 1, 2)]
    lines(tmp_path / NEWSSD_FILE, *newssd)
    lines(tmp_path / GUM_FILE, *gum)
    labelled = [{"id": digest(text)} | LABELS for text in ("Why this?", "It rose 1.")]
    lines(tmp_path / LABELS_FILE, *labelled)
    return tmp_path


def test_without_a_folder_there_are_no_public_rows(tmp_path: Path) -> None:
    """Without a folder, or without the files in it, there is nothing of public sets."""
    assert load_newssd(None) == load_newssd(tmp_path) == []
    assert load_public(None) == load_public(tmp_path) == []


def test_labels_meet_their_sentences_by_digest(folder: Path) -> None:
    """A sentence has its labels whatever its white space; one without labels is left out."""
    rows = load_public(folder, folder)
    assert [row.text for row in rows] == ["Why  this?", "It rose 1.", "It rose 1."]
    assert {(row.stance, row.source, row.loaded) for row in rows} == {
        (Stance.CLAIM, Attribution.NONE, ((0, 3),))
    }


def test_a_sentence_of_gum_stands_among_its_neighbours(folder: Path) -> None:
    """The context of GUM is the sentences around, of the same document; NewsSD's stand alone."""
    contexts = [row.context for row in load_public(folder, folder)]
    assert contexts == [None, "It rose 1. It rose 1.", "It rose 1. It rose 1."]


def test_what_is_held_out_is_never_trained_on(folder: Path) -> None:
    """NewsSD's validation split is for measuring, in both its forms; GUM goes by document."""
    partial, public = load_newssd(folder), load_public(folder, folder)
    assert partial[0].split == public[0].split == TEST
    assert partial[1].split in (TRAIN, DEV)
    assert public[1].split == {0: TEST, 1: TEST, 2: TEST, 3: DEV}.get(tenth("d"), TRAIN)


def test_the_committed_labels_hold_no_text() -> None:
    """Labels name sentences by digest alone, with both passes beside each other."""
    for found in objects(OWN_DIRECTORY / LABELS_FILE):
        assert set(found) <= {"id", "stance", "source", "loaded", "second", "borderline", "doubted"}
        assert re.fullmatch("[0-9a-f]{16}", found["id"])
        assert "second" in found


def test_the_codebooks_labels_are_measured_against_newssds_own(folder: Path) -> None:
    """A claim by the codebook that NewsSD calls subjective counts as missed."""
    corpus = Corpus([], load_public(folder, folder), load_newssd(folder), [])
    (found,) = against_newssd(corpus)
    assert (found.n, found.value) == (1, 0)
