"""A trace as an Excel workbook: a sheet each for what it comes to, lots, links and shipments.

No cell is ever a formula or a link, whatever people typed. Times are the site's, without a zone
(Excel knows none); the first sheet names it. What doesn't fit a sheet is said there.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from dashboards.exports.csv_text import harmless
from dashboards.words import COLUMNS
from sql.genealogy.trace import Trace

MOST_ROWS = 1_048_575
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
    """Give the workbook's bytes.

    Args:
        found: The trace.
        customers: One row a customer reached.
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
        counts = {name: _counted(len(rows)) for name, (_columns, rows) in sheets.items()}
        _summary(book, {**facts, "Times": zone.key, **counts}, formats)
        for name, (columns, rows) in sheets.items():
            _sheet(book, name, columns, rows, formats, zone)
    return whole.getvalue()


def _counted(count: int) -> str:
    """Say how many rows there are, and how many a sheet holds where it can't hold all."""
    return f"{count:,}" if count <= MOST_ROWS else f"{MOST_ROWS:,} of {count:,}: Excel's limit"


def _summary(book: xlsxwriter.Workbook, facts: Mapping[str, str], formats: dict) -> None:
    """Write the first sheet: a name and what it says, row by row."""
    sheet = book.add_worksheet("Summary")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 110)
    for at, (name, said) in enumerate(facts.items()):
        sheet.write_string(at, 0, name, formats["head"])
        sheet.write_string(at, 1, harmless(said))


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    formats: dict,
    zone: ZoneInfo,
) -> None:
    """Write rows under their headings, which stay in sight and can be filtered."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        heading = COLUMNS.get(column, column.replace("_", " ").capitalize())
        sheet.write_string(0, at, heading, formats["head"])
        sheet.set_column(at, at, 24 if column.endswith(("code", "name")) else 15)
    last = 0
    for last, row in zip(range(1, MOST_ROWS + 1), rows, strict=False):  # noqa: B007
        for at, column in enumerate(columns):
            _cell(sheet, last, at, column, row.get(column), formats, zone)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _cell(sheet, row: int, at: int, column: str, value: Any, formats: dict, zone) -> None:
    """Write one value by what it is; an unknown one stays empty."""
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value.astimezone(zone).replace(tzinfo=None), formats["time"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, Decimal):
        sheet.write_number(row, at, float(value), formats["kg"])
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, formats["share"] if column == "share" else None)
    else:
        sheet.write_string(row, at, harmless(value))
