"""The moment that a transaction asks about: now, or one of the past.

What had been committed by a moment is for the record to say (its function `committed_until`), and
what is still to come is told by its clock.
"""

from datetime import datetime

from sql.errors import MomentAhead
from sql.record.transactions import Transaction


def asking_about(transaction: Transaction, moment: datetime | None) -> Transaction:
    """Have a fresh transaction read what had been committed by a moment; None: all of it.

    A writer's turn ends a few milliseconds before its commit. Who looked in between would miss what
    is known at that moment ever after, so whoever asks waits for that commit first, in a
    transaction of its own: the answer's snapshot is taken after it.

    Raises:
        MomentAhead: The moment is still to come.
    """
    if moment is not None:
        is_ahead = transaction.value("await_commits", moment=moment)
        transaction.connection.commit()
        if is_ahead:
            raise MomentAhead(moment)
        transaction.run("ask_as_of", moment=moment.isoformat())
    return transaction
