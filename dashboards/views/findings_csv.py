"""Every finding as a row of a file, with how its check stands and who settled it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sql.warehouse.check_results import Result
from sql.warehouse.findings import breach_ids
from sql.warehouse.settlements import Settlement


def csv_rows(
    results: Iterable[Result], settlements: Mapping[str, Settlement]
) -> list[dict[str, str]]:
    """Return one row a kept breach, and one for each check that named none.

    Each tells the check, how it stands (`failed`, `not_checked`, `passed`), of which moment of the
    record it spoke, whether it has looked at what there is now, the lot where it names one, and who
    settled it and why.
    """
    return [
        {
            "table": result.check.table,
            "check": result.check.name,
            "severity": result.check.severity.value,
            "state": result.state.value,
            "looked_at": result.looked_at.record_as_of.isoformat() if result.looked_at else "",
            "is_current": "yes" if result.is_current else "no",
            "lot_code": str(row.get("lot_code", "")),
            "finding": json.dumps(row, ensure_ascii=False) if row else "",
            "settled": f"{said.kind} by {said.settled_by}: {said.reason}" if said else "",
        }
        for result in results
        for row, said in _kept_rows(result, settlements)
    ]


def _kept_rows(
    result: Result, settlements: Mapping[str, Settlement]
) -> list[tuple[Mapping[str, Any], Settlement | None]]:
    """Return the rows kept of a check with what was said of each; one empty row: it has none."""
    if result.finding is None or not result.finding.rows:
        return [({}, None)]
    ids = breach_ids(result.finding)
    return [
        (row, settlements.get(breach)) for row, breach in zip(result.finding.rows, ids, strict=True)
    ]
