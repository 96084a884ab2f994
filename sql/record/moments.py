"""The moment that a transaction asks about: now, or one of the past.

What had been committed by a moment is for the record to say (its function `committed_until`).
"""

from datetime import UTC, datetime, timedelta

from sql.errors import MomentAhead
from sql.record.transactions import Transaction

# By how much the server's clock may be ahead of ours: a moment it just told is no moment to come.
CLOCKS_APART = timedelta(seconds=5)


def asking_about(transaction: Transaction, moment: datetime | None) -> Transaction:
    """Have a fresh transaction read what had been committed by a moment; None: all of it.

    Raises:
        MomentAhead: The moment is still to come.
    """
    if moment is not None:
        if moment > datetime.now(UTC) + CLOCKS_APART:
            raise MomentAhead(moment)
        transaction.run("ask_as_of", moment=moment.isoformat())
    return transaction
