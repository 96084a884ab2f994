"""A trace as one page to print and sign: what was asked, the verdict, stages, whom to call.

One page always: what doesn't fit is counted and named as being in the workbook.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dashboards.exports.sheet import Sheet
from dashboards.exports.trace_origins import draw_deliveries, plant_and_products
from dashboards.exports.trace_page_tables import draw_customers, draw_stages
from dashboards.exports.trace_units import to_find, units_words
from dashboards.reader.signs import written_to_a_file
from dashboards.words import GAPS, together
from sql.genealogy.trace import Trace
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
    draw_stages(sheet, found)
    if named := to_find(where.units, MOST_UNITS_NAMED):
        sheet.wrapped(f"{units_words(where.units)} {named}", 8, most=3)
    if where.deliveries:
        draw_deliveries(sheet, where.deliveries, min(MOST_KEPT, len(customers) + 2))
    draw_customers(sheet, customers)
    sheet.foot(
        "Checked by: ______________________________",
        "Date, signature: ______________________________",
    )
    canvas.showPage()
    canvas.save()
    return whole.getvalue()
