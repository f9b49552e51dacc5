"""What the audit of dependencies says, and when it fails."""

from __future__ import annotations

import pytest

from tests.abuse.audit import Audited, read, status, told

CLEAN = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited"}

# What pip-audit answers, then the statuses without and with AUDIT=strict, and a line of what is
# told of it.
ANSWERS = [
    ([CLEAN], 0, 0, "1 packages audited, 0 advisories"),
    ([CLEAN, BAD], 1, 1, "b 2: PYSEC-1, fixed in 3"),
    ([SKIPPED], 0, 2, "cannot be reached, so NOTHING was audited"),
    ([CLEAN, SKIPPED], 0, 2, "not known to the service: c"),
    ([], 0, 2, "cannot be reached, so NOTHING was audited"),
]


@pytest.mark.parametrize(("packages", "usual", "strict", "line"), ANSWERS)
def test_an_audit(packages: list[object], usual: int, strict: int, line: str) -> None:
    """Advisories fail; packages that could not be looked up are told, and fail where strict."""
    audited = read({"dependencies": packages})
    assert status([audited], strict=False) == usual
    assert status([audited], strict=True) == strict
    assert line in "\n".join(told("x.lock", audited))


def test_no_answer_at_all() -> None:
    """Without a service nothing is taken for audited."""
    assert status([None], strict=False) == 0
    assert status([None, Audited(1, (), ())], strict=True) == 2
    assert "NOTHING was audited" in told("x.lock", None)[0]
