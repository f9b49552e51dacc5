"""`make audit`: every lock against the published advisories, by pip-audit.

Where nothing could be looked up that is said, and the status is 0 unless `AUDIT=strict`: pip-audit
itself takes a package that the service does not know for one without advisories. Status 1 is for
advisories that were found, 2 for a look-up that was asked for strictly and did not happen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCKS = Path(__file__).parents[2] / "requirements"


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of one lock: how many packages were looked up, which not, and what was found."""

    looked_up: int
    unknown: tuple[str, ...]
    found: tuple[str, ...]


def read(answer: dict[str, Any]) -> Audited:
    """Return what pip-audit's JSON says."""
    packages = answer["dependencies"]
    known = [one for one in packages if "skip_reason" not in one]
    return Audited(
        looked_up=len(known),
        unknown=tuple(one["name"] for one in packages if "skip_reason" in one),
        found=tuple(
            f"{one['name']} {one['version']}: {advisory['id']}, fixed in"
            f" {', '.join(advisory['fix_versions']) or 'no version yet'}"
            for one in known
            for advisory in one["vulns"]
        ),
    )


def told(lock: str, audited: Audited | None) -> list[str]:
    """Return the lines on one lock; None stands for a service that could not be reached."""
    if audited is None or not audited.looked_up:
        return [f"{lock}: the advisory service cannot be reached, so NOTHING was audited"]
    lines = [f"{lock}: {audited.looked_up} packages audited, {len(audited.found)} advisories"]
    if audited.unknown:
        lines.append(f"{lock}: not known to the service: {', '.join(audited.unknown)}")
    return [*lines, *(f"  {one}" for one in audited.found)]


def status(all_: Iterable[Audited | None], *, strict: bool) -> int:
    """Return the exit status."""
    results = [*all_]
    if any(one is not None and one.found for one in results):
        return 1
    complete = all(one is not None and one.looked_up and not one.unknown for one in results)
    return 0 if complete or not strict else 2


def audit(lock: Path) -> Audited | None:
    """Ask pip-audit about a lock; None where it came back without an answer."""
    command = ["pip-audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    ran = subprocess.run(  # noqa: S603 - the tool of the same environment
        [str(Path(sys.executable).with_name(command[0])), *command[1:], "-f", "json", "-r", lock],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return read(json.loads(ran.stdout))
    except (ValueError, KeyError):
        return None


def main() -> int:
    """Audit all locks and tell."""
    results = {lock.name: audit(lock) for lock in sorted(LOCKS.glob("*.lock"))}
    for lock, audited in results.items():
        print("\n".join(told(lock, audited)))  # noqa: T201 - what it is run for
    return status(results.values(), strict=os.environ.get("AUDIT") == "strict")


if __name__ == "__main__":
    sys.exit(main())
