"""In which logistic units (SSCC) the lots of a trace stand, and which left with which shipment.

Of the lots asked about and their descendants: what they were made from is not held. Read in the
snapshot that the trace was read in, at once for all of its lots.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sql.record.transactions import Transaction

Lot = Mapping[str, Any]
UNIT = [
    "sscc",
    "outermost_sscc",
    "lot_code",
    "lot_type",
    "product_code",
    "product_name",
    "quantity_kg",
    "packed_at",
    "shipment_code",
    "customer_name",
    "left_at",
    "suspects",
]
_OF_LOT = ("lot_code", "lot_type", "product_code", "product_name", "suspects")
_DIGITS = frozenset("0123456789")


def units_traced(
    transaction: Transaction, lots: Iterable[Lot], shipments: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Say of each unit what it holds of each lot, and how it left; those still here come first.

    Args:
        transaction: The transaction or snapshot that the trace was read in.
        lots: The lots of the trace, as `sql.genealogy.trace.Trace.lots`.
        shipments: Its shipments. A line that names a unit of which nobody said what was packed in
            it is a unit that left, too.

    Returns:
        One mapping a unit and lot with the columns of `UNIT`: sscc (the unit that the lot lies in),
        outermost_sscc (what that stands on in the end; itself where on nothing), quantity_kg (None:
        nobody weighed it), packed_at (None: nobody said it was packed); shipment_code,
        customer_name and left_at, None while it is here. With them quantity and unit (None: nobody
        counted it), and left_until (of a time known by the day or month, its end).
    """
    ahead = {lot["lot_id"]: lot for lot in lots if lot["direction"] != "back"}
    rows = transaction.all("units_traced", lot_ids=list(ahead)) if ahead else ()
    units = [_unit(row, ahead[row["lot_id"]]) for row in rows]
    said = {(row["lot_id"], row["outermost_sscc"]) for row in rows}
    for line in shipments:
        sscc = _digits(line["sscc"])
        if sscc and line["lot_id"] in ahead and (line["lot_id"], sscc) not in said:
            units.append(_left_on(line, sscc, ahead[line["lot_id"]]))
    return sorted(units, key=_here_first)


def name_units(lots: Iterable[dict[str, Any]], units: Sequence[Mapping[str, Any]]) -> None:
    """Say of each lot of an answer in which units it is, where it is in any.

    Adds units_here, the SSCCs that it lies in here, and units_left, those that left with their
    shipment's code behind.
    """
    here: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for unit in units:
        shipment = unit["shipment_code"]
        among = here if shipment is None else left
        said = unit["sscc"] if shipment is None else f"{unit['sscc']} ({shipment})"
        among.setdefault(unit["lot_code"], []).append(said)
    for lot in lots:
        if lot["direction"] != "back" and lot["lot_code"] in {**here, **left}:
            lot["units_here"] = tuple(here.get(lot["lot_code"], ()))
            lot["units_left"] = tuple(left.get(lot["lot_code"], ()))


def _unit(row: Mapping[str, Any], lot: Lot) -> dict[str, Any]:
    """Put beside what a unit holds which lot it is."""
    whole = {**row, **{name: lot[name] for name in _OF_LOT}}
    return {name: whole[name] for name in [*UNIT, "quantity", "unit", "left_until"]}


def _left_on(line: Mapping[str, Any], sscc: str, lot: Lot) -> dict[str, Any]:
    """Read a unit from the line of a shipment that names it."""
    names = ("quantity_kg", "quantity", "unit", "shipment_code", "customer_name")
    of_line = {name: line[name] for name in names}
    at = {"sscc": sscc, "outermost_sscc": sscc, "packed_at": None}
    left = {"left_at": line["happened_at"], "left_until": line["happened_until"]}
    return _unit({**of_line, **at, **left}, lot)


def _here_first(unit: Mapping[str, Any]) -> tuple:
    names = ("shipment_code", "outermost_sscc", "sscc", "lot_code")
    return unit["shipment_code"] is not None, *(unit[name] or "" for name in names)


def _digits(written: str | None) -> str | None:
    """Return an SSCC as units are known by, however it was written; what is none stays as it is."""
    bare = "".join(sign for sign in written or "" if sign in _DIGITS)
    if len(bare) == 20 and bare.startswith("00"):
        return bare[2:]
    return bare if len(bare) == 18 else written
