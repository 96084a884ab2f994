"""The packings of an import: lots and units go into a unit or out of it, row after row.

What is in a unit follows from the order, so rows are taken as the file has them, after those that
the record holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboards.commands.import_files import NOWHERE, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.packing_steps import Step, steps_out_of_place
from dashboards.commands.wording import in_unit, site_time
from sql.record.transactions import Transaction
from sql.stretches import put_together

STEM = "packings"


def rejected_packings(files: Mapping[str, Rows]) -> Iterator[Rejection]:
    """Find rows that say neither lot nor unit, or both, or an amount that they can't be of."""
    if STEM not in files:
        return
    rows = files[STEM]
    names = ("sscc", "lot_code", "inner_sscc", "quantity_kg", "quantity", "unit")
    for line, sscc, lot, inner, kg, counted, unit in zip(
        rows.lines, *(rows.columns[name] for name in names), strict=True
    ):
        if lot is None and inner is None:
            reason = "says neither which lot nor which unit. Fill in lot_code, or inner_sscc."
            yield rejected_cell(STEM, line, "lot_code", None, reason)
        elif lot is not None and inner is not None:
            reason = f"goes with lot {lot} on one row. Give a unit and a lot a row each."
            yield rejected_cell(STEM, line, "inner_sscc", inner, reason)
        elif inner is not None and inner == sscc:
            reason = "can't be put into itself. Name the unit that goes into the other."
            yield rejected_cell(STEM, line, "inner_sscc", inner, reason)
        elif inner is not None and kg is not None:
            reason = "is of a whole unit. Leave it empty; its lots have their own rows."
            yield rejected_cell(STEM, line, "quantity_kg", kg, reason)
        elif inner is not None and counted is not None:
            reason = "is of a whole unit. Leave it empty; its lots have their own rows."
            yield rejected_cell(STEM, line, "quantity", counted, reason)
        elif counted is not None and kg is None:
            reason = (
                f"has no kilograms: nobody knows what {in_unit(counted, unit)} of lot {lot} weigh. "
                "Fill in quantity_kg, or say in products.csv what a unit weighs."
            )
            yield rejected_cell(STEM, line, "quantity", counted, reason)


def rejected_steps(transaction: Transaction, rows: Rows, found: Sorted) -> Iterator[Rejection]:
    """Find new rows that can't follow on what the record holds and the rows before them.

    Args:
        transaction: Open transaction that holds the write lock.
        rows: Checked rows of packings.csv.
        found: Which of them are new, and which held ones they replace or that go.
    """
    units = {rows.columns[name][at] for name in _UNITS for at in found.new}
    units = sorted((units | {row[name] for name in _UNITS for row in found.gone}) - {None})
    if not units:
        return
    replaced, gone = dict(found.replaced), {row["fact_id"] for row in found.gone}
    held = transaction.all("steps_around_units", ssccs=units)
    at_key = {key: line for line, key in rows.cells("source_key")}
    ended = [at_key[key] for key in replaced.values()]
    left = [row for row in held if row["packing_id"] not in {*replaced, *gone}]
    steps = [Step(None, **_said(row)) for row in left]
    steps += [
        Step(rows.lines[at], **{name: rows.columns[name][at] for name in _NAMES})
        for at in found.new
    ]
    for step, column, reason in steps_out_of_place(steps):
        if step.line is not None:
            yield rejected_cell(STEM, step.line, column, step.told(column), reason)
        elif ended or gone:
            reason = "would change what was taken out or packed on since. Void those entries first."
            line = ended[0] if ended else NOWHERE
            yield rejected_cell(STEM, line, "source_key", None, reason)
    yield from _after_it_left(transaction, rows, found, [row["sscc"] for row in held])


_UNITS = ("sscc", "inner_sscc")
_NAMES = ("sscc", "kind", "lot_code", "inner_sscc", "quantity_kg")


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _NAMES}


def _after_it_left(
    transaction: Transaction, rows: Rows, found: Sorted, around: Sequence[str]
) -> Iterator[Rejection]:
    """Find new rows about a unit that had left by then, and corrections of one that has left."""
    asked = sorted({*around, *(rows.columns["sscc"][at] for at in found.new)})
    left = {row["sscc"]: row for row in transaction.all("units_that_left", ssccs=asked)}
    corrected = {key for _fact, key in found.replaced}
    for at in found.new if left else ():
        sscc, when = rows.columns["sscc"][at], rows.columns["happened_at"][at]
        gone = left.get(sscc)
        if gone is not None and _is_after(
            when, gone["left_until"] or gone["left_at"], rows, at, corrected
        ):
            reason = (
                f"left with shipment {gone['shipment_code']}, "
                f"{site_time(put_together(gone, 'left'))}. "
                "Where that is wrong, void the shipment first."
            )
            yield rejected_cell(STEM, rows.lines[at], "sscc", sscc, reason)


def _is_after(when: datetime, left_at: datetime, rows: Rows, at: int, corrected: set[str]) -> bool:
    return when > left_at or rows.columns["source_key"][at] in corrected
