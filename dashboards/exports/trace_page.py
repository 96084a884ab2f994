"""A trace as one page to print and sign: what was asked, the verdict, stages and customers.

One page always: what doesn't fit is counted and named as being in the workbook.
"""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from dashboards.words import NO_TYPE, STAGES, kilograms
from sql.genealogy.trace import Trace

# A font with every letter of Hungarian and the marks of states; its licence lies beside it.
_FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
NAME = "DejaVuSans"
LEFT, RIGHT, TOP, BOTTOM = 18 * mm, A4[0] - 18 * mm, A4[1] - 18 * mm, 22 * mm
MOST_VERDICT_LINES, MOST_LOTS_NAMED = 10, 12
INK, PALE = HexColor("#0f172a"), HexColor("#94a3b8")


class _Page:
    """A page that is written from the top, and knows what room is left."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.y = canvas, TOP

    def line(self, text: str, size: float = 9, gap: float = 4, indent: float = 0) -> None:
        """Write one line, cut with an ellipsis where it is too long."""
        while text and pdfmetrics.stringWidth(text, NAME, size) > RIGHT - LEFT - indent:
            text = f"{text[:-2]}…" if text.endswith("…") else f"{text[:-1]}…"
        self.y -= size + gap
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(LEFT + indent, self.y, text)

    def wrapped(self, text: str, size: float = 9, most: int = 4) -> None:
        """Write a text over as many lines as it takes, at most so many."""
        lines = simpleSplit(text, NAME, size, RIGHT - LEFT)
        for at, line in enumerate(lines[:most]):
            self.line(f"{line} …" if at == most - 1 and len(lines) > most else line, size)

    def row(self, cells: Sequence[str], stops: Sequence[float], size: float = 9) -> None:
        """Write cells at their stops; those but the first are aligned right."""
        self.y -= size + 4
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(LEFT, self.y, _fitting(cells[0], size, stops[0] - 24 * mm))
        for cell, stop in zip(cells[1:], stops, strict=True):
            self.canvas.drawRightString(LEFT + stop, self.y, cell)

    def rule(self) -> None:
        """Draw a thin line across."""
        self.y -= 7
        self.canvas.setStrokeColor(PALE)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)

    def rows_left(self, size: float = 9) -> int:
        """Say how many more rows fit."""
        return max(0, int((self.y - BOTTOM) / (size + 4)))


def page(
    found: Trace,
    customers: Sequence[Mapping[str, Any]],
    facts: Mapping[str, str],
    said: Sequence[str],
) -> bytes:
    """Give the page as PDF bytes; equal answers give equal bytes.

    Args:
        found: The trace.
        customers: One row a customer reached, those with most kilograms first.
        facts: Who asked, when, of which moment, which edition; by name, a line each.
        said: What it comes to, then the verdict, line by line.
    """
    _register()
    whole = io.BytesIO()
    canvas = Canvas(whole, pagesize=A4, invariant=1)
    canvas.setTitle(f"Trace of {found.lot['lot_code']}")
    canvas.setFillColor(INK)
    sheet = _Page(canvas)
    sheet.line(f"Trace of {found.lot['lot_code']}", 17, 2)
    for name, value in facts.items():
        sheet.line(f"{name}: {value}", 8.5)
    sheet.rule()
    for line in said[:MOST_VERDICT_LINES]:
        sheet.wrapped(line, 10)
    if len(said) > MOST_VERDICT_LINES:
        sheet.line(f"{len(said) - MOST_VERDICT_LINES} more lines are in the workbook.")
    for gap in found.verdict.gaps:
        named = ", ".join(gap.lot_codes[:MOST_LOTS_NAMED])
        more = len(gap.lot_codes) - MOST_LOTS_NAMED
        also = f", and {more:,} more" if more > 0 else ""
        sheet.wrapped(f"{gap.kind.replace('_', ' ')}: {named}{also}", 7.5, most=2)
    _stages(sheet, found)
    _customers(sheet, customers)
    canvas.setFont(NAME, 8)
    canvas.drawString(LEFT, BOTTOM - 22, "Checked by: ______________________________")
    canvas.drawRightString(RIGHT, BOTTOM - 22, "Date, signature: ______________________________")
    canvas.showPage()
    canvas.save()
    return whole.getvalue()


def _stages(sheet: _Page, found: Trace) -> None:
    """Write a row a stage: lots, kilograms, and what of the lot asked about is still there."""
    stops = [70 * mm, 105 * mm, 140 * mm, RIGHT - LEFT]
    sheet.rule()
    sheet.row(["Stage", "Lots", "Weight", "Suspect", "Suspect, still here"], stops, 8)
    totals: dict[str, list] = defaultdict(list)
    for lot in {lot["lot_id"]: lot for lot in found.lots}.values():
        totals[lot["lot_type"] or NO_TYPE].append(lot)
    for stage in STAGES:
        if lots := totals.get(stage):
            sheet.row(
                [
                    stage,
                    f"{len(lots):,}",
                    *(
                        _sum(lots, name)
                        for name in ("weight_kg", "suspect_kg", "suspect_on_hand_kg")
                    ),
                ],
                stops,
            )


def _customers(sheet: _Page, customers: Sequence[Mapping[str, Any]]) -> None:
    """Write as many customers as fit, and how many more there are."""
    stops = [74 * mm, 92 * mm, RIGHT - LEFT]
    sheet.rule()
    sheet.row(
        [f"Customers reached: {len(customers):,}", "Kilograms", "Shipments", "Contact"], stops, 8
    )
    fits = sheet.rows_left()
    shown = customers if len(customers) <= fits else customers[: max(0, fits - 1)]
    for row in shown:
        contact = " · ".join(row[name] for name in ("phone", "email") if row[name])
        sheet.row(
            [
                row["customer_name"],
                kilograms(row["quantity_kg"]),
                f"{row['shipments_count']:,}",
                _fitting(contact, 9, 80 * mm),
            ],
            stops,
        )
    if len(shown) < len(customers):
        sheet.line(f"{len(customers) - len(shown):,} more are in the workbook.")


def _sum(lots: Sequence[Mapping[str, Any]], name: str) -> str:
    """Add up one column; a sum of which a part is unknown says so."""
    values = [lot.get(name) for lot in lots]
    if all(value is None for value in values):
        return "–"
    known = kilograms(sum(value for value in values if value is not None))
    return f"{known} +?" if None in values else known


def _fitting(text: str, size: float, width: float) -> str:
    """Cut a text to a width, with an ellipsis."""
    while text and pdfmetrics.stringWidth(text, NAME, size) > width:
        text = f"{text[:-2]}…" if text.endswith("…") else f"{text[:-1]}…"
    return text


@cache
def _register() -> None:
    """Make the font known, once a process."""
    pdfmetrics.registerFont(TTFont(NAME, _FONT))
