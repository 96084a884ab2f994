"""Ask the pipeline for a run, and note what people do on Dagster's pages.

Running is the pipeline's own business.
"""

from collections.abc import Sequence

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


def note_act(transaction: Transaction, *, by: Person, acts: Sequence[str], asked: str) -> int:
    """Note in the trail what a person is about to have Dagster do, and return the note's id.

    Whoever passes it on commits this first: what Dagster did then stands in the trail, even where
    it went wrong.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        acts: What Dagster calls them, such as `launchRun`; at least one.
        asked: The whole question, word for word.

    Raises:
        NotPermitted: The role may not ask for runs.
    """
    require(by, Action.RUN_PIPELINE)
    begin_writing(transaction, by=by)
    return transaction.value("write_dagster_act", acts=list(acts), asked=asked, user_id=by.user_id)
