"""What a row of an import says of one lot of a production otherwise than the record has it."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from dashboards.commands.import_changes import held_value
from dashboards.commands.import_files import Rejection, rejected_cell
from dashboards.commands.wording import kilograms
from sql.record.transactions import Row

WAY_OUT = "Void that production on the Productions screen first, then import it anew."
_CODE, _KG = "production_code", "quantity_kg"


def contradicts(
    stem: str,
    line: int,
    row: Mapping[str, Any],
    part: Row | None,
    given: Container[str],
    *,
    counted: bool,
) -> Iterator[Rejection]:
    """Find what a row says of a known production that the record says otherwise."""
    code, lot = row[_CODE], row["lot_code"]
    if part is None:
        reason = f"is not in production {code} as the record has it. {WAY_OUT}"
        yield rejected_cell(stem, line, "lot_code", lot, reason)
        return
    for column in differing(row, part, given, counted=counted):
        said = kilograms(part[column]) if column == _KG else held_value(part[column])
        reason = f"{lot} is in production {code} with {said}. {WAY_OUT}"
        yield rejected_cell(stem, line, column, row[column], reason)


def differing(
    row: Mapping[str, Any], part: Mapping[str, Any], given: Container[str], *, counted: bool
) -> list[str]:
    """Name the columns in which a row says a part otherwise than the record.

    Args:
        row: A row of a side.
        part: What the record holds of that lot there.
        given: The columns that the file has: one in kilograms says nothing against pieces.
        counted: Whether its product told the row's kilograms. Those that the same amount was
            recorded with hold.
    """
    names = [name for name in ("quantity", "unit") if name in given]
    names += ["kind"] if "kind" in row else []
    other = [name for name in names if row[name] != part[name]]
    weighs_as_held = counted and not other
    return other if weighs_as_held or row[_KG] == part[_KG] else [_KG, *other]
