"""The book of what every check said last, kept beside the editions: one for all runs.

A result stays until its check runs again, whatever other checks a run asked, failed at or was
stopped before. What a run made anew and didn't check is in doubt. A run that is killed leaves the
book as it was, but for the note that it began. Every change replaces the whole file in one step and
counts up its number; nothing here goes by the clock. Reading it is for `check_results`.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sql.private import own_folder
from sql.warehouse.checks import all_checks
from sql.warehouse.evidence import last_findings, was_published
from sql.warehouse.findings import Finding
from sql.warehouse.opening import sync
from sql.warehouse.proof import checks_that_stand
from sql.warehouse.working_file import Warehouse

MOMENT = ("record_as_of", "audit_length", "audit_head")
Book = dict[str, Any]


@dataclass(frozen=True)
class Vouched:
    """What a working file vouches for at the end of a run.

    Attributes:
        looked_at: Of which record it speaks: record_as_of, audit_length and audit_head.
        found: What each check that stands found, and in which run, by the check's key.
        published: Whether the run published an edition of it.
    """

    looked_at: Mapping[str, Any]
    found: Mapping[str, tuple[Finding, str]]
    published: bool


def vouched_by(warehouse: Warehouse, run_id: str) -> Vouched:
    """Return what a working file vouches for, in whichever run it was checked."""
    stand = checks_that_stand(warehouse)
    about = warehouse.about() if stand else {}
    found = {key: last for key, last in last_findings(warehouse).items() if key in stand}
    looked_at = {name: about[name] for name in MOMENT if stand}
    return Vouched(looked_at, found, was_published(warehouse, run_id))


def begin_run(home: Path, run_id: str) -> None:
    """Note that a run began, before it changes anything; to be called under `one_run`."""
    book = read_book(home) or {"number": 0, "run": None, "checks": {}}
    before = book["run"]
    if before is not None and before["ended_at"] is None:
        # It was killed: who knows what it had made anew.
        _doubt(book)
    book["run"] = {"run_id": run_id, "began_at": _now(), "ended_at": None, "published": False}
    _write(home, book)


def end_run(home: Path, vouched: Vouched | None) -> None:
    """Note that the run which began ended; what the working file vouches for stands from now on.

    Args:
        home: LOTLINE_HOME.
        vouched: What it vouches for; all else is in doubt. None: the run changed nothing.
    """
    book = read_book(home)
    if book is None or book["run"] is None:
        raise LookupError("a run ended that never began")
    if vouched is not None:
        _doubt(book)
        checks = book["checks"]
        for key, (finding, run_id) in vouched.found.items():
            checks[key] = vars(finding) | {
                "run_id": run_id,
                "fingerprint": all_checks()[key].fingerprint,
                "looked_at": dict(vouched.looked_at),
                "is_current": True,
            }
        book["run"]["published"] = vouched.published
    book["run"]["ended_at"] = _now()
    _write(home, book)


def book_file(home: Path) -> Path:
    """Say where the book of a home lies."""
    return home / "findings" / "results.json"


def read_book(home: Path) -> Book | None:
    """Read the book as it was written; None: no run ever began."""
    try:
        return json.loads(book_file(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _doubt(book: Book) -> None:
    """Say of every result that it may no longer speak about what there is."""
    for kept in book["checks"].values():
        kept["is_current"] = False


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _write(home: Path, book: Book) -> None:
    """Replace the book in one step, and make the step last."""
    file = book_file(home)
    own_folder(file.parent)
    said = json.dumps(book | {"number": book["number"] + 1}, default=_text)
    unfinished = file.with_suffix(f".{os.getpid()}.unfinished")
    unfinished.write_text(said, encoding="utf-8")
    sync(unfinished)
    os.replace(unfinished, file)
    sync(file.parent)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
