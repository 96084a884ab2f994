"""Close production runs."""

from datetime import datetime

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.master_kinds import KINDS, Master
from dashboards.commands.masters import change_master, known_master
from dashboards.commands.refusals import BadValue
from sql.record.transactions import Transaction
from sql.vocabulary import RunStatus


def close_run(
    transaction: Transaction,
    *,
    by: Person,
    run_code: str,
    ended_at: datetime | None = None,
    status: str = RunStatus.COMPLETED,
    reason: str | None,
    based_on: int | None,
) -> int:
    """Close a run: completed or cancelled, now or at the time given; returns the revision's id.

    Raises:
        NotPermitted: The role may not keep master data.
        BadValue: A value or the reason can't be taken, or the run is not open.
        NotFound: No run has the code.
        CorrectionRefused: Somebody else changed it meanwhile.
    """
    require(by, Action.CORRECT)
    held = known_master(transaction, Master.RUN, run_code)
    if held["status"] != RunStatus.ACTIVE:
        raise BadValue(
            f"run_code {held['run_code']} is {held['status'].lower()} already. To open it anew, "
            "change its status to ACTIVE and leave its end empty.",
            field="run_code",
            code="CLOSED",
        )
    said = {name: held[name] for name in KINDS[Master.RUN].readers}
    return change_master(
        transaction,
        by=by,
        master=Master.RUN,
        code=run_code,
        said=said | {"status": status, "ended_at": values.moment(ended_at, "ended_at")},
        reason=reason,
        based_on=based_on,
    )
