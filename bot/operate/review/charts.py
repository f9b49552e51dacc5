"""The dashboard: a chart for each of `queries.CHARTED`, in Vega-Lite's own terms."""

from __future__ import annotations

from typing import Any

from bot.operate.review.queries import CHARTED
from bot.quiz.labels import Kind, ReasonLabel, Verdict

DATABASE = "review"
"""What Datasette calls the snapshot, after the name of its file."""

DASHBOARD = "score-log"
"""The last part of the dashboard's address."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the version of the charts, which the page brings along; nothing is fetched from there."""

# Colour-blind safe (Okabe & Ito): bluish green is right, vermilion wrong, greys settle nothing.
_VERDICTS = {
    Verdict.RIGHT: "#009E73",
    Verdict.PARTLY: "#56B4E9",
    Verdict.WRONG: "#D55E00",
    Verdict.PASSED: "#999999",
    Verdict.BORDERLINE: "#F0E442",
    Verdict.UNSURE: "#CC79A7",
    Verdict.LATE: "#CCCCCC",
}
_ASKS = {"kind": "#0072B2", "loaded": "#E69F00", "reason": "#009E73"}
_STATES = {
    "sent": "#009E73",
    "blocked": "#D55E00",
    "failed": "#CC79A7",
    "unknown": "#E69F00",
    "waiting": "#CCCCCC",
    "sending": "#56B4E9",
}
_TROUBLE = {
    "no machine was sure": "#CC79A7",
    "learner disagreed": "#D55E00",
    "still waiting": "#666666",
}
_MARKS = {"found": "#009E73", "missed": "#999999", "over-marked": "#D55E00"}
_AXES = {"stance": "#0072B2", "source": "#E69F00"}

_LABELS = (*Kind, *ReasonLabel, "some words")
"""What a machine reads, in an order in which like stands beside like."""

_HEIGHT, _STEP = 230, 28
"""Pixels of a chart, and of a row of a confusion table."""


def dashboard(sets: str) -> dict[str, Any]:
    """Return the dashboard for datasette-dashboards; `sets` is the query behind its filter."""
    charts = {}
    for query in CHARTED:
        library, display = _DISPLAYS[query.name]
        charts[query.name] = {
            "title": query.title,
            "note": "" if library == "metric" else query.what,
            "database": DATABASE,
            "library": library,
            "display": display,
        }
    return {
        "title": "Score log",
        "description": "What learners answered, and how it was graded. A title leads to the figures"
        " behind its chart, as a table, CSV and JSON.",
        "settings": {"allow_fullscreen": True},
        "layout": _LAYOUT,
        "filters": {"set": {"name": "Set", "type": "select", "db": DATABASE, "query": sets}},
        "charts": charts,
    }


