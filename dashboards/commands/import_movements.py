"""The movements of an import: what a kind asks of its row, which shipment's line came back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.commands.import_files import Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.movement_values import GOT_BY_PARTNER, STAYS
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch

STEM = "movements"
LINE = "shipment_code"
AMOUNTS = ("quantity_kg", "quantity")


def rejected_movements(transaction: Transaction, files: Mapping[str, Rows]) -> Iterator[Rejection]:
    """Find rows that don't fit their kind, and returns of what was never shipped of their lot."""
    if STEM not in files:
        return
    rows = files[STEM]
    shipped = _shipped(transaction, files)
    names = ("kind", "lot_code", *AMOUNTS, "partner_code", LINE, "happened_at", "place_code")
    for line, kind, lot, kg, quantity, partner, shipment, at, place in zip(
        rows.lines, *(rows.columns[name] for name in names), strict=True
    ):
        is_return = kind == MovementKind.RETURNED
        if partner is not None and kind not in GOT_BY_PARTNER:
            reason = f"goes with {' and '.join(sorted(GOT_BY_PARTNER))} only."
            yield rejected_cell(STEM, line, "partner_code", partner, reason)
        if kg is None and quantity is None and kind == MovementKind.COUNTED:
            reason = "a count says what was found. Where nothing was, count 0."
            yield rejected_cell(STEM, line, "quantity_kg", None, reason)
        if isinstance(at, Stretch) and kind == MovementKind.COUNTED:
            reason = (
                "a count needs its time of day: what left before is in it, what left since is not."
            )
            yield rejected_cell(STEM, line, "happened_at", at, reason)
        if place is not None and kind in STAYS:
            reason = f"goes with what leaves or comes back, not with {kind}. Leave it empty."
            yield rejected_cell(STEM, line, "place_code", place, reason)
        if 0 in (kg, quantity) and kind != MovementKind.COUNTED:
            reason = "nothing moved. Leave it empty where the amount is unknown."
            yield rejected_cell(STEM, line, AMOUNTS[quantity == 0], 0, reason)
        if kind is not None and is_return != (shipment is not None):
            reason = "names the shipment that something came back of: with RETURNED, only there."
            yield rejected_cell(STEM, line, LINE, shipment, reason)
        elif is_return and lot is not None and (shipment, lot) not in shipped:
            reason = f"has no line of {lot}, in the record or in shipments.csv."
            yield rejected_cell(STEM, line, LINE, shipment, reason)


def _shipped(transaction: Transaction, files: Mapping[str, Rows]) -> set[tuple[Any, Any]]:
    """List what was shipped, as codes of shipment and lot, under the codes that came back."""
    codes = [code for code in files[STEM].columns[LINE] if code is not None]
    known = {
        (row["shipment_code"], row["lot_code"])
        for row in (transaction.all("lines_of_shipments", codes=codes) if codes else ())
    }
    if "shipments" in files:
        new = files["shipments"].columns
        known |= set(zip(new["shipment_code"], new["lot_code"], strict=True))
    return known


def corrected_under_returns(
    transaction: Transaction, rows: Rows, found: Sorted
) -> Iterator[Rejection]:
    """Find corrections of shipment lines of which something came back: that is voided first."""
    keys = {fact_id: key for fact_id, key in found.replaced}
    if not keys:
        return
    at = {key: line for line, key in rows.cells("source_key")}
    for row in transaction.all("lines_with_returns", shipment_ids=list(keys)):
        key = keys[row["shipment_id"]]
        reason = "names a shipment of which something came back. Void that movement first."
        yield rejected_cell("shipments", at[key], "source_key", key, reason)


def with_lines(
    transaction: Transaction, columns: Mapping[str, Sequence[Any]], places: Sequence[int]
) -> dict[str, Sequence[Any]]:
    """Put the id of a shipment's line in the place of its code, for the rows to be written.

    Where a lot has several lines in a shipment, each return is of the first that had so much left.
    """
    codes = columns[LINE]
    asked = list({codes[at] for at in places if codes[at] is not None})
    lines: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in transaction.all("lines_of_shipments", codes=asked) if asked else ():
        lines[row["shipment_code"], row["lot_id"]].append(row)
    back: dict[int, Decimal] = defaultdict(Decimal)
    ids: list[int | None] = [None] * len(codes)
    for at in places:
        if codes[at] is not None:
            kg = columns["quantity_kg"][at] or Decimal(0)
            line = _line_with(lines[codes[at], columns["lot_id"][at]], back, kg)
            ids[at] = line["shipment_id"]
            back[line["shipment_id"]] += kg
    others = {name: values for name, values in columns.items() if name != LINE}
    return {**others, "shipment_id": ids}


def _line_with(lines: Sequence[Row], back: Mapping[int, Decimal], kg: Decimal) -> Row:
    """Return the first line that had so much left; the first of all where none had."""
    for line in lines:
        shipped = line["quantity_kg"]
        if shipped is None or back[line["shipment_id"]] + line["returned_kg"] + kg <= shipped:
            return line
    return lines[0]
