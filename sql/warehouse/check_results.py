"""What every check said last, and how it stands now, read from the book of results.

How the book is kept is for `result_book`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from sql.warehouse.checks import Check, all_checks
from sql.warehouse.findings import Finding, finding_from
from sql.warehouse.opening import is_run_under_way
from sql.warehouse.result_book import MOMENT, book_file, read_book


class State(StrEnum):
    """How a check stands now, the worst first."""

    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    PASSED = "passed"


@dataclass(frozen=True)
class Moment:
    """Of which record a check spoke.

    Attributes:
        record_as_of: When the record was copied (UTC), for people.
        audit_length, audit_head: How long its trail was then, and the hash of the last entry.
    """

    record_as_of: datetime
    audit_length: int
    audit_head: str


@dataclass(frozen=True)
class Result:
    """What one check said last.

    Attributes:
        check: The check.
        finding: What it found last; None: it never ran.
        looked_at: The record it spoke of; None: it never ran.
        run_id: The run that asked it; empty: it never ran.
        is_current: False: what it looked at was made anew since, or it asks another question now.
    """

    check: Check
    finding: Finding | None = None
    looked_at: Moment | None = None
    run_id: str = ""
    is_current: bool = False

    @property
    def state(self) -> State:
        """Tell how it stands. A breach stays one until the check has looked again."""
        if self.finding is not None and not self.finding.passed:
            return State.FAILED
        has_looked = self.is_current and self.finding is not None and not self.finding.is_partial
        return State.PASSED if has_looked else State.NOT_CHECKED


@dataclass(frozen=True)
class LastRun:
    """The newest run that began.

    Attributes:
        began_at: When (UTC).
        ended_at: When (UTC); None: not yet, or never.
        published: Whether an edition came of it.
        was_interrupted: It will never end: nobody runs.
    """

    began_at: datetime
    ended_at: datetime | None
    published: bool
    was_interrupted: bool


@dataclass(frozen=True, eq=False)
class Results:
    """The book: one result a check, of all there are; and the newest run."""

    run: LastRun
    checks: tuple[Result, ...]


def read_results(home: Path) -> Results | None:
    """Return what every check said last, or None where no run ever began.

    A check without a result, or with one of an earlier version, is there too: not checked.
    """
    book = _as_written(home)
    if book is None or book.run.ended_at is not None:
        return book
    if is_run_under_way(home):
        return book
    # It may have ended between the two looks.
    book = _as_written(home)
    return book if book is None or book.run.ended_at is not None else _interrupted(book)


@lru_cache(maxsize=2)
def _interrupted(book: Results) -> Results:
    """Return what is left of results whose newest run was killed: findings, and no promise."""
    doubted = tuple(replace(result, is_current=False) for result in book.checks)
    return replace(book, run=replace(book.run, was_interrupted=True), checks=doubted)


def _as_written(home: Path) -> Results | None:
    """Read the book; again only where it was written again."""
    try:
        known = book_file(home).stat()
    except FileNotFoundError:
        return None
    return _parsed(home, known.st_mtime_ns, known.st_ino, known.st_size)


@lru_cache(maxsize=2)
def _parsed(home: Path, _written_at: int, _inode: int, _size: int) -> Results | None:
    book = read_book(home)
    if book is None:
        return None
    run, kept = book["run"], book["checks"]
    began, ended = datetime.fromisoformat(run["began_at"]), run["ended_at"]
    last = LastRun(began, ended and datetime.fromisoformat(ended), run["published"], False)
    return Results(
        last, tuple(_result(check, kept.get(key)) for key, check in all_checks().items())
    )


def _result(check: Check, kept: Mapping[str, Any] | None) -> Result:
    """Return what is kept about a check."""
    if kept is None:
        return Result(check)
    moment = kept["looked_at"]
    return Result(
        check,
        finding_from(kept),
        Moment(datetime.fromisoformat(moment["record_as_of"]), *(moment[n] for n in MOMENT[1:])),
        kept["run_id"],
        kept["is_current"] and kept["fingerprint"] == check.fingerprint,
    )
