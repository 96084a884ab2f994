"""How the checks read: their order, their words, and their rows as typed values."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.reader.signs import number
from dashboards.views.tables import local
from dashboards.words import CHECK_STATES, CHECK_TALLY, FOUND, NOT_SINCE, SETTLED_COUNT
from sql.warehouse.check_results import Result, State
from sql.warehouse.findings import breach_ids
from sql.warehouse.rules import Severity
from sql.warehouse.settlements import Settlement

_SEVERITIES, _STATES = list(Severity), list(State)

_READS: Mapping[tuple[str, ...], Callable[[str], Any]] = {
    ("_at",): datetime.fromisoformat,
    ("_on",): date.fromisoformat,
    ("_kg", "_c", "_ratio", "_hours", "_bound", "gate_number"): float,
}


def state_words(
    result: Result, zone: ZoneInfo, settlements: Mapping[str, Settlement], *, is_of_now: bool
) -> str:
    """Say how a check stands, with a mark, and how many rows break it.

    Args:
        result: What it said last.
        zone: In which zone to say of which moment it spoke.
        settlements: What somebody settled, by breach.
        is_of_now: Whether nothing was written since it looked; only then it simply passed.
    """
    if result.state is State.FAILED:
        still_open, settled = open_and_settled(result, settlements)
        words = [CHECK_STATES[result.check.severity], FOUND.format(count=number(still_open))]
        if settled:
            words = words if still_open else [CHECK_STATES["settled"]]
            words.append(SETTLED_COUNT.format(count=number(settled)))
        return " · ".join(words if result.is_current else [*words, NOT_SINCE])
    if result.state is State.NOT_CHECKED:
        return CHECK_STATES["not_checked"]
    if is_of_now:
        return CHECK_STATES["passed"]
    return CHECK_STATES["passed_then"].format(moment=moment_of(result, zone))


def moment_of(result: Result, zone: ZoneInfo) -> str:
    """Say of which moment of the record a check spoke."""
    return local(result.looked_at.record_as_of if result.looked_at else None, zone)


def open_and_settled(result: Result, settlements: Mapping[str, Settlement]) -> tuple[int, int]:
    """Count the breaches of a check that are open, and those that somebody settled."""
    if result.finding is None:
        return 0, 0
    settled = sum(breach in settlements for breach in breach_ids(result.finding))
    return result.finding.breaches_count - settled, settled


def tally(
    results: Iterable[Result], settlements: Mapping[str, Settlement], *, is_of_now: bool
) -> dict[str, int]:
    """Count checks by how they stand."""
    known = list(results)
    failed = [result for result in known if result.state is State.FAILED]
    still_open = [one for one in failed if open_and_settled(one, settlements)[0]]
    warnings = [result for result in still_open if result.check.severity is Severity.WARNING]
    counts = {
        "passed" if is_of_now else "passed_then": _count(known, State.PASSED),
        "failed": len(still_open) - len(warnings),
        "warning": len(warnings),
        "settled": len(failed) - len(still_open),
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


def _count(results: Iterable[Result], state: State) -> int:
    return sum(result.state is state for result in results)
