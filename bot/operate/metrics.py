"""What Prometheus is told: one table of metrics, and the objects that count them.

All of it lives in a registry of its own, so that two bots in one process do not share a count. No
label says whose an update was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric as MetricFamily

CONTENT_TYPE = CONTENT_TYPE_LATEST
"""The media type of `Metrics.text`: Prometheus's text exposition format."""

HANDLING = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds: from a press that needs no reading to one that waits for the model to be loaded."""

SENDING = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0, 300.0)
"""Seconds: from one quick call to the end of the patience that answers are sent with."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric as the documentation has it; `labels` with the values each may have."""

    name: str
    kind: str
    what: str
    labels: str = ""


UPDATES = Metric(
    "whosays_updates_total",
    "counter",
    "updates handled",
    "`what`: command, press, answer, document, text, other; `outcome`: answered, silent, failed,"
    " unsent, kept",
)
UNPARSED = Metric("whosays_unparsed_updates_total", "counter", "updates that no one could read")
HANDLED = Metric(
    "whosays_handling_seconds", "histogram", "from taking up an update to its effects on disk"
)
SENT = Metric("whosays_sending_seconds", "histogram", "from there to the end of its answers")
GRADING = Metric(
    "whosays_grading_seconds", "histogram", "grading one answer, the machine's reading included"
)
GRADED = Metric(
    "whosays_graded_total",
    "counter",
    "answers graded; the unsure rate is that of verdict `unsure` among those by `reader`",
    "`by`: key, reader, person; `verdict`: right, partly, wrong, passed, borderline, unsure, late;"
    " `sure`: yes, no, or empty where no machine read",
)
CALLS = Metric(
    "whosays_calls_total",
    "counter",
    "attempts at sending something, by how they ended",
    "`how`: arrived, flood (429), network, blocked, refused, token",
)
WAITING = Metric("whosays_waiting_updates", "gauge", "updates taken in and not yet handled")
UNSENT = Metric("whosays_unsent_answers", "gauge", "handled updates with answers not yet sent")
HEARD = Metric("whosays_poll_age_seconds", "gauge", "since the last poll that went well")
MODEL = Metric("whosays_model_info", "info", "the classifier's version", "`version`")
WORKS = Metric("whosays_model_works", "gauge", "1, or 0 where the classifier cannot be used")
FREE = Metric("whosays_disk_free_bytes", "gauge", "least free space where data and backups lie")
SIZE = Metric("whosays_database_bytes", "gauge", "the database with its write-ahead log")
BACKUP = Metric("whosays_backup_age_seconds", "gauge", "since the last backup; absent without one")
STARTED = Metric("whosays_start_time_seconds", "gauge", "when the bot started, as Unix time")
TROUBLES = Metric(
    "whosays_trouble",
    "gauge",
    "1 while there is a trouble that operators are told of, 0 else",
    "`kind`",
)
BUILD = Metric("whosays_build_info", "info", "the bot's version", "`version`")

ALL = (
    UPDATES,
    UNPARSED,
    HANDLED,
    SENT,
    GRADING,
    GRADED,
    CALLS,
    WAITING,
    UNSENT,
    HEARD,
    MODEL,
    WORKS,
    FREE,
    SIZE,
    BACKUP,
    STARTED,
    TROUBLES,
    BUILD,
)


@dataclass(frozen=True, slots=True)
class Levels:
    """What is read when Prometheus asks: counts, seconds and bytes; None where there is none.

    `troubles` are the kinds of trouble that there may be, with whether operators are told of each.
    """

    waiting: int
    unsent: int
    poll_age: float | None
    model: str
    model_works: bool
    disk_free: int
    database: int
    backup_age: float | None
    troubles: Mapping[str, bool]


class Metrics:
    """Counts what happens, from its construction on."""

    def __init__(self, version: str, started: float) -> None:
        """Begin at zero; `version` is the bot's, `started` the moment as Unix time."""
        registry = self._registry = CollectorRegistry()

        def counter(metric: Metric, *labels: str) -> Counter:
            return Counter(metric.name, metric.what, labels, registry=registry)

        def histogram(metric: Metric, buckets: tuple[float, ...] = HANDLING) -> Histogram:
            return Histogram(metric.name, metric.what, registry=registry, buckets=buckets)

        self._updates = counter(UPDATES, "what", "outcome")
        self._unparsed = counter(UNPARSED)
        self._handling = histogram(HANDLED)
        self._sending = histogram(SENT, SENDING)
        self._grading = histogram(GRADING)
        self._graded = counter(GRADED, "by", "verdict", "sure")
        self._calls = counter(CALLS, "how")
        self._levels: list[MetricFamily] = []
        registry.register(self)
        build = Info(BUILD.name.removesuffix("_info"), BUILD.what, registry=registry)
        build.info({"version": version})
        Gauge(STARTED.name, STARTED.what, registry=registry).set(started)

    def handled(self, what: str, outcome: str, seconds: float, sending: float) -> None:
        """Count an update."""
        self._updates.labels(what, outcome).inc()
        self._handling.observe(seconds)
        self._sending.observe(sending)

    def unparsed(self) -> None:
        """Count an update that could not be read."""
        self._unparsed.inc()

    def graded(self, by: str, verdict: str, *, sure: bool | None, seconds: float) -> None:
        """Count an answer that was graded."""
        self._graded.labels(by, verdict, "" if sure is None else "yes" if sure else "no").inc()
        self._grading.observe(seconds)

    def attempted(self, how: str) -> None:
        """Count an attempt at sending something."""
        self._calls.labels(how).inc()

    def text(self, levels: Levels) -> bytes:
        """Return everything in Prometheus's text exposition format."""
        self._levels = list(_families(levels))
        return generate_latest(self._registry)

    def collect(self) -> Iterator[MetricFamily]:
        """Yield what is read when Prometheus asks, as a registry wants it of its collectors."""
        yield from self._levels


def _families(levels: Levels) -> Iterator[MetricFamily]:
    values: tuple[tuple[Metric, float | None], ...] = (
        (WAITING, levels.waiting),
        (UNSENT, levels.unsent),
        (HEARD, levels.poll_age),
        (WORKS, levels.model_works),
        (FREE, levels.disk_free),
        (SIZE, levels.database),
        (BACKUP, levels.backup_age),
    )
    for metric, value in values:
        if value is not None:
            yield GaugeMetricFamily(metric.name, metric.what, float(value))
    model = InfoMetricFamily(MODEL.name.removesuffix("_info"), MODEL.what)
    model.add_metric((), {"version": levels.model})
    yield model
    troubles = GaugeMetricFamily(TROUBLES.name, TROUBLES.what, labels=["kind"])
    for kind, told in levels.troubles.items():
        troubles.add_metric([kind], float(told))
    yield troubles


def markdown() -> str:
    """Return the table of all metrics, as the documentation has it."""
    lines = ["| metric | type | what it is | labels |", "| --- | --- | --- | --- |"]
    lines += [f"| `{each.name}` | {each.kind} | {each.what} | {each.labels} |" for each in ALL]
    return "\n".join(lines)
