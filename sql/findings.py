"""What the last run's checks found, kept beside the editions.

A run whose blocking check failed publishes no edition, yet people must see why; so findings
are a file of their own, replaced in one step at the end of every run, passed or not.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROWS_KEPT = 1000


def write_findings(home: Path, report: dict[str, Any]) -> None:
    """Replace the report of the last run.

    Args:
        home: LOTLINE_HOME.
        report: run_id, record_as_of, published, checks; see `read_findings`.
    """
    folder = home / "findings"
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"latest.{os.getpid()}.unfinished"
    said = {"ran_at": datetime.now(UTC).isoformat(), **report}
    unfinished.write_text(json.dumps(said, default=str), encoding="utf-8")
    os.replace(unfinished, folder / "latest.json")


def read_findings(home: Path) -> dict[str, Any] | None:
    """Give the last run's report, or None where no run has ended yet.

    Returns:
        run_id; ran_at and record_as_of (ISO 8601, UTC); published (whether an edition came of
        it); checks: table, name, kind (rule, contract, grain), severity, description, passed,
        breaches_count, rows (at most 1,000 of the breaches, with what mends them).
    """
    try:
        return json.loads((home / "findings" / "latest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
