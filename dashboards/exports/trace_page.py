"""A trace as one page to print and sign: what was asked, the verdict, stages, whom to call.

One page always: what doesn't fit is counted and named as being in the workbook.
"""

import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboards.exports.sheet import WIDTH, Sheet, fitting
from dashboards.exports.trace_origins import draw_deliveries, plant_and_products
from dashboards.exports.trace_units import to_find, units_words
from dashboards.reader.signs import written_to_a_file
from dashboards.words import GAPS, NO_TYPE, amount, together
from sql.amounts import Amount, total
from sql.genealogy.stage_sums import stage_sums
from sql.genealogy.trace import Trace
from sql.genealogy.traced_lots import types_in_order
from sql.genealogy.whereabouts import Whereabouts

MOST_VERDICT_LINES, MOST_LOTS_NAMED = 10, 12
MOST_UNITS_NAMED = 9
MOST_KEPT = 14  # rows kept for customers, below the suppliers
BLANK = "_" * 30


@written_to_a_file()
def page(
    found: Trace,
    customers: Sequence[Mapping[str, Any]],
    facts: Mapping[str, str],
    said: Sequence[str],
    where: Whereabouts,
) -> bytes:
    """Write the page and return its PDF; equal answers have equal bytes.

    Args:
        found: The trace.
        customers: One row for each customer reached, those with most kilograms first.
        facts: Who asked, when, of which moment, which edition; by name, each on a line.
        said: What it comes to, then the verdict, line by line.
        where: Which plant answers, and who delivered what is in the answer.
    """
    whole = io.BytesIO()
    canvas = Canvas(whole, pagesize=A4, invariant=1)
    title = f"Trace of {together([lot['lot_code'] for lot in found.asked])}"
    canvas.setTitle(title)
    sheet = Sheet(canvas)
    sheet.line(title, 17, 2)
    for name, value in {**facts, **plant_and_products(where.sites, found.asked)}.items():
        sheet.line(f"{name}: {value}", 8.5)
    sheet.rule()
    for line in said[:MOST_VERDICT_LINES]:
        sheet.wrapped(line, 10)
    if len(said) > MOST_VERDICT_LINES:
        sheet.line(f"{len(said) - MOST_VERDICT_LINES} more lines are in the workbook.")
    for gap in found.verdict.gaps:
        named = ", ".join(gap.lot_codes[:MOST_LOTS_NAMED])
        more = max(len(gap.lot_codes) - MOST_LOTS_NAMED, 0) + gap.unlisted_count
        also = f", and {more:,} more" if more else ""
        sheet.wrapped(f"{GAPS[gap.kind]}: {named}{also}", 7.5, most=2)
    _stages(sheet, found)
    if named := to_find(where.units, MOST_UNITS_NAMED):
        sheet.wrapped(f"{units_words(where.units)} {named}", 8, most=3)
    if where.deliveries:
        draw_deliveries(sheet, where.deliveries, min(MOST_KEPT, len(customers) + 2))
    _customers(sheet, customers)
    sheet.foot(
        "Checked by: ______________________________",
        "Date, signature: ______________________________",
    )
    canvas.showPage()
    canvas.save()
    return whole.getvalue()


def _stages(sheet: Sheet, found: Trace) -> None:
    """Write a row for each stage: lots, kilograms, and how much of the lot asked about is here."""
    stops = [58 * mm, 96 * mm, 134 * mm, WIDTH]
    sheet.rule()
    sheet.row(["Stage", "Lots", "Weight", "Suspect", "Suspect, still here"], stops, 8)
    lots = list({lot["lot_id"]: lot for lot in found.lots}.values())
    sums = stage_sums(lots, found.links)
    resting: dict[str | None, list[Amount]] = defaultdict(list)
    counts = Counter(lot["lot_type"] for lot in lots)
    for lot in lots:
        if lot["direction"] != "back":
            resting[lot["lot_type"]].append(Amount.of(lot, "suspect_on_hand"))
    for lot_type in [*types_in_order(lots), None]:
        if lot_type in sums:
            here = amount(total(resting[lot_type])) if resting[lot_type] else "–"
            weight, suspect = (amount(known) for known in sums[lot_type])
            stage = lot_type or NO_TYPE
            sheet.row([stage, f"{counts[lot_type]:,}", weight, suspect, here], stops)


def _customers(sheet: Sheet, customers: Sequence[Mapping[str, Any]]) -> None:
    """Write as many customers as fit, and how many more there are."""
    stops = [74 * mm, 92 * mm, WIDTH]
    sheet.rule()
    sheet.row(
        [f"Customers reached: {len(customers):,}", "Kilograms", "Shipments", "Contact"],
        stops,
        8,
    )
    fits = sheet.rows_left()
    shown = customers if len(customers) <= fits else customers[: max(0, fits - 1)]
    for row in shown:
        contact = " · ".join(row[name] for name in ("phone", "email") if row[name])
        sheet.row(
            [
                row["customer_name"],
                amount(Amount.of(row, "away")),
                f"{row['shipments_count']:,}",
                fitting(contact, 9, 80 * mm),
            ],
            stops,
        )
    if len(shown) < len(customers):
        sheet.line(f"{len(customers) - len(shown):,} more are in the workbook.")
