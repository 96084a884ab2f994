"""Where a corrected lot should have come from: supplier, the supplier's code, run, and its label.

Each may be left as it reads, which is another thing than to say that nobody knows it.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from dashboards.commands.label_guards import code_said
from dashboards.commands.references import id_of
from sql.record.transactions import Row, Transaction


class Kept(Enum):
    """What a correction says of a value that it leaves alone."""

    AS_IT_READS = "as it reads"


AS_IT_READS = Kept.AS_IT_READS
Said = str | None | Kept


def origin_given(
    transaction: Transaction,
    *,
    supplier_code: Said,
    supplier_lot_code: Said,
    run_code: Said,
    printed_code: Said,
) -> dict[str, Any]:
    """Read what a correction says of an origin, by column; `AS_IT_READS` where it says nothing.

    Raises:
        BadValue: A code can't be taken, or the partner is no supplier.
        NotFound: Nothing has the supplier's or the run's code.
    """
    given = {"supplier_lot_code": supplier_lot_code, "printed_code": printed_code}
    said = {
        field: code_said(code, field) if isinstance(code, str) else code
        for field, code in given.items()
    }
    named = {"supplier": supplier_code, "run": run_code}
    ids = {
        f"{thing}_id": code if isinstance(code, Kept) else id_of(transaction, thing, code)
        for thing, code in named.items()
    }
    return {**ids, **said}


def as_it_reads(origin: Mapping[str, Any], reads: Row) -> dict[str, Any]:
    """Put what the record says where a correction says nothing."""
    return {name: reads[name] if value is AS_IT_READS else value for name, value in origin.items()}
