"""How the checks read: their order, their words, and their rows as typed values."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.views.tables import local
from dashboards.words import CHECK_STATES, CHECK_TALLY, FOUND, NOT_SINCE
from sql.warehouse.check_results import Result, State
from sql.warehouse.rules import Severity

_SEVERITIES, _STATES = list(Severity), list(State)

_READS: Mapping[tuple[str, ...], Callable[[str], Any]] = {
    ("_at",): datetime.fromisoformat,
    ("_on",): date.fromisoformat,
    ("_kg", "_c", "_ratio", "_hours", "_bound", "gate_number"): float,
}


def state_words(result: Result, zone: ZoneInfo, *, is_of_now: bool) -> str:
    """Say how a check stands, with a mark, and how many rows break it.

    Args:
        result: What it said last.
        zone: In which zone to say of which moment it spoke.
        is_of_now: Whether nothing was written since it looked; only then it simply passed.
    """
    if result.state is State.FAILED and result.finding is not None:
        words = [
            CHECK_STATES[result.check.severity],
            FOUND.format(count=result.finding.breaches_count),
        ]
        return " · ".join(words if result.is_current else [*words, NOT_SINCE])
    if result.state is State.NOT_CHECKED:
        return CHECK_STATES["not_checked"]
    if is_of_now:
        return CHECK_STATES["passed"]
    return CHECK_STATES["passed_then"].format(moment=moment_of(result, zone))


def moment_of(result: Result, zone: ZoneInfo) -> str:
    """Say of which moment of the record a check spoke."""
    return local(result.looked_at.record_as_of if result.looked_at else None, zone)


def tally(results: Iterable[Result], *, is_of_now: bool) -> dict[str, int]:
    """Count checks by how they stand."""
    known = list(results)
    failed = [result for result in known if result.state is State.FAILED]
    warnings = [result for result in failed if result.check.severity is Severity.WARNING]
    counts = {
        "passed" if is_of_now else "passed_then": _count(known, State.PASSED),
        "failed": len(failed) - len(warnings),
        "warning": len(warnings),
        "not_checked": _count(known, State.NOT_CHECKED),
    }
    return {CHECK_TALLY[name]: count for name, count in counts.items()}


def is_blocked(results: Iterable[Result]) -> bool:
    """Tell whether a failed check keeps runs from publishing."""
    return any(
        result.check.severity is Severity.BLOCKS and result.state is State.FAILED
        for result in results
    )


def ordered(results: Iterable[Result], *, only_failed: bool) -> list[Result]:
    """Sort the checks: what blocks first, what passed last."""
    wanted = [
        result for result in results if not (only_failed and result.state is not State.FAILED)
    ]
    return sorted(
        wanted,
        key=lambda result: (
            _STATES.index(result.state),
            _SEVERITIES.index(result.check.severity),
            result.check.key,
        ),
    )


def typed(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return findings, which were kept as text, with their times, days and numbers back."""
    return [{name: _typed(name, value) for name, value in row.items()} for row in rows]


def _typed(name: str, value: Any) -> Any:
    """Read one value as what its name says it is; a text that isn't one stays a text."""
    reads = next((read for endings, read in _READS.items() if name.endswith(endings)), None)
    return reads(value) if reads and isinstance(value, str) else value


def csv_rows(results: Iterable[Result]) -> list[dict[str, str]]:
    """Return one row a kept breach, and one for each check that named none.

    Each tells the check, how it stands (`failed`, `not_checked`, `passed`), of which moment of the
    record it spoke, whether it has looked at what there is now, and the lot where it names one.
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
        }
        for result in results
        for row in (result.finding.rows if result.finding is not None else []) or [{}]
    ]


def _count(results: Iterable[Result], state: State) -> int:
    return sum(result.state is state for result in results)
