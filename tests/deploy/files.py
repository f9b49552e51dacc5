"""The files of a deployment, read as their tools read them."""

from __future__ import annotations

import json
import re
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile."""

    name: str
    rest: str

    def words(self) -> list[str]:
        """Return the words, in either of the two forms."""
        found: list[str] = json.loads(self.rest) if self.rest[0] == "[" else self.rest.split()
        return found


def dockerfile() -> list[list[Instruction]]:
    """Return the instructions of the Dockerfile, stage by stage."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", text)).splitlines()
    stages: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, lines)):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stages.append([])
        stages[-1].append(Instruction(name, rest.strip()))
    return stages


def of(stage: list[Instruction], name: str) -> list[Instruction]:
    """Return the instructions of one name."""
    return [one for one in stage if one.name == name]


def environment(stage: list[Instruction]) -> dict[str, str]:
    """Return what a stage sets."""
    pairs = (word.partition("=") for one in of(stage, "ENV") for word in one.words())
    return {name: value for name, _, value in pairs}


def yaml(path: Path) -> Any:
    """Return what a YAML file holds."""
    return YAML(typ="safe", pure=True).load(path)


def services() -> dict[str, Any]:
    """Return the services of the compose file."""
    found: dict[str, Any] = yaml(ROOT / "compose.yaml")["services"]
    return found


def unit() -> dict[str, str]:
    """Return the settings of the service of the unit file; of one that is repeated, the last."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "whosays.service", encoding="utf-8")
    return dict(parser["Service"])


def code(page: Path) -> str:
    """Return what a page gives to be typed."""
    text = page.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"(?ms)^```sh\n(.*?)^```", text))
