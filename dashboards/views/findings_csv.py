"""Every finding as a row of a file, with how its check stands and who settled it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.views.findings import typed
from dashboards.words import SETTLED_BY, SETTLEMENTS
from sql.warehouse.check_results import Result
from sql.warehouse.findings import breach_ids
from sql.warehouse.settlements import Settlement


def csv_rows(
    results: Iterable[Result], settlements: Mapping[str, Settlement], zone: ZoneInfo
) -> list[dict[str, Any]]:
    """Return one row a kept breach, and one for each check that named none.

    Each tells the check, how it stands (`failed`, `not checked`, `passed`), of which moment of the
    record it spoke, whether it has looked at what there is now, the lot where it names one, and who
    settled it and why. Times inside a text are of the zone, and say so.
    """
    return [
        {
            "table": result.check.table,
            "check": result.check.name,
            "severity": result.check.severity.value,
            "state": result.state.value.replace("_", " "),
            "looked_at": result.looked_at.record_as_of if result.looked_at else None,
            "is_current": "yes" if result.is_current else "no",
            "lot_code": str(row.get("lot_code", "")),
            "finding": _as_json(row, zone) if row else "",
            "settled": _settled(said, zone) if said else "",
        }
        for result in results
        for row, said in _kept_rows(result, settlements)
    ]


def _as_json(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Write a breach as JSON: times as the site's clock showed them, the zone in their names."""
    (known,) = typed([row])
    told = {
        f"{name} ({zone.key})" if isinstance(value, datetime) else name: (
            value.astimezone(zone).isoformat() if isinstance(value, datetime) else row[name]
        )
        for name, value in known.items()
    }
    return json.dumps(told, ensure_ascii=False)


def _settled(said: Settlement, zone: ZoneInfo) -> str:
    """Say who settled a breach, when and why."""
    when = f"{said.settled_at.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
    kind = SETTLEMENTS[said.kind]
    return SETTLED_BY.format(kind=kind, by=said.settled_by, when=when, reason=said.reason)


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
