"""Which sentence of the prompts names which value of the core."""

from __future__ import annotations

from bot.quiz.labels import Ask, Kind, Verdict

KIND_TEXT = {
    Kind.SOURCED_FACT: "kind-sourced_fact",
    Kind.UNSOURCED_CLAIM: "kind-unsourced_claim",
    Kind.REPORTED_OPINION: "kind-reported_opinion",
    Kind.OPINION: "kind-opinion",
}
A_KIND_TEXT = {
    Kind.SOURCED_FACT: "a-kind-sourced_fact",
    Kind.UNSOURCED_CLAIM: "a-kind-unsourced_claim",
    Kind.REPORTED_OPINION: "a-kind-reported_opinion",
    Kind.OPINION: "a-kind-opinion",
}
KINDS_TEXT = {
    Kind.SOURCED_FACT: "kinds-sourced_fact",
    Kind.UNSOURCED_CLAIM: "kinds-unsourced_claim",
    Kind.REPORTED_OPINION: "kinds-reported_opinion",
    Kind.OPINION: "kinds-opinion",
}
GOOD_REASON_TEXT = {
    Kind.SOURCED_FACT: "reason-for-sourced_fact",
    Kind.UNSOURCED_CLAIM: "reason-for-unsourced_claim",
    Kind.REPORTED_OPINION: "reason-for-reported_opinion",
    Kind.OPINION: "reason-for-opinion",
}
VERDICT_TEXT = {
    Verdict.RIGHT: "verdict-right",
    Verdict.PARTLY: "verdict-partly",
    Verdict.WRONG: "verdict-wrong",
    Verdict.PASSED: "verdict-passed",
    Verdict.BORDERLINE: "verdict-borderline",
    Verdict.UNSURE: "verdict-unsure",
    Verdict.LATE: "verdict-late",
}
VERDICT_WORD_TEXT = {
    Verdict.RIGHT: "word-right",
    Verdict.PARTLY: "word-partly",
    Verdict.WRONG: "word-wrong",
    Verdict.PASSED: "word-passed",
    Verdict.BORDERLINE: "word-borderline",
    Verdict.UNSURE: "word-unsure",
    Verdict.LATE: "word-late",
}
PICTURE_TEXT = {
    Ask.KIND: "picture-kind",
    Ask.LOADED: "picture-loaded",
    Ask.REASON: "picture-reason",
}
