"""How a draft is shown: as a whole, and question by question."""

from __future__ import annotations

from bot.chat.buttons import (
    AddWords,
    Discard,
    Drop,
    Explain,
    Keep,
    MarkWord,
    Press,
    Publish,
    SetKind,
    SetSource,
    Try,
    Walk,
)
from bot.chat.says import Keyboard
from bot.chat.views.labels import A_KIND_TEXT, KIND_TEXT, KINDS_TEXT
from bot.chat.views.lists import listed
from bot.chat.views.passage import blockquote
from bot.quiz.labels import Kind
from bot.quiz.values import Question, Source, Span
from bot.sets.balance import report
from bot.teaching.drafts import Difference, Draft, Proposal
from bot.texts import Markup, Texts, escaped, joined

NOTES = 8
"""Notes on a file that are shown; the shell's `sets check` shows them all."""

WORDS = 8
"""Proposed words that get a button each; more would hide the rest of the keyboard."""

LABEL = 40
"""Characters of the words on a button."""


def whole(
    texts: Texts,
    draft_id: int,
    draft: Draft,
    change: Difference | None,
    *,
    may_list: bool,
) -> tuple[Markup, Keyboard]:
    """Return a draft with what it holds, what is new in it, and what can be done with it."""
    counted = report(draft.quiz_set)
    kinds = joined(
        [
            texts.say(
                "draft-kind",
                kind=texts.say(KINDS_TEXT[one.kind]),
                count=one.settled + one.borderline,
            )
            for one in counted.kinds
        ],
        ", ",
    )
    lines = [
        texts.say("draft-head", title=draft.quiz_set.title, count=counted.questions),
        _source(texts, draft.quiz_set.source) if draft.proposals else Markup(),
        texts.say("draft-kinds", kinds=kinds),
        texts.say("draft-keyless", count=counted.keyless) if counted.keyless else Markup(),
        _scarce(texts, counted.scarce),
        _changed(texts, change),
        texts.say("draft-open", count=len(draft.open)) if draft.open else Markup(),
        *(texts.say("draft-note", note=note) for note in draft.notes[:NOTES]),
    ]
    return joined(lines, "\n"), _choices(texts, draft_id, draft, may_list=may_list)


def question(texts: Texts, draft_id: int, draft: Draft, asked: Question) -> tuple[Markup, Keyboard]:
    """Return a question of a draft as it would be published, with what can be changed in it."""
    proposal = draft.proposals.get(asked.id, Proposal())
    done = len(draft.quiz_set.questions) - len(draft.open)
    loaded = asked.key.loaded if asked.key else ()
    target = asked.passage.target
    words = tuple(target[start:end] for start, end in loaded)
    parts = [
        texts.say("draft-question", number=done + 1, total=len(draft.quiz_set.questions)),
        blockquote(asked.passage, loaded),
        joined([_proposed(texts, asked, proposal), _doubt(texts, proposal)], "\n"),
        texts.say("draft-loaded", words=listed(texts, words)) if words else Markup(),
        escaped(asked.explain) or texts.say("draft-no-explanation"),
    ]
    return joined(parts, "\n\n"), _changes(texts, draft_id, asked, proposal)


def _choices(texts: Texts, draft_id: int, draft: Draft, *, may_list: bool) -> Keyboard:
    rows: list[list[tuple[str, Press]]] = []
    if draft.open:
        rows.append([(texts.plain("button-draft-walk"), Walk(draft_id))])
    if draft.proposals:
        rows.append([(texts.plain("button-draft-source"), SetSource(draft_id))])
    if draft.quiz_set.questions:
        rows.append([(texts.plain("button-draft-try"), Try(f"d.{draft_id}", 0))])
        rows.append([(texts.plain("button-draft-publish"), Publish(draft_id, listed=False))])
        if may_list:
            rows.append([(texts.plain("button-draft-list"), Publish(draft_id, listed=True))])
    return [*rows, [(texts.plain("button-draft-discard"), Discard(draft_id))]]


def _changes(texts: Texts, draft_id: int, asked: Question, proposal: Proposal) -> Keyboard:
    chosen = asked.key.kind if asked.key else None
    kinds: list[tuple[str, Press]] = [
        (
            texts.plain(
                "button-draft-chosen" if kind is chosen else "button-draft-kind",
                kind=texts.plain(KIND_TEXT[kind]),
            ),
            SetKind(draft_id, asked.id, kind),
        )
        for kind in Kind
    ]
    loaded = asked.key.loaded if asked.key else ()
    words = [
        [_word(texts, draft_id, asked, span, loaded=span in loaded)]
        for span in tuple(dict.fromkeys((*proposal.words, *loaded)))[:WORDS]
    ]
    return [
        kinds[:2],
        kinds[2:],
        *words,
        [
            (texts.plain("button-draft-words"), AddWords(draft_id, asked.id)),
            (texts.plain("button-draft-explain"), Explain(draft_id, asked.id)),
        ],
        [
            (texts.plain("button-draft-drop"), Drop(draft_id, asked.id)),
            (texts.plain("button-draft-keep"), Keep(draft_id, asked.id)),
        ],
    ]


def _word(
    texts: Texts, draft_id: int, asked: Question, span: Span, *, loaded: bool
) -> tuple[str, Press]:
    start, end = span
    label = "button-draft-loaded" if loaded else "button-draft-plain"
    return (
        texts.plain(label, words=asked.passage.target[start:end][:LABEL]),
        MarkWord(draft_id, asked.id, start, end, loaded=not loaded),
    )


def _proposed(texts: Texts, asked: Question, proposal: Proposal) -> Markup:
    if asked.key is None:
        return texts.say("draft-no-key")
    kind = texts.say(A_KIND_TEXT[asked.key.kind])
    if not proposal.p:
        return texts.say("draft-is", kind=kind)
    return texts.say("draft-read-as", kind=kind, percent=round(100 * proposal.p))


def _doubt(texts: Texts, proposal: Proposal) -> Markup:
    if proposal.why:
        return texts.say("draft-doubt")
    return Markup() if proposal.words_sure else texts.say("draft-doubt-words")


def _source(texts: Texts, source: Source) -> Markup:
    return texts.say(
        "draft-source",
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        date=source.date,
    )


def _scarce(texts: Texts, scarce: tuple[Kind, ...]) -> Markup:
    if not scarce:
        return Markup()
    kinds = joined([texts.say(KINDS_TEXT[kind]) for kind in scarce], ", ")
    return texts.say("draft-scarce", kinds=kinds)


def _changed(texts: Texts, change: Difference | None) -> Markup:
    if change is None:
        return Markup()
    return texts.say(
        "draft-changed",
        new=len(change.new),
        changed=len(change.changed),
        removed=len(change.removed),
    )
