"""Writes the book of check results as a run of every check would have."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sql.record.engine import Record
from sql.warehouse.checks import all_checks
from sql.warehouse.findings import Finding
from sql.warehouse.result_book import Vouched, begin_run, end_run

NOBODYS_RECORD = {
    "record_as_of": datetime(2026, 1, 1, 10, tzinfo=UTC),
    "audit_length": 0,
    "audit_head": "",
}


def looked_at(record: Record) -> dict[str, Any]:
    """Say which record there is now, as a copy of it would."""
    with record.snapshot() as snapshot:
        (moment,) = snapshot.all("record_as_of")
    return {name: moment[name] for name in NOBODYS_RECORD}


def passed(key: str) -> Finding:
    """Make the finding of a check that found nothing."""
    check = all_checks()[key]
    return Finding(check.table, check.name, check.kind, check.severity, check.description, 0, [])


def write_results(
    home: Path,
    *found: Finding,
    record: Record | None = None,
    of_another: bool = False,
    without: Iterable[str] = (),
    published: bool = False,
) -> None:
    """Write that every check passed but for those that found something.

    Args:
        home: LOTLINE_HOME.
        found: What checks found.
        record: The record they looked at; None: an empty one.
        of_another: Whether it was another record, of the same length.
        without: Keys of checks that did not run.
        published: Whether the run published an edition.
    """
    results = {key: passed(key) for key in all_checks()} | {one.key: one for one in found}
    kept = {key: (one, "a run") for key, one in results.items() if key not in set(without)}
    moment = NOBODYS_RECORD if record is None else looked_at(record)
    if of_another:
        moment = {**moment, "audit_head": "00" * 32}
    begin_run(home, "a run")
    end_run(home, Vouched(moment, kept, published))
