"""An answer that waits for a person, with what there is to know for deciding on it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.buttons import Accept, Press, Reject, Rekey, RekeyWords, Uphold
from bot.chat.says import Keyboard
from bot.chat.views.labels import A_KIND_TEXT, KIND_TEXT
from bot.chat.views.passage import blockquote
from bot.quiz.answers import Marked
from bot.quiz.labels import Ask, Kind, Verdict
from bot.quiz.values import Question
from bot.store.disputes import Case
from bot.store.results import Result
from bot.teaching.exports import NO_WORDS, NOT_SURE, said_words
from bot.texts import Markup, Texts, joined

OBJECTION = 1_000
"""Characters of a learner's objection that are shown: with the rest they fit one message."""

LONGEST = 250
"""Characters of an answer or of a key that are shown.

With passage and objection they fit one message, also of letters that Telegram counts twice.
"""

BUTTON_TEXT = {NO_WORDS: "case-nothing", NOT_SURE: "case-not-sure"}
CASE_TEXT = {Ask.KIND: "case-kind", Ask.LOADED: "case-loaded", Ask.REASON: "case-reason"}


def case(
    texts: Texts,
    waiting: int,
    one: Case,
    result: Result,
    question: Question,
    kinds: Sequence[Kind],
) -> tuple[Markup, Keyboard]:
    """Return what waits: passage, key, reading, answer and the learner's words.

    `kinds` are those that the key may be changed to; without any the key is not theirs to change.
    """
    said = said_words(result, question.passage.target)
    parts = [
        texts.say("case-head", count=waiting),
        blockquote(question.passage, question.key.loaded if question.key else ()),
        joined(
            [
                texts.say(CASE_TEXT[result.ask], said=_shown(texts, said)),
                _key(texts, question, result.ask),
                _machine(texts, result),
                texts.say("case-why-disputed" if one.disputed else "case-why-unsure"),
                _objection(texts, one.words),
            ],
            "\n",
        ),
    ]
    rows = _decisions(texts, result)
    if kinds:
        rows += _keys(texts, result, question, kinds)
    return joined(parts, "\n\n"), rows


def unsettled(result: Result) -> bool:
    """Whether an answer was accepted only because no machine was sure of it."""
    return result.grade.verdict is Verdict.UNSURE


def _decisions(texts: Texts, result: Result) -> list[list[tuple[str, Press]]]:
    """Return what can be decided on the answer alone."""
    answer = result.answer
    if not unsettled(result):
        return [
            [
                (texts.plain("button-case-uphold"), Uphold(answer)),
                (texts.plain("button-case-accept"), Accept(answer)),
            ]
        ]
    return [
        [
            (texts.plain("button-case-right"), Accept(answer)),
            (texts.plain("button-case-wrong"), Reject(answer)),
        ],
        [(texts.plain("button-case-leave"), Uphold(answer))],
    ]


def _keys(
    texts: Texts, result: Result, question: Question, kinds: Sequence[Kind]
) -> list[list[tuple[str, Press]]]:
    """Return what the key can be changed to."""
    if result.ask is Ask.KIND:
        return [
            [
                (
                    texts.plain("button-case-rekey", kind=texts.plain(KIND_TEXT[kind])),
                    Rekey(result.answer, kind),
                )
            ]
            for kind in kinds
        ]
    if question.key is None or not isinstance(result.said, Marked):
        return []
    differs = set(result.said.spans) != set(question.key.loaded)
    words = (texts.plain("button-case-words"), RekeyWords(result.answer))
    return [[words]] if differs else []


def _key(texts: Texts, question: Question, ask: Ask) -> Markup:
    """Return what the key says about what was asked."""
    key, target = question.key, question.passage.target
    if key is None:
        return texts.say("case-no-key")
    kind = texts.say("case-key", kind=texts.say(A_KIND_TEXT[key.kind]))
    if ask is Ask.LOADED:
        words = " | ".join(target[start:end] for start, end in key.loaded)
        return texts.say("case-key-words", words=_short(words) or texts.plain("case-nothing"))
    if ask is Ask.REASON and key.reason:
        return joined(
            [kind, texts.say("case-key-reasons", cues=_short("; ".join(key.reason)))], " "
        )
    return kind


def _machine(texts: Texts, result: Result) -> Markup:
    if not result.grade.model_label:
        return Markup()
    percent = round(100 * (result.grade.model_p or 0))
    return texts.say(
        "case-machine", label=_short(result.grade.model_label.replace("_", " ")), percent=percent
    )


def _objection(texts: Texts, words: str) -> Markup:
    return texts.say("case-words", words=_short(words, OBJECTION)) if words else Markup()


def _shown(texts: Texts, said: str) -> str:
    names = {str(kind): texts.plain(KIND_TEXT[kind]) for kind in Kind}
    if said in BUTTON_TEXT:
        return texts.plain(BUTTON_TEXT[said])
    return _short(names.get(said, said))


def _short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
