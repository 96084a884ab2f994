"""The tables of a trace's page: what each stage comes to, and which customers were reached.

What is counted stands in a row of its own below kilograms, a row for each unit.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from reportlab.lib.units import mm

from dashboards.exports.sheet import WIDTH, Sheet, fitting
from dashboards.words import NO_TYPE, amount, amount_in_unit
from sql.amounts import Amount, total
from sql.genealogy.stage_sums import stage_quantities, stage_sums
from sql.genealogy.trace import Trace
from sql.genealogy.traced_lots import types_in_order
from sql.unit_amounts import InUnit, sums_in_units

_NOTHING_HERE = "–"
_Lots = Sequence[Mapping[str, Any]]


def draw_stages(sheet: Sheet, found: Trace) -> None:
    """Write a row for each stage: lots, kilograms, and how much of the lot asked about is here."""
    stops = [58 * mm, 96 * mm, 134 * mm, WIDTH]
    sheet.rule()
    sheet.row(["Stage", "Lots", "Weight", "Suspect", "Suspect, still here"], stops, 8)
    lots = list({lot["lot_id"]: lot for lot in found.lots}.values())
    sums, counted = stage_sums(lots, found.links), stage_quantities(lots, found.links)
    members: dict[str | None, list[Mapping[str, Any]]] = defaultdict(list)
    for lot in lots:
        members[lot["lot_type"]].append(lot)
    for lot_type in [*types_in_order(lots), None]:
        if lot_type in sums:
            made = members[lot_type]
            resting = [lot for lot in made if lot["direction"] != "back"]
            known = total(Amount.of(lot, "suspect_on_hand") for lot in resting)
            here = amount(known) if resting else _NOTHING_HERE
            weight, suspect = (amount(known) for known in sums[lot_type])
            stage = lot_type or NO_TYPE
            sheet.row([stage, f"{len(made):,}", weight, suspect, here], stops)
            for row in _in_units(made, resting, counted.get(lot_type, {})):
                sheet.row(row, stops)


def _in_units(
    lots: _Lots, resting: _Lots, counted: Mapping[str, tuple[Amount, Amount]]
) -> list[list[str]]:
    """Say the same of a stage's lots that are kept in units, a row for each unit."""
    here: dict[str | None, InUnit] = {
        one.unit: one for one in sums_in_units(resting, "suspect_on_hand")
    }
    return [
        [
            "",
            f"{sum(lot.get('unit') == unit for lot in lots):,}",
            amount_in_unit(whole, unit),
            amount_in_unit(suspect, unit) if unit in here else _NOTHING_HERE,
            amount_in_unit(here[unit].amount, unit) if unit in here else _NOTHING_HERE,
        ]
        for unit, (whole, suspect) in counted.items()
    ]


def draw_customers(sheet: Sheet, customers: Sequence[Mapping[str, Any]]) -> None:
    """Write as many customers as fit, and how many more there are."""
    stops = [74 * mm, 92 * mm, WIDTH]
    sheet.rule()
    sheet.row(
        [f"Customers reached: {len(customers):,}", "Kilograms", "Shipments", "Contact"],
        stops,
        8,
    )
    rows = [_customer(customer) for customer in customers]
    fits, ends = sheet.rows_left(), list(accumulate(map(len, rows)))
    all_fit = not ends or ends[-1] <= fits
    shown = len(rows) if all_fit else bisect_right(ends, max(0, fits - 1))
    for row in chain.from_iterable(rows[:shown]):
        sheet.row(row, stops)
    if shown < len(customers):
        sheet.line(f"{len(customers) - shown:,} more are in the workbook.")


def _customer(row: Mapping[str, Any]) -> list[list[str]]:
    """Say what a customer has, what of it is counted in a row of its own, and how to reach it."""
    contact = " · ".join(row[name] for name in ("phone", "email") if row[name])
    in_units = row.get("away_in_units")
    return [
        [
            row["customer_name"],
            amount(Amount.of(row, "away")),
            f"{row['shipments_count']:,}",
            fitting(contact, 9, 80 * mm),
        ],
        *([["", in_units, "", ""]] if in_units else []),
    ]
