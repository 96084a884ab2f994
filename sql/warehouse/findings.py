"""What the last run's checks found, kept beside the editions.

A run whose blocking check failed publishes no edition, yet people must see why; so findings
are a file of their own, replaced in one step at the end of every run, passed or not.
"""

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sql.warehouse.rules import Severity, rules_about_lots

ROWS_KEPT = 1000


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        table: Table checked.
        name: The sentence that must hold.
        kind: `rule`, `contract` or `grain`.
        severity: What a breach means.
        description: What a breach means on the floor.
        breaches_count: How many rows break it.
        rows: The first of them, at most 1,000.
        lot_codes: Every lot that a breach names, sorted.
    """

    table: str
    name: str
    kind: str
    severity: Severity
    description: str
    breaches_count: int
    rows: list[dict[str, Any]]
    lot_codes: list[str]

    @property
    def passed(self) -> bool:
        """Tell whether nothing breaks it."""
        return self.breaches_count == 0


def write_findings(
    home: Path, *, run_id: str, record_as_of: str, published: bool, found: Sequence[Finding]
) -> None:
    """Replace the report of the last run; see `read_findings`."""
    report = {
        "run_id": run_id,
        "record_as_of": record_as_of,
        "published": published,
        "checks": [asdict(finding) | {"passed": finding.passed} for finding in found],
    }
    folder = home / "findings"
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"latest.{os.getpid()}.unfinished"
    said = {"ran_at": datetime.now(UTC).isoformat(), **report}
    unfinished.write_text(json.dumps(said, default=str), encoding="utf-8")
    os.replace(unfinished, folder / "latest.json")


def read_findings(home: Path) -> dict[str, Any] | None:
    """Return the last run's report, or None where no run has ended yet.

    Returns:
        run_id; ran_at and record_as_of (ISO 8601, UTC); published (whether an edition came of
        it); checks: table, name, kind (rule, contract, grain), severity, description, passed,
        breaches_count, rows (at most 1,000 of the breaches, with what mends them), lot_codes
        (every lot that a breach names, sorted).
    """
    try:
        return json.loads((home / "findings" / "latest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class OpenFindings:
    """What the last checks found, by lot.

    Attributes:
        record_as_of: The moment (UTC) of the record they looked at.
        checks_by_lot: Names of the failed checks that name the lot, by lot code.
        about_lots: Checks whose breach leaves a trace's answer as it is (see `Rule.bears_on_lots`).
    """

    record_as_of: datetime
    checks_by_lot: dict[str, tuple[str, ...]]
    about_lots: frozenset[str] = frozenset()


def open_findings(home: Path) -> OpenFindings | None:
    """Return the last run's findings by lot, or None where no run has ended yet.

    Read again only when there was another run.
    """
    file = home / "findings" / "latest.json"
    try:
        known = file.stat()
    except FileNotFoundError:
        return None
    return _by_lot(home, known.st_mtime_ns, known.st_ino)


@lru_cache(maxsize=2)
def _by_lot(home: Path, _written_at: int, _inode: int) -> OpenFindings | None:
    report = read_findings(home)
    if report is None:
        return None
    named: dict[str, list[str]] = defaultdict(list)
    for check in report["checks"]:
        for lot_code in () if check["passed"] else check.get("lot_codes", ()):
            named[lot_code].append(check["name"])
    return OpenFindings(
        datetime.fromisoformat(report["record_as_of"]),
        {lot_code: tuple(checks) for lot_code, checks in named.items()},
        rules_about_lots(),
    )
