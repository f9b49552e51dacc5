"""Drafting a quiz set from an article file, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.errors import SetError
from bot.quiz.values import UNSTATED, Question, Reading, Source
from bot.reader.sentences import split
from bot.sets import check_source, checked, write_file
from bot.sets.articles import Article, read_article
from bot.sets.problems import quote
from bot.teaching import article as teaching
from bot.teaching.drafts import Draft, Proposal
from bot.texts import Texts

Pair = tuple[str, str | None]

BATCH = 16
"""Sentences between two steps of the progress bar."""

TAIL = 5
"""Letters of the file's digest that keep slugs of one title apart, the same at every run."""

ASKED = ("author", "publisher", "date", "url")
"""Where an article is from, as far as no file says it in a way that could be relied on."""

HEAD = """\
# A draft by the classifier; nobody has looked at it yet.
# Check the kind, the loaded words and the explanation of every question, above all where it says
# LOOK CLOSELY; take out what is no question; then delete these comments.
"""


def draft(
    file: Path,
    read: Callable[[list[Pair]], list[Reading]],
    texts: Texts,
    size: int,
    stated: Mapping[str, str],
    language: str,
    warn: Callable[[str], None],
) -> str:
    """Return a draft as YAML with comments where a person must look.

    `stated` are fields of the source, empty where nobody stated them; `warn` is told which are
    missing. Raises SetError for an article or a field that cannot be used.
    """
    data = _bytes(file)
    article = read_article(data, str(file))
    source = _source(article, file, stated)
    check_source(source, str(file))
    sentences = split(article.text, language)
    if len(sentences) > teaching.SENTENCES:
        warn(f"{file}: the first {teaching.SENTENCES} of {len(sentences)} sentences are read")
    sentences = sentences[: teaching.SENTENCES]
    readings = _read(read, [(one.text, one.paragraph) for one in sentences])
    slug = teaching.slug_of(source.title, sha256(data).hexdigest()[:TAIL])
    explain = teaching.explainer(texts)
    made = teaching.draft(slug, source, sentences, readings, explain, size, language)
    if not made.quiz_set.questions:
        raise SetError(f"{file}: no running text that could be asked about")
    checked(made.quiz_set)
    for line in _missing(made, stated):
        warn(f"{file}: {line}")
    return marked(made)


def marked(made: Draft) -> str:
    """Return a draft as YAML; above each question stands what was read and what is doubtful."""
    data, _ = write_file(made.quiz_set, f"{made.quiz_set.slug}.yaml")
    questions = {f"- id: {one.id}": one for one in made.quiz_set.questions}
    lines = [HEAD]
    for line in data.decode().splitlines(keepends=True):
        if question := questions.get(line.rstrip("\n")):
            lines.append(_remark(question, made.proposals[question.id]))
        lines.append(line)
    return "".join(lines)


def _remark(question: Question, proposal: Proposal) -> str:
    doubts = [proposal.why.replace("_", " ")] if proposal.why else []
    doubts += [] if proposal.words_sure else ["unsure which words are loaded"]
    if question.key is None:
        doubts.append("choose its kind, as it has no key")
        said = "not read"
    else:
        said = f"read as {question.key.kind.replace('_', ' ')}, p {proposal.p:.2f}"
    look = f"; LOOK CLOSELY: {', '.join(doubts)}" if doubts else ""
    return f"# {question.id}: {said}{look}\n"


def _source(article: Article, file: Path, stated: Mapping[str, str]) -> Source:
    """Return where an article is from; what nobody stated is said to be so."""
    return Source(
        title=stated["title"] or article.title or file.stem,
        author=stated["author"] or UNSTATED,
        publisher=stated["publisher"] or UNSTATED,
        date=stated["date"] or UNSTATED,
        url=stated["url"],
    )


def _missing(made: Draft, stated: Mapping[str, str]) -> Iterator[str]:
    """Yield a line on each thing that whoever drafts has to add or to check."""
    if not stated["title"]:
        yield f"the title is taken to be {quote(made.quiz_set.title)}; --title states another"
    if missing := [f"--{name}" for name in ASKED if not stated[name]]:
        yield f"where is it from? Please state {', '.join(missing)}"
    if teaching.foreign(made):
        yield (
            "the text does not seem to be English; every key is left to you"
            f" (the set says `language: {made.quiz_set.language}`, see --language)"
        )


def _read(read: Callable[[list[Pair]], list[Reading]], pairs: Sequence[Pair]) -> list[Reading]:
    """Return the readings of all pairs, with a bar on standard error where people see it."""
    console = Console(stderr=True)
    steps = track(
        range(0, len(pairs), BATCH),
        "reading",
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    return [reading for start in steps for reading in read(list(pairs[start : start + BATCH]))]


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SetError(f"cannot read {file}: {error.strerror}") from error
