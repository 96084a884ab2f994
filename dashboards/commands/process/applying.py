"""Take a new version of the process: all of it in one transaction, or none.

What it changes is appended, each row naming the version. Lots made before it are not held to what
it adds, and limits that it changes hold from then on: nothing that was decided is judged anew. In a
plant without lots everything holds since ever.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.process.differences import Act, Difference, differences
from dashboards.commands.process.guards import ProcessRefused, problems_within
from dashboards.commands.process.parts import Part, Process
from dashboards.commands.process.reading import process_in_force
from dashboards.commands.process.record_guards import problems_beside_the_record
from dashboards.commands.process.writing import write_differences
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import BadValue
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction

BOUNDS = ("lower_bound", "upper_bound", "word")


def changes_of(transaction: Transaction, wanted: Process) -> list[Difference]:
    """Say what a process would change; nothing is written.

    Raises:
        ProcessRefused: It contradicts itself, or would break what the plant has recorded.
    """
    changes = differences(process_in_force(transaction), wanted)
    problems = [*problems_within(wanted)]
    problems += problems_beside_the_record(transaction, wanted, changes)
    if problems:
        raise ProcessRefused(wanted, problems)
    return changes


def apply_process(
    transaction: Transaction, *, by: Person | None, wanted: Process, reason: str
) -> tuple[int, list[Difference]]:
    """Write a new version of the process, and return its number and what it changed.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person; None: whoever runs the server's own terminal.
        wanted: The whole process as it shall be.
        reason: Why, 10 characters or more.

    Raises:
        NotPermitted: The role may not change the process.
        BadValue: The reason or the name can't be taken, or nothing differs.
        ProcessRefused: The process contradicts itself, or would break what the plant has recorded.
    """
    if by is not None:
        require(by, Action.CHANGE_PROCESS)
    why = reason_given(reason)
    name = values.code(wanted.name, "name")
    begin_writing(transaction, by=by, reason=why)
    changes = changes_of(transaction, wanted)
    if not changes:
        raise BadValue(
            "The plant's process reads like that already. Nothing was changed.",
            field="process",
            code="NOTHING_CHANGED",
        )
    version = transaction.one(
        "write_process_version",
        name=name,
        reason=why,
        operator_id=by.user_id if by is not None else None,
    )
    if version is None:
        raise LookupError("the version just written was not given back")
    dated = [_from_now_on(change, version["holds_from"]) for change in changes]
    write_differences(transaction, version["version_id"], wanted, dated)
    return version["version_id"], changes


def _from_now_on(change: Difference, holds_from: datetime | None) -> Difference:
    """Have a changed limit begin, and an ended one end, with the version; what was judged stays."""
    limit = change.after or change.before
    if change.kind != "limits" or limit is None:
        return change
    begun = holds_from is not None and not _begins_after(limit, holds_from)
    if change.act is Act.ENDED:
        until: Mapping[str, Any] = {"in_force_until": holds_from} if begun else {}
        act = Act.CHANGED if begun else Act.RETIRED
        return Difference("limits", change.key, act, change.before, {**limit, **until})
    is_moved = change.before is not None and any(
        change.before[name] != limit[name] for name in BOUNDS
    )
    if not (begun and is_moved):
        return change
    new: Part = {**limit, "in_force_from": holds_from}
    return Difference("limits", (*change.key[:-1], holds_from), Act.ADDED, None, new)


def _begins_after(limit: Part, moment: datetime) -> bool:
    return limit["in_force_from"] is not None and limit["in_force_from"] >= moment
