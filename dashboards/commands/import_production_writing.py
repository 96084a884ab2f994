"""Write the sides of an import's new productions, and the links that follow from them.

Everything was checked before; nothing is refused here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.commands.import_files import Known, Rows, Sorted
from dashboards.commands.import_tables import TABLES
from sql.record.transactions import Transaction


def write_parts(
    transaction: Transaction, stem: str, columns: Mapping[str, Sequence[Any]], found: Sorted
) -> int:
    """Write what new productions took or gave."""
    rows = list(zip(*columns.values(), strict=True))
    if found.new:
        transaction.copy(TABLES[stem], list(columns), [rows[at] for at in found.new])
    return len(found.new)


def link_productions(
    transaction: Transaction,
    files: Mapping[str, Rows],
    known: Known,
    ids: Mapping[str, Mapping[Any, int]],
) -> None:
    """Write the links that follow from the productions that were new."""
    if "productions" not in files:
        return
    new = set(files["productions"].columns["production_code"]) - set(known["productions"])
    if new:
        transaction.run(
            "write_production_links",
            production_ids=[ids["productions"][code] for code in new],
        )
