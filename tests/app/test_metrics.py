"""What Prometheus reads of a running bot, and that the documentation is true of it."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from bot.app.resources import release, resources
from bot.errors import SettingsError
from bot.local.faults import blocked
from bot.operate import metrics
from bot.operate.watch import Kind
from bot.reader.card import load_card
from tests.chat.dialogs import Chat, failing_journeys, verify
from tests.chat.sets import asks, seeds

DOCS = Path(__file__).parents[2] / "docs"

Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


def free_port() -> int:
    """Return a port of the loopback interface that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def page(port: int, path: str = "/metrics") -> tuple[int, str, str]:
    """Return status, media type and text of a page."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, answer.headers["Content-Type"], await answer.text()


async def scraped(port: int) -> Samples:
    """Return every sample by its name and labels."""
    status, media, text = await page(port)
    assert (status, media) == (200, metrics.CONTENT_TYPE)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float | None:
    """Return one sample, None where there is none."""
    return samples.get((name, frozenset(labels.items())))


async def test_a_dialogue_is_counted(tmp_path: Path) -> None:
    """After a dialogue every number is the one that the dialogue makes."""
    port = free_port()
    # One question has a key; the other is graded by the machine, which is sure.
    questions = seeds(asks(), asks(kind=None))
    async with Chat(tmp_path, questions, metrics_port=port) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", ()), ("[Next ▶]", "2 of 2")])
        await verify(chat, [("Opinion", ()), ("hello", ())])
        with failing_journeys():
            await verify(chat, [("/quiz", "1 of 2"), ("Opinion", "Something went wrong")])
        chat.telegram.refuse_next("sendMessage", blocked())
        await chat.say("/help")
        await chat.arrive("message", {"message_id": "nonsense"})
        chat.clock.pass_(minutes=2)
        samples = await scraped(port)

    updates = {
        (labels["what"], labels["outcome"]): count
        for (name, each), count in samples.items()
        if name == "whosays_updates_total" and (labels := dict(each))
    }
    assert updates == {
        ("command", "answered"): 3,
        ("press", "answered"): 1,
        ("answer", "answered"): 2,
        ("text", "answered"): 1,
        ("text", "failed"): 1,
    }
    graded = {
        (labels["by"], labels["sure"]): count
        for (name, each), count in samples.items()
        if name == "whosays_graded_total" and (labels := dict(each))
    }
    assert sum(graded.values()) == 2
    assert graded == {("key", "yes"): 1, ("reader", "yes"): 1}
    for name, count in (
        ("whosays_unparsed_updates_total", 1),
        ("whosays_handling_seconds_count", 8),
        ("whosays_sending_seconds_count", 8),
        ("whosays_grading_seconds_count", 2),
        ("whosays_waiting_updates", 0),
        ("whosays_unsent_answers", 0),
        ("whosays_poll_age_seconds", 120),
        ("whosays_model_works", 1),
        ("whosays_start_time_seconds", (chat.clock()).timestamp() - 120),
    ):
        assert value(samples, name) == count, name
    assert value(samples, "whosays_calls_total", how="blocked") == 1
    assert (value(samples, "whosays_calls_total", how="arrived") or 0) >= 8
    assert (value(samples, "whosays_handling_seconds_sum") or 0) > 0
    assert (value(samples, "whosays_disk_free_bytes") or 0) > 0
    assert (value(samples, "whosays_database_bytes") or 0) > 0
    assert value(samples, "whosays_backup_age_seconds") is None
    version = load_card(resources("reader") / "model").version
    assert value(samples, "whosays_model_info", version=version) == 1
    assert value(samples, "whosays_build_info", version=release()) == 1
    assert {value(samples, "whosays_trouble", kind=kind) for kind in Kind} == {0}
    assert str(chat.person.id) not in str(samples)


async def test_troubles_are_metrics(tmp_path: Path) -> None:
    """What operators are told is wrong is 1 until they are told that it is over."""
    port = free_port()
    async with Chat(tmp_path, seeds(asks()), metrics_port=port) as chat:
        chat.clock.pass_(minutes=5)
        await chat.bot.watch.look()
        samples = await scraped(port)
        assert value(samples, "whosays_trouble", kind="polling") == 1
        assert value(samples, "whosays_trouble", kind="disk") == 0
        await chat.say("/help")
        await chat.bot.watch.look()
        assert value(await scraped(port), "whosays_trouble", kind="polling") == 0


async def test_nothing_else_is_served_and_nothing_is_left(tmp_path: Path) -> None:
    """There is one page; when the bot ends, its port is free at once."""
    port = free_port()
    for _ in range(2):
        async with Chat(tmp_path, seeds(asks()), metrics_port=port):
            for path in ("/", "/metrics/", "/status", "/metrics/../etc"):
                assert (await page(port, path))[0] == 404
    with pytest.raises(aiohttp.ClientConnectorError):
        await page(port)


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """Where another program has the port, the bot says so and does not begin."""
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        chat = Chat(tmp_path, seeds(asks()), metrics_port=port)
        try:
            with pytest.raises(SettingsError, match=rf"METRICS_PORT: .*127.0.0.1:{port}.*in use"):
                await chat.bot.open()
        finally:
            await chat.bot.close()


async def test_two_bots_do_not_share_their_counts(tmp_path: Path) -> None:
    """Counts belong to one bot, and to one run of it."""
    ports = free_port(), free_port()
    async with (
        Chat(tmp_path / "a", seeds(asks()), metrics_port=ports[0]) as one,
        Chat(tmp_path / "b", seeds(asks()), metrics_port=ports[1]),
    ):
        await one.say("/help")
        counts = [value(await scraped(port), "whosays_handling_seconds_count") for port in ports]
    assert counts == [1, 0]


def test_the_table_of_metrics_is_true() -> None:
    """The documentation has the table that the code makes; `docs/metrics.md` is to be changed."""
    assert metrics.markdown() in (DOCS / "metrics.md").read_text(encoding="utf-8")


async def test_the_table_has_what_is_served(tmp_path: Path) -> None:
    """Every metric that is served stands in the table with its type, and no other does."""
    port = free_port()
    backups = tmp_path / "backups"
    backups.mkdir(parents=True)
    (backups / "whosays-20260301T120000Z.sqlite3").write_bytes(b"")
    async with Chat(tmp_path, seeds(asks()), metrics_port=port):
        _, _, text = await page(port)
    served = {
        (name, kind)
        for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE)
        if not name.endswith("_created")
    }
    # In the text format an info is a gauge that is 1.
    listed = {(each.name, each.kind.replace("info", "gauge")) for each in metrics.ALL}
    assert served == listed


def test_the_alert_rules_ask_for_metrics_that_there_are() -> None:
    """The example of rules for Prometheus is YAML and names nothing that is not served."""
    rules = YAML(typ="safe").load(DOCS / "alerts.yml")
    (group,) = rules["groups"]
    names = {each.name for each in metrics.ALL}
    names |= {f"{each.name}_{part}" for each in metrics.ALL for part in ("bucket", "count", "sum")}
    asked = {name for rule in group["rules"] for name in re.findall(r"whosays_\w+", rule["expr"])}
    assert len(group["rules"]) >= 6
    assert asked <= names
    assert all(rule["annotations"]["summary"] for rule in group["rules"])
