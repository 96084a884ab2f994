"""What each row of a trace's file says of the whole answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from dashboards.views.verdicts import verdict_stamp
from sql.genealogy.trace import Trace

STAMP = ["verdict", "as_known_at"]


def stamped(
    found: Trace, rows: Iterable[Mapping[str, Any]], as_known_at: datetime
) -> list[dict[str, Any]]:
    """Return rows of an answer with the columns of `STAMP`: they go on without its page.

    Args:
        found: The answer.
        rows: Rows of it.
        as_known_at: The moment it is as of; of now, when it was asked.
    """
    stamp = verdict_stamp(found.verdict, as_known_at)
    return [{**row, **stamp} for row in rows]
