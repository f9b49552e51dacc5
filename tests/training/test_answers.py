"""The committed answers, and how far the splits of sentences and answers are apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from bot.quiz.labels import Kind, ReasonLabel
from bot.training.rows import DEV, TEST, TRAIN, AnswerRow, Row, load_answers, load_own, usable
from tests.training.test_rows import SHINGLE, shingles

RUN = 3
ALIKE = 0.6
FEWEST_WORDS = 5


@pytest.fixture(scope="module")
def answers() -> list[AnswerRow]:
    """Every committed answer."""
    return load_answers()


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every committed sentence."""
    return load_own()


def test_there_are_answers_enough_of_every_label(answers: list[AnswerRow]) -> None:
    """There are 2,500 answers to 400 passages or more, each label and kind often among them."""
    assert len(answers) >= 2500
    assert len({row.passage for row in answers}) >= 400
    counts = Counter(row.label for row in answers)
    assert min(counts[label] for label in ReasonLabel) > 0.2 * len(answers)
    kinds = Counter(row.kind for row in answers)
    assert min(kinds[kind] for kind in Kind) > 0.2 * len(answers)


def test_there_are_minimal_pairs_enough(answers: list[AnswerRow]) -> None:
    """There are 300 pairs or more, each of two answers to one passage with different labels."""
    pairs = defaultdict(list)
    for row in answers:
        if row.pair:
            pairs[row.passage, row.pair].append(row.label)
    assert len(pairs) >= 300
    assert all(len(labels) == 2 and len(set(labels)) == 2 for labels in pairs.values())


def test_a_target_stands_in_its_context(answers: list[AnswerRow]) -> None:
    """Every answer is about a sentence of its paragraph, and ids are unique."""
    assert all(row.target in row.context for row in answers)
    assert len({row.id for row in answers}) == len(answers)


def test_answers_are_split_as_their_passages(answers: list[AnswerRow], rows: list[Row]) -> None:
    """A passage is in one split, and in that of the sentences where it is among them."""
    splits = defaultdict(set)
    known = {row.context: row.split for row in rows if row.context}
    for row in answers:
        splits[row.passage].add(row.split)
        assert known.get(row.context, row.split) == row.split, row.id
    assert all(len(found) == 1 for found in splits.values())
    counts = Counter(row.split for row in answers)
    assert min(counts[DEV], counts[TEST]) > 0.06 * len(answers)


def test_answers_the_passes_part_ways_on_are_not_used(answers: list[AnswerRow]) -> None:
    """Every answer was labelled twice; what is used was labelled alike both times."""
    assert all(row.second is not None for row in answers)
    for split in (TRAIN, DEV, TEST):
        assert all(row.label is row.second for row in usable(answers, split))


def test_sentences_the_passes_part_ways_on_are_not_used(rows: list[Row]) -> None:
    """Every sentence was labelled twice; what is used has the same kind both times."""
    assert len(rows) >= 4000
    for split in (TRAIN, DEV, TEST):
        assert all(row.second and row.second.kind is row.kind for row in usable(rows, split))


def test_a_family_is_in_one_split(rows: list[Row]) -> None:
    """Rewordings of one another are never on both sides of a split."""
    families = defaultdict(set)
    for row in rows:
        if row.family:
            families[row.family].add(row.split)
    assert len(families) > 50
    assert all(len(found) == 1 for found in families.values())


def test_splits_share_no_run_of_words(answers: list[AnswerRow], rows: list[Row]) -> None:
    """No eight words in a row, of a sentence or an answer, are in two splits."""
    for texts in ([(r.split, r.text) for r in rows], [(r.split, r.text) for r in answers]):
        seen: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for split, text in texts:
            seen[split] |= {run for run in shingles(text) if len(run) == SHINGLE}
        assert not seen[TRAIN] & (seen[DEV] | seen[TEST])
        assert not seen[DEV] & seen[TEST]


def test_hardly_a_held_out_text_is_like_one_of_train(
    answers: list[AnswerRow], rows: list[Row]
) -> None:
    """Fewer than 1 in 200 held-out texts of five words share most of their runs with one."""
    for texts in ([(r.split, r.text) for r in rows], [(r.split, r.text) for r in answers]):
        long = [(split, text) for split, text in texts if len(text.split()) >= FEWEST_WORDS]
        held_out = [text for split, text in long if split != TRAIN]
        alike = near_duplicates(held_out, [text for split, text in long if split == TRAIN])
        assert len(alike) < len(held_out) / 200, alike


def test_a_reworded_sentence_is_found_to_be_alike() -> None:
    """The comparison finds a sentence with one word changed, and not an unlike one."""
    text = "The harbour office said on Monday that two of the four cranes had failed."
    assert near_duplicates([text.replace("two", "three")], [text])
    assert not near_duplicates(["Nobody at the harbour office would say why."], [text])


def near_duplicates(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """Find the texts that share most of their runs of three words with a known one."""
    places = defaultdict(list)
    runs = [_runs(text) for text in known]
    for i, found in enumerate(runs):
        for run in found:
            places[run].append(i)
    alike = []
    for text in texts:
        own = _runs(text)
        shared = Counter(i for run in own for i in places.get(run, ()))
        if any(n >= ALIKE * len(own | runs[i]) for i, n in shared.items()):
            alike.append(text)
    return alike


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
