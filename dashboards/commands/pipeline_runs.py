"""Ask the pipeline for a run. Running it is the pipeline's own business."""

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction


def ask_for_run(transaction: Transaction, *, by: Person) -> int:
    """Ask the pipeline for a run and return the request's id; a sensor sees the request.

    Raises:
        NotPermitted: The role may not ask for runs.
    """
    require(by, Action.RUN_PIPELINE)
    begin_writing(transaction, by=by)
    return transaction.value("ask_for_run", user_id=by.user_id)
