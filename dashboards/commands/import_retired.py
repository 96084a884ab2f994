"""New rows that name a product or partner that was retired before what they say happened.

What happened before is history, and taken. What the record has already is no new row.
"""

from collections.abc import Iterable, Iterator, Mapping

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Known, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_tables import REFERENCES
from dashboards.commands.wording import site_minute
from sql.movements import MovementKind
from sql.record.transactions import Row
from sql.stretches import parted

_MASTERS = ("products", "partners")
_WAY_OUT = (
    "Take it into use again on Master data first, or correct the file: its day where it happened "
    "before."
)


def retired_of_lots(files: Mapping[str, Rows], known: Known) -> Iterator[Rejection]:
    """Find new lots of a product or from a supplier out of use when they came to be."""
    rows = files[LOTS]
    new = [at for at, code in enumerate(rows.columns["lot_code"]) if code not in known[LOTS]]
    yield from _named(LOTS, files, new, known)


def retired_of_facts(
    stem: str, files: Mapping[str, Rows], found: Sorted, known: Known
) -> Iterator[Rejection]:
    """Find new shipments and donations to a partner out of use when they left."""
    keys = {key for _fact_id, key in found.replaced}
    given = files[stem].columns[KEY]
    new = [at for at in found.new if given[at] is None or given[at] not in keys]
    kinds = files[stem].columns.get("kind")
    if stem == "movements" and kinds is not None:
        new = [at for at in new if kinds[at] == MovementKind.DONATED]
    yield from _named(stem, files, new, known)


def _named(
    stem: str, files: Mapping[str, Rows], places: Iterable[int], known: Known
) -> Iterator[Rejection]:
    rows = files[stem]
    columns = [(column, table) for column, table in REFERENCES[stem].items() if table in _MASTERS]
    if not any(held["retired_at"] for _column, table in columns for held in known[table].values()):
        return
    for at in places:
        happened_at = rows.columns["happened_at"][at]
        for column, table in columns:
            code = rows.columns[column][at]
            held = known[table].get(code)
            if (
                held is not None
                and held["retired_at"] is not None
                and happened_at is not None
                and parted(happened_at)[0] >= held["retired_at"]
                and not _is_back(files.get(table), code, held)
            ):
                since = site_minute(held["retired_at"])
                reason = f"is retired since {since}, before this happened. {_WAY_OUT}"
                yield rejected_cell(stem, rows.lines[at], column, code, reason)


def _is_back(masters: Rows | None, code: str, held: Row) -> bool:
    """Tell whether the import takes it into use again: a whole one had it no more."""
    if masters is None or not held["is_gone"]:
        return False
    (column,) = masters.columns.keys() & {"product_code", "partner_code"}
    return code in masters.columns[column]
