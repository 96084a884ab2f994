"""Which plant, which product, and who delivered what: the origins on the page of a trace."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.utils import simpleSplit

from dashboards.exports.sheet import NAME, WIDTH, Sheet
from dashboards.words import NOT_RECORDED
from dashboards.words.masters import PLANT_NOT_RECORDED

SIZE, MOST_LINES = 8.5, 3


def plant_and_products(
    sites: Sequence[Mapping[str, Any]], lots: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """Say which plant answers and what the lots are, as facts for the head of the page."""
    plants = [
        ", ".join(site[name] for name in ("site_name", "address") if site[name]) for site in sites
    ]
    products = list(dict.fromkeys(_product(lot) for lot in lots))
    return {"Plant": "; ".join(plants) or PLANT_NOT_RECORDED, "Product": "; ".join(products)}


def _product(lot: Mapping[str, Any]) -> str:
    """Say what a lot is: product, GTIN and use-by."""
    product = [lot["product_code"], lot["product_name"], lot["gtin"] and f"GTIN {lot['gtin']}"]
    use_by = lot["expires_on"] and f"use by {lot['expires_on']:%Y-%m-%d}"
    return " · ".join(part for part in [*product, use_by] if part) or NOT_RECORDED


def deliveries_said(deliveries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say each supplier's lot with the lots it came in as, in one text each."""
    lots: dict[tuple, list[str]] = {}
    for row in deliveries:
        contact = tuple(row[name] for name in ("phone", "email") if row[name])
        key = (row["supplier_name"], row["supplier_code"], row["supplier_lot_code"], contact)
        lots.setdefault(key, []).append(row["lot_code"])
    return [
        " · ".join(
            [
                f"{name or NOT_RECORDED} ({code})" if code else NOT_RECORDED,
                f"supplier's lot {lot_code or NOT_RECORDED}",
                f"came as {', '.join(codes)}",
                *contact,
            ]
        )
        for (name, code, lot_code, contact), codes in lots.items()
    ]


def draw_deliveries(sheet: Sheet, deliveries: Sequence[Mapping[str, Any]], rows_kept: int) -> None:
    """Write who delivered what, as much as fits above the rows kept for what follows."""
    said = deliveries_said(deliveries)
    sheet.rule()
    sheet.line(f"Suppliers' lots in it: {len(said):,}", 8)
    room = max(0, sheet.rows_left(SIZE) - rows_kept - 1)
    for number, text in enumerate(said):
        needed = min(MOST_LINES, len(simpleSplit(text, NAME, SIZE, WIDTH)))
        if needed > room:
            sheet.line(f"{len(said) - number:,} more are in the workbook.")
            return
        sheet.wrapped(text, SIZE, most=MOST_LINES)
        room -= needed