def _of(field: str, type_: str, title: str | None, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": type_, "title": title, **more}


def _colour(field: str, colours: dict[Any, str]) -> dict[str, Any]:
    """Return an encoding by colour, whose legend needs no title."""
    scale = {"domain": [*colours], "range": [*colours.values()]}
    return _of(field, "nominal", None, scale=scale, legend={"orient": "top", "symbolOpacity": 1})


def _date(field: str, title: str) -> dict[str, Any]:
    """Return an encoding of days, which are those of UTC wherever the browser is."""
    axis = {"format": "%-d %b %Y", "labelOverlap": True, "grid": False, "tickCount": 8}
    return _of(field, "temporal", title, timeUnit="utcyearmonthdate", axis=axis)


def _chart(**spec: Any) -> tuple[str, dict[str, Any]]:
    own = {"editor": False, "source": False, "compiled": False}
    return "vega-lite", {
        "$schema": _SCHEMA,
        "height": _HEIGHT,
        "usermeta": {"embedOptions": {"actions": own}},
        **spec,
    }


def _lines(
    x: dict[str, Any], y: dict[str, Any], colour: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    mark = {"type": "line", "point": {"size": 18}, "tooltip": {"content": "data"}}
    return _chart(mark=mark, encoding={"x": x, "y": y, "color": colour})


def _confusion(truth: str, title: str) -> tuple[str, dict[str, Any]]:
    """Return a table of counts, the darker the more of its row they are."""
    names = {"labelExpr": "replace(datum.label, '_', ' ')", "labelLimit": 260}
    y = _of("row", "nominal", f"model version: {title}", axis=names)
    x = _of("machine", "nominal", "machine", axis={**names, "labelAngle": -30}, sort=[*_LABELS])
    scale = {"domain": [0, 1], "scheme": "blues"}
    shade = _of("share", "quantitative", None, scale=scale, legend=None)
    dark = {"test": "datum.share > 0.5", "value": "white"}
    return _chart(
        height={"step": _STEP},
        transform=[{"calculate": f"datum.model_version + ': ' + datum.{truth}", "as": "row"}],
        encoding={"x": x, "y": y},
        layer=[
            {
                "mark": {"type": "rect", "tooltip": {"content": "data"}},
                "encoding": {"color": shade},
            },
            {
                "mark": {"type": "text"},
                "encoding": {
                    "text": _of("answers", "quantitative", None, format=","),
                    "color": {"condition": dark, "value": "black"},
                },
            },
        ],
    )


def _sensitivity(x: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return lines of d′ in the band of its interval."""
    colour = _colour("axis", _AXES)
    line = {"type": "line", "point": {"size": 18}, "tooltip": {"content": "data"}}
    title = "d′ (0: guessing, 2: good)"
    return _chart(
        encoding={"x": x, "color": colour},
        layer=[
            {
                "mark": {"type": "area", "opacity": 0.15},
                "encoding": {
                    "y": _of("low", "quantitative", title),
                    "y2": {"field": "high"},
                },
            },
            {"mark": line, "encoding": {"y": _of("sensitivity", "quantitative", title)}},
        ],
    )


def _number(field: str, suffix: str = "") -> tuple[str, dict[str, Any]]:
    return "metric", {"field": field, "suffix": suffix}


_DATA = {"content": "data"}
_UNIT = {"domain": [0, 1]}
_COUNT = _of("answers", "quantitative", "answers")

_DISPLAYS = {
    "number_of_answers": _number("shown"),
    "mean_score": _number("percent", " %"),
    "waiting": _number("shown"),
    "up_to": _number("shown"),
    "answers_per_day": _chart(
        mark={"type": "bar", "tooltip": _DATA},
        encoding={"x": _date("day", "day (UTC)"), "y": _COUNT, "color": _colour("ask", _ASKS)},
    ),
    "grades_by_type": _chart(
        height={"step": 60},
        mark={"type": "bar", "tooltip": _DATA},
        encoding={
            "y": _of("ask", "nominal", "question type"),
            "x": {**_of("answers", "quantitative", "share of answers"), "stack": "normalize"},
            "color": _colour("verdict", _VERDICTS),
            "order": {"field": "place", "type": "quantitative"},
        },
        transform=[
            {"calculate": f"indexof({[*map(str, _VERDICTS)]}, datum.verdict)", "as": "place"}
        ],
    ),
    "unsure_and_disputed": _lines(
        _date("week", "week from"),
        _of("answers", "quantitative", "answers"),
        _colour("what", _TROUBLE),
    ),
    "machine_against_key": _confusion("key_says", "key"),
    "machine_against_person": _confusion("decision", "decision"),
    "difficulty": _chart(
        mark={"type": "point", "filled": True, "opacity": 0.75, "tooltip": _DATA},
        encoding={
            "x": _of("facility", "quantitative", "facility (0 hard, 1 easy)", scale=_UNIT),
            "y": _of("discrimination", "quantitative", "discrimination (-1 to 1)"),
            "size": _of("answers", "quantitative", None, legend=None),
            "color": _colour("ask", _ASKS),
        },
    ),
    "discernment_by_week": _sensitivity(_date("week", "week from")),
    "discernment_with_practice": _sensitivity(
        _of("answer", "quantitative", "ten answers about kinds, from the learner's n-th")
    ),
    "over_marking": _lines(
        _date("week", "week from"),
        _of("parts", "quantitative", "parts of a passage per answer"),
        _colour("what", _MARKS),
    ),
    "time_to_answer": _lines(
        _of("seconds", "quantitative", "seconds from shown to answered (last: and longer)"),
        _of("answers", "quantitative", "answers in 5 seconds"),
        _colour("ask", _ASKS),
    ),
    "pushes_delivered": _chart(
        height={"step": 15},
        mark={"type": "bar", "tooltip": _DATA},
        encoding={
            "y": _of("row", "nominal", None, sort=None, axis={"labelLimit": 200}),
            "x": _of("learners", "quantitative", "learners", axis={"tickMinStep": 1}),
            "color": _colour("state", _STATES),
        },
        transform=[{"calculate": "'push ' + datum.push + ', class ' + datum.class", "as": "row"}],
    ),
}

_LAYOUT = [
    ["number_of_answers", "mean_score", "waiting", "up_to"],
    ["answers_per_day"] * 4,
    [*["grades_by_type"] * 2, *["unsure_and_disputed"] * 2],
    [*["machine_against_key"] * 2, *["machine_against_person"] * 2],
    [*["difficulty"] * 2, *["discernment_by_week"] * 2],
    [*["discernment_with_practice"] * 2, *["over_marking"] * 2],
    [*["time_to_answer"] * 2, *["pushes_delivered"] * 2],
]
"""The cards of each row, of which each takes as many quarters as it is named."""
