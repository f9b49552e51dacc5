"""Image, compose file, proxy, Litestream and unit file: confined, without secrets, and in tune."""

from __future__ import annotations

import re

import pytest

from bot.cli import main
from bot.settings import DATABASE, Settings, load
from tests.deploy.files import (
    DEPLOY,
    ROOT,
    code,
    dockerfile,
    environment,
    of,
    services,
    unit,
    yaml,
)

PAGE = ROOT / "docs" / "deploy.md"
SERVICES = ("bot", "proxy", "litestream")
PINNED = re.compile(r"[a-z0-9./-]+:\d+\.[\w.-]+")
SECRET = re.compile(r"(?i)token|password|secret|key")


def test_the_image_runs_as_nobody_in_particular() -> None:
    """The last stage has a user of its own with a number, and nothing is done as it but running."""
    stage = dockerfile()[-1]
    (user,) = of(stage, "USER")
    assert user.rest not in {"root", "0"}
    after = {one.name for one in stage[stage.index(user) :]}
    assert after.isdisjoint({"RUN", "COPY", "ADD"})
    made = " ".join(one.rest for one in of(stage, "RUN"))
    assert f"--uid {services()['litestream']['user'].partition(':')[0]} " in made


def test_the_image_has_one_volume() -> None:
    """What is kept lies in one volume: the data folder."""
    stage = dockerfile()[-1]
    (volume,) = of(stage, "VOLUME")
    assert environment(stage)["WHOSAYS_DATA"] == volume.rest == "/data"


def test_the_image_holds_no_secret() -> None:
    """No stage is given a token or a password, by argument, by environment or by file."""
    for stage in dockerfile():
        assert of(stage, "ARG") == []
        assert [name for name in environment(stage) if SECRET.search(name)] == []
        assert [one.rest for one in of(stage, "COPY") if ".env" in one.rest] == []
    kept_out, *let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert kept_out == "*"
    assert "!.env" not in let_in


@pytest.mark.parametrize("name", ["CMD", "HEALTHCHECK"])
def test_the_image_calls_commands_that_there_are(name: str) -> None:
    """What runs and what checks it are commands of the program, with options that they have."""
    (found,) = of(dockerfile()[-1], name)
    words = re.sub(r"^(--\S+ )+CMD ", "", found.rest)
    program, command, *options = [word.strip('"') for word in words.strip("[]").split(", ")]
    assert program == "whosays"
    known = {option for param in main.commands[command].params for option in param.opts}
    assert set(options) <= known


def test_images_are_pinned() -> None:
    """Nothing is built from or run as whatever is newest."""
    named = [one.rest.split()[0] for stage in dockerfile() for one in of(stage, "FROM")]
    named += [service["image"] for service in services().values() if "build" not in service]
    assert [name for name in named if not PINNED.fullmatch(name)] == []


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_confined(name: str) -> None:
    """Each runs on a read-only tree, with no way to more rights, and comes back by itself."""
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert "privileged" not in service


def test_only_the_proxy_is_reached_from_outside() -> None:
    """Ports are published by the TLS proxy alone, which runs only where it is asked for."""
    everything = services()
    assert set(everything) == set(SERVICES)
    assert [name for name in everything if "ports" in everything[name]] == ["proxy"]
    profiles = {name: service.get("profiles") for name, service in everything.items()}
    assert profiles == {"bot": None, "proxy": ["webhook"], "litestream": ["litestream"]}


def test_what_is_mounted_is_there() -> None:
    """Files that are mounted are in the repository, and volumes are named."""
    named = set(yaml(ROOT / "compose.yaml")["volumes"])
    for service in services().values():
        for mount in service["volumes"]:
            source = mount.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith(".") else source in named


def test_secrets_stay_where_they_are_needed() -> None:
    """The bot and Litestream each read a file of their own, that need not be there."""
    files = {name: service.get("env_file") for name, service in services().items()}
    assert files == {
        "bot": [{"path": ".env", "required": False}],
        "proxy": None,
        "litestream": [{"path": ".env.litestream", "required": False}],
    }
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".env", ".env.litestream"} <= set(ignored)


def test_the_proxy_hands_on_to_the_bot() -> None:
    """The proxy calls the service of the bot at the port on which it listens by itself."""
    port = Settings.__dataclass_fields__["webhook_port"].default
    assert f"reverse_proxy bot:{port}\n" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    stage = dockerfile()[-1]
    assert of(stage, "EXPOSE")[0].rest == str(port)
    assert environment(stage)["WHOSAYS_LISTEN"] == "0.0.0.0"  # noqa: S104 - in the container
    assert "bot" in services()["proxy"]["depends_on"]


def test_litestream_copies_the_database() -> None:
    """Litestream watches the file that the bot writes, in the volume that both have."""
    settings = yaml(DEPLOY / "litestream.yml")
    (database,) = settings["dbs"]
    assert database["path"] == f"/data/{DATABASE}"
    assert database["replica"] == {"url": "${LITESTREAM_REPLICA_URL}"}
    assert set(settings["snapshot"]) == {"interval", "retention"}
    assert "data:/data" in services()["litestream"]["volumes"]
    assert "data:/data" in services()["bot"]["volumes"]


CONFINED = {
    "DynamicUser": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "MemoryDenyWriteExecute": "yes",
    "RestrictSUIDSGID": "yes",
    "UMask": "0077",
}


def test_the_unit_is_confined() -> None:
    """Under systemd too the bot may write its own folder, and gains no rights."""
    found = unit()
    assert {name: found.get(name) for name in CONFINED} == CONFINED
    assert found["WorkingDirectory"] == f"/var/lib/{found['StateDirectory']}"
    assert [name for name in found if name in {"ReadWritePaths", "Environment=WHOSAYS_TOKEN"}] == []


def test_settings_are_read_from_what_the_page_says() -> None:
    """The lines that the page puts into files of settings are settings that can be read."""
    lines = re.findall(r"(?m)^(WHOSAYS_\w+)=(\S+)$", code(PAGE))
    assert {name for name, _ in lines} >= {"WHOSAYS_TOKEN", "WHOSAYS_WEBHOOK_URL"}
    found = load(dict(lines), ROOT / "deploy")
    assert found.require_token()
    assert found.webhook_url.startswith("https://")


def test_the_page_names_commands_that_there_are() -> None:
    """Each command of the program on the page is one."""
    named = set(re.findall(r"(?:bin/|exec bot |--rm bot |as-the-bot )whosays ([a-z]+)", code(PAGE)))
    assert named >= {"doctor", "restore"}
    assert named <= set(main.commands)
