"""Drafting a quiz set from an article file, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.errors import SetError
from bot.quiz.values import Reading, Source
from bot.reader.sentences import split
from bot.sets import write_file
from bot.sets.articles import read_article
from bot.teaching import article as teaching
from bot.teaching.drafts import Draft
from bot.texts import Texts

Pair = tuple[str, str | None]

BATCH = 16
"""Sentences between two steps of the progress bar."""

TAIL = 5
"""Letters of the file's digest that keep slugs of one title apart, the same at every run."""


def draft(
    file: Path,
    read: Callable[[list[Pair]], list[Reading]],
    texts: Texts,
    size: int,
    source: Mapping[str, str],
    warn: Callable[[str], None],
) -> str:
    """Return a draft as YAML with comments where a person must look; SetError without a text."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SetError(f"cannot read {file}: {error.strerror}") from error
    article = read_article(data, str(file))
    sentences = split(article.text)
    if len(sentences) > teaching.SENTENCES:
        warn(f"{file}: the first {teaching.SENTENCES} of {len(sentences)} sentences are read")
    pairs: list[Pair] = [(one.text, one.paragraph) for one in sentences[: teaching.SENTENCES]]
    starts = range(0, len(pairs), BATCH)
    readings = [
        reading
        for start in track(starts, "reading", console=Console(stderr=True), transient=True)
        for reading in read(pairs[start : start + BATCH])
    ]
    title = source["title"] or article.title or file.stem
    slug = teaching.slug_of(title, sha256(data).hexdigest()[:TAIL])
    about = Source(**{**source, "title": title})
    read_ = sentences[: teaching.SENTENCES]
    made = teaching.draft(slug, about, read_, readings, teaching.explainer(texts), size)
    if not made.quiz_set.questions:
        raise SetError(f"{file}: no running text that could be asked about")
    if teaching.foreign(made):
        warn(f"{file}: the text does not seem to be English; every key is left to you")
    return marked(made)


def marked(made: Draft) -> str:
    """Return a draft as YAML; above each question stands what was read and what is doubtful."""
    data, _ = write_file(made.quiz_set, f"{made.quiz_set.slug}.yaml")
    lines = []
    for line in data.decode().splitlines():
        id_ = line.partition("id:")[2].strip() if line.lstrip().startswith("- id:") else ""
        if proposal := made.proposals.get(id_):
            doubts = [proposal.why.replace("_", " ")] if proposal.why else []
            doubts += [] if proposal.words_sure else ["loaded words unsure"]
            doubt = f", LOOK CLOSELY: {', '.join(doubts)}" if doubts else ""
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f"{indent}# {id_}: read with p {proposal.p:.2f}{doubt}")
        lines.append(line)
    return "\n".join(lines) + "\n"
