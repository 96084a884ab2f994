"""What vouches for the working file: which copies, builds and checks made it what it is.

Each step is noted in the file itself, in the transaction of what it did; an edition carries the
notes it was published on. What they prove is for `proof`. Nothing here builds or checks.
"""

import json
from dataclasses import dataclass

from sql.errors import NotSound
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.warehouse.changes import Changes, CopiedTable
from sql.warehouse.checks import all_checks
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.findings import Finding, finding_from
from sql.warehouse.fingerprint import build_fingerprint
from sql.warehouse.models import Model
from sql.warehouse.working_file import Warehouse

COPIED, BUILT, CHECKED, PUBLISHED = "copied", "built", "checked", "published"


@dataclass(frozen=True)
class Step:
    """One noted step; see the query `create_evidence`.

    Attributes:
        number: Later steps have larger ones.
        fingerprint: Of the code that did it.
        passed: Of a check, whether it did.
        rows_in_record: Of a copy, what the record counted in the same snapshot.
    """

    number: int
    fingerprint: str
    passed: bool
    rows_in_record: int | None


def forget(warehouse: Warehouse) -> None:
    """Forget all steps: what is copied next has nothing built upon it yet."""
    warehouse.connection.execute(load_queries(WAREHOUSE_QUERIES)["forget_evidence"])


def note_copied(warehouse: Warehouse, changes: Changes) -> None:
    """Note that every table was copied, with what the record counted."""
    code = code_of(warehouse)
    with warehouse.whole():
        for copied in changes.tables.values():
            _note(warehouse, COPIED, copied.table, code, rows=copied.rows_in_record)


def note_built(warehouse: Warehouse, model: Model) -> None:
    """Note that a model was built, in the transaction that built it."""
    _note(warehouse, BUILT, model.name, model.fingerprint)


def note_checked(warehouse: Warehouse, finding: Finding, run_id: str) -> None:
    """Note what a check found; the last result of a check counts."""
    said = json.dumps(vars(finding), default=str)
    asked = all_checks().get(finding.key)
    code, key = asked.fingerprint if asked else "", finding.key
    _note(warehouse, CHECKED, key, code, passed=finding.passed, finding=said, run_id=run_id)


def note_published(warehouse: Warehouse, edition_id: str, run_id: str) -> None:
    """Note that an edition was made of the file as it is."""
    _note(warehouse, PUBLISHED, edition_id, "", run_id=run_id)


def was_published(warehouse: Warehouse, run_id: str) -> bool:
    """Tell whether a run published an edition."""
    noted = warehouse.named("steps_noted").filter(step=PUBLISHED, run_id=run_id)
    return not noted.is_empty()


def last_findings(warehouse: Warehouse) -> dict[str, tuple[Finding, str]]:
    """Return what each check found last, and in which run, by the check's key."""
    return {
        row["name"]: (finding_from(json.loads(row["finding"])), row["run_id"])
        for row in warehouse.named("last_findings").iter_rows(named=True)
    }


def last_copy(warehouse: Warehouse) -> Changes:
    """Return the copies that the file holds, with nothing known of what they changed.

    Raises:
        NotSound: It holds none, or not all.
    """
    copied = steps_of(warehouse, COPIED)
    if missing := [table for table in copied_tables() if table not in copied]:
        raise NotSound([f"{table} is not copied" for table in missing])
    tables = {
        table: CopiedTable(table, warehouse.count(f"raw.{table}"), step.rows_in_record or 0, None)
        for table, step in copied.items()
    }
    return Changes(tables, None, None)


def last_step_number(warehouse: Warehouse) -> int:
    """Return the number of the last step that copied, built or checked something."""
    return warehouse.named("last_step", published=PUBLISHED).item()


def code_of(warehouse: Warehouse) -> str:
    """Name the code and settings that decide over what later runs build upon."""
    return (
        f"{build_fingerprint()} {warehouse.closure_pairs_budget} {warehouse.site_zone} "
        f"{warehouse.accounted}"
    )


def steps_of(warehouse: Warehouse, step: str) -> dict[str, Step]:
    """Return the last noted steps of a kind, by name."""
    noted = warehouse.named("steps_noted").filter(step=step)
    return {
        name: Step(number, fingerprint, passed, rows)
        for number, _step, name, _run_id, fingerprint, passed, rows in noted.iter_rows()
    }


def _note(
    warehouse: Warehouse,
    step: str,
    name: str,
    fingerprint: str,
    *,
    passed: bool = True,
    rows: int | None = None,
    finding: str | None = None,
    run_id: str = "",
) -> None:
    """Note a step; the last of its kind and name counts."""
    warehouse.connection.execute(
        load_queries(WAREHOUSE_QUERIES)["note_step"],
        {
            "step": step,
            "name": name,
            "run_id": run_id,
            "fingerprint": fingerprint,
            "passed": passed,
            "rows_in_record": rows,
            "finding": finding,
        },
    )
