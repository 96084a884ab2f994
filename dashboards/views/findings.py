"""How the checks of a run read: their order, their words, and their rows as typed values."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

Check = Mapping[str, Any]

_ORDER = {"blocks": 0, "error": 1, "warning": 2}
_FAILED = {"blocks": "⛔ BLOCKS", "error": "✕ ERROR", "warning": "▲ WARNING"}

_READS: Mapping[tuple[str, ...], Callable[[str], Any]] = {
    ("_at",): datetime.fromisoformat,
    ("_on",): date.fromisoformat,
    ("_kg", "_c", "_ratio", "_hours", "_bound", "gate_number"): float,
}


def state_words(check: Check) -> str:
    """Say how a check ended, with a mark and how many rows break it."""
    if check["passed"]:
        return ":green[✓ PASSED]"
    colour = "orange" if check["severity"] == "warning" else "red"
    return f":{colour}[{_FAILED[check['severity']]}] · {check['breaches_count']:,} found"


def tally(checks: Iterable[Check]) -> dict[str, int]:
    """Count checks by how they ended."""
    ended = list(checks)
    failed = [check["severity"] for check in ended if not check["passed"]]
    return {
        "✓ Checks passed": len(ended) - len(failed),
        "✕ Failed: block or error": len(failed) - failed.count("warning"),
        "▲ Warnings": failed.count("warning"),
    }


def is_blocked(checks: Iterable[Check]) -> bool:
    """Tell whether a failed check kept the run from publishing."""
    return any(check["severity"] == "blocks" and not check["passed"] for check in checks)


def ordered(checks: Iterable[Check], *, only_failed: bool) -> list[Check]:
    """Sort the checks: what blocks first, what passed last."""
    wanted = [check for check in checks if not (only_failed and check["passed"])]
    return sorted(
        wanted,
        key=lambda check: (
            check["passed"],
            _ORDER[check["severity"]],
            check["table"],
            check["name"],
        ),
    )


def typed(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return findings, which were kept as text, with their times, days and numbers back."""
    return [{name: _typed(name, value) for name, value in row.items()} for row in rows]


def _typed(name: str, value: Any) -> Any:
    """Read one value as what its name says it is; a text that isn't one stays a text."""
    reads = next((read for endings, read in _READS.items() if name.endswith(endings)), None)
    return reads(value) if reads and isinstance(value, str) else value


def csv_rows(checks: Iterable[Check]) -> list[dict[str, str]]:
    """Return every kept finding as one row: check, severity, lot where it names one, the rest."""
    return [
        {
            "table": check["table"],
            "check": check["name"],
            "severity": check["severity"],
            "lot_code": str(row.get("lot_code", "")),
            "finding": json.dumps(row, ensure_ascii=False),
        }
        for check in checks
        for row in check["rows"]
    ]
