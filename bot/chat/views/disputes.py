"""An answer that waits for a person, and a regrade that waits for a yes."""

from __future__ import annotations

from bot.chat.buttons import Accept, Press, Regrade, Rekey, Uphold
from bot.chat.says import Keyboard
from bot.chat.views.labels import A_KIND_TEXT, KIND_TEXT
from bot.chat.views.passage import blockquote
from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Question
from bot.store.disputes import Case
from bot.store.results import Result
from bot.teaching.exports import said_words
from bot.teaching.regrades import Change, Plan
from bot.texts import Markup, Texts, joined

CHANGES = 15
"""Changes of a regrade that are listed; more are counted."""

CASE_TEXT = {Ask.KIND: "case-kind", Ask.LOADED: "case-loaded", Ask.REASON: "case-reason"}


def case(
    texts: Texts, waiting: int, one: Case, result: Result, question: Question, *, may_rekey: bool
) -> tuple[Markup, Keyboard]:
    """Return what waits: passage, key, reading, answer and the learner's words."""
    said = said_words(result, question.passage.target)
    parts = [
        texts.say("case-head", count=waiting),
        blockquote(question.passage, question.key.loaded if question.key else ()),
        joined(
            [
                texts.say(CASE_TEXT[result.ask], said=_shown(texts, said)),
                _key(texts, question),
                _machine(texts, result),
                texts.say("case-why-disputed" if one.disputed else "case-why-unsure"),
                texts.say("case-words", words=one.words) if one.words else Markup(),
            ],
            "\n",
        ),
    ]
    rows: list[list[tuple[str, Press]]] = [
        [
            (
                texts.plain("button-case-uphold" if one.disputed else "button-case-wrong"),
                Uphold(one.answer),
            ),
            (
                texts.plain("button-case-accept" if one.disputed else "button-case-right"),
                Accept(one.answer),
            ),
        ]
    ]
    if may_rekey and result.ask is Ask.KIND:
        kinds = [kind for kind in Kind if question.key is None or question.key.kind is not kind]
        rows += [
            [
                (
                    texts.plain("button-case-rekey", kind=texts.plain(KIND_TEXT[kind])),
                    Rekey(one.answer, kind),
                )
            ]
            for kind in kinds
        ]
    return joined(parts, "\n\n"), rows


def plan(
    texts: Texts, slug: str, title: str, found: Plan, *, lower: bool
) -> tuple[Markup, Keyboard]:
    """Return what a regrade would change, and the buttons that do it or let scores fall."""
    lines = [_change(texts, one) for one in found.changes[:CHANGES]]
    more = len(found.changes) - CHANGES
    parts = [
        texts.say("regrade-head", title=title, count=len(found.changes)),
        joined(lines, "\n"),
        texts.say("regrade-more", count=more) if more > 0 else Markup(),
        texts.say("regrade-spared", count=found.spared) if found.spared else Markup(),
    ]
    rows: list[list[tuple[str, Press]]] = []
    if found.changes:
        rows.append([(texts.plain("button-regrade"), Regrade(slug, lower=lower, apply=True))])
    if found.spared or lower:
        key = "button-regrade-spare" if lower else "button-regrade-lower"
        rows.append([(texts.plain(key), Regrade(slug, lower=not lower, apply=False))])
    return joined(parts, "\n\n"), rows


def _change(texts: Texts, one: Change) -> Markup:
    return texts.say(
        "regrade-change",
        learner=one.result.learner,
        question=one.result.question,
        before=f"{one.result.grade.score:.2f}",
        after=f"{one.grade.score:.2f}",
    )


def _key(texts: Texts, question: Question) -> Markup:
    if question.key is None:
        return texts.say("case-no-key")
    return texts.say("case-key", kind=texts.say(A_KIND_TEXT[question.key.kind]))


def _machine(texts: Texts, result: Result) -> Markup:
    if not result.grade.model_label:
        return Markup()
    percent = round(100 * (result.grade.model_p or 0))
    return texts.say(
        "case-machine", label=result.grade.model_label.replace("_", " "), percent=percent
    )


def _shown(texts: Texts, said: str) -> str:
    kinds = {str(kind): texts.plain(KIND_TEXT[kind]) for kind in Kind}
    return kinds.get(said, said) or texts.plain("case-nothing")
