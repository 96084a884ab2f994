"""Whether a database holds the record in the shape that this Lotline reads.

The newest revision among the migrations on disk is held against the one that the database says it
has. Nothing is changed here: `sql.record.migrate` does that.
"""

import re
from functools import cache

import psycopg

from sql.errors import RecordUnsuitable
from sql.queries import POSTGRES
from sql.record.engine import Record

MIGRATIONS = POSTGRES / "migrations"
_NAMED = re.compile(r'^(revision|down_revision) = "(\d+)"$', re.MULTILINE)
ABSENT = "There is no record at {place} yet. Run lotline migrate, or lotline up, to make one."
OLDER = (
    "The record has the shape {found}, and this Lotline reads {newest}. Run lotline migrate first."
)
NEWER = (
    "This Lotline is older than the record: it reads the shape {newest}, and the record has "
    "{found}. Update Lotline."
)


@cache
def newest_revision() -> str:
    """Name the revision that no other follows, among the migrations on disk: four digits."""
    followed = {before for _, before in _revisions()}
    (newest,) = (revision for revision, _ in _revisions() if revision not in followed)
    return newest


@cache
def _revisions() -> frozenset[tuple[str, str]]:
    """List the migrations on disk, each with the one it follows; their numbers tell no order."""
    stubs = (MIGRATIONS / "versions").glob("*.py")
    named = (dict(_NAMED.findall(stub.read_text(encoding="utf-8"))) for stub in stubs)
    return frozenset((one["revision"], one.get("down_revision", "")) for one in named)


def require_present_shape(record: Record) -> None:
    """Refuse a record that this Lotline can't read as it stands; one query.

    Args:
        record: In the app's or the owner's role; the others may not read the revision.

    Raises:
        RecordUnsuitable: The record isn't there yet, or is of an older or a newer shape.
        RecordUnavailable: It can't be reached.
    """
    absent = RecordUnsuitable(ABSENT.format(place=record.place))
    try:
        with record.snapshot() as snapshot:
            found = snapshot.value("record_revision")
    except psycopg.errors.UndefinedTable as fault:
        raise absent from fault
    if found is None:
        raise absent
    refuse_newer(found)
    if found != newest_revision():
        raise RecordUnsuitable(OLDER.format(found=found, newest=newest_revision()))


def refuse_newer(found: str | None) -> None:
    """Refuse a record that a later Lotline has migrated.

    Args:
        found: The record's revision; None: it has none yet.

    Raises:
        RecordUnsuitable: The revision is none of those on disk.
    """
    if found is not None and found not in {revision for revision, _ in _revisions()}:
        raise RecordUnsuitable(NEWER.format(found=found, newest=newest_revision()))
