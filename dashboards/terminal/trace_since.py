"""How an answer as of a moment differs from the one of now, as a terminal writes it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dashboards.terminal.printing import in_zone, print_table
from dashboards.terminal.saying import say
from dashboards.views.difference_words import CHANGES, VALUES, difference_words, value_in_words
from dashboards.words import AS_KNOWN_ON, DIFFERENCES
from sql.amount_columns import columns_told
from sql.genealogy.differences import Difference, trace_difference
from sql.genealogy.trace import Trace, trace
from sql.record.engine import Record
from sql.settings import settings
from sql.vocabulary import Direction


@dataclass(frozen=True)
class Since:
    """What became of an answer since the moment it is of.

    Attributes:
        as_of: The moment.
        difference: How the answer of now differs.
        is_gone: No lot carries the code any more.
    """

    as_of: datetime
    difference: Difference
    is_gone: bool

    def lines(self) -> list[str]:
        """Say of which moment the answer is, and how it reads now."""
        zone = settings().zone
        moment = f"{self.as_of.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
        gone = [DIFFERENCES["gone"]] if self.is_gone else []
        return [AS_KNOWN_ON.format(moment=moment), *gone, difference_words(self.difference)]

    def whole(self) -> dict[str, Any]:
        """Unfold it into plain mappings and lists, for JSON."""
        told = asdict(self.difference)
        return {**told, "changes": [dict(row) for row in self.difference.changes]}

    def print_rows(self) -> None:
        """Print which values read otherwise now, and what was written since, a table each."""
        changed = [value_in_words(row, settings().zone) for row in self.difference.changed]
        written = in_zone([dict(row) for row in self.difference.changes])
        for said, rows, columns in (
            ("Values that read otherwise now:", changed, VALUES),
            ("Written since then:", written, CHANGES),
        ):
            if rows:
                say("", said)
                print_table(rows, columns_told(columns, rows))


def since(record: Record, then: Trace, direction: Direction, as_of: datetime) -> Since:
    """Compare an answer as of a moment with the one of now."""
    with record.snapshot() as snapshot:
        now = trace(snapshot, [lot["lot_code"] for lot in then.asked], direction)
        return Since(as_of, trace_difference(snapshot, then, now, as_of), now is None)
