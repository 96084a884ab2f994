"""A trace as an Excel workbook: a summary, then lots, links, shipments and customers, a sheet each.

No cell is ever a formula or a link, whatever people typed. Times are the site's, without a zone
(Excel knows none); the first sheet names it. What doesn't fit a sheet is said there.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from dashboards.exports.csv_text import harmless
from dashboards.exports.worksheet import counted, write_rows
from sql.genealogy.trace import Trace

LOTS = [
    "lot_code",
    "direction",
    "steps",
    "lot_type",
    "product_code",
    "product_name",
    "disposition",
    "share",
    "suspect_kg",
    "suspect_on_hand_kg",
    "suspect_shipped_kg",
    "weight_kg",
    "on_hand_kg",
    "shipped_kg",
    "supplier_name",
    "supplier_lot_code",
    "happened_at",
    "recorded_at",
]
LINKS = [
    "parent_lot_code",
    "child_lot_code",
    "quantity_kg",
    "happened_at",
    "recorded_at",
    "is_late",
]
SHIPMENTS = [
    "happened_at",
    "shipment_code",
    "lot_code",
    "customer_name",
    "customer_code",
    "quantity_kg",
    "document",
    "sscc",
    "phone",
    "email",
]
CUSTOMERS = ["customer_name", "customer_code", "quantity_kg", "shipments_count", "phone", "email"]


def workbook(
    found: Trace, customers: Sequence[Mapping[str, Any]], facts: Mapping[str, str], zone: ZoneInfo
) -> bytes:
    """Write the workbook and return its bytes.

    Args:
        found: The trace.
        customers: One row for each customer reached.
        facts: What the first sheet says, by name: who asked, when, the verdict.
        zone: In which times are written.
    """
    whole = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    sheets = {
        "Lots": (LOTS, found.lots),
        "Links": (LINKS, found.links),
        "Shipments": (SHIPMENTS, found.shipments),
        "Customers": (CUSTOMERS, customers),
    }
    with xlsxwriter.Workbook(whole, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "kg": book.add_format({"num_format": "#,##0.000"}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        counts = {name: counted(len(rows)) for name, (_columns, rows) in sheets.items()}
        _summary(book, {**facts, "Times": zone.key, **counts}, formats)
        for name, (columns, rows) in sheets.items():
            write_rows(book.add_worksheet(name), columns, rows, formats, zone)
    return whole.getvalue()


def _summary(book: xlsxwriter.Workbook, facts: Mapping[str, str], formats: dict) -> None:
    """Write the first sheet: a name and what it says, row by row."""
    sheet = book.add_worksheet("Summary")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 110)
    for at, (name, said) in enumerate(facts.items()):
        sheet.write_string(at, 0, name, formats["head"])
        sheet.write_string(at, 1, harmless(said))
