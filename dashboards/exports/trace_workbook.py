"""A trace as an Excel workbook: a summary, then lots, links, shipments and so on, a sheet each.

No cell is ever a formula or a link, whatever people typed. Times are the site's, without a zone
(Excel knows none); the first sheet names it. What doesn't fit a sheet is said there.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from dashboards.exports.trace_columns import (
    CUSTOMERS,
    HERE,
    LINKS,
    LOTS,
    MOVEMENTS,
    SHIPMENTS,
    SUPPLIERS,
)
from dashboards.exports.trace_units import unit_columns
from dashboards.exports.worksheet import counted, write_rows
from dashboards.reader.signs import written_to_a_file
from dashboards.words import NOT_RECORDED, STANDINGS
from sql.amount_columns import columns_told
from sql.genealogy.trace import Trace
from sql.genealogy.traced_units import UNIT
from sql.genealogy.whereabouts import Whereabouts

# What the rows of a sheet are, where its name is another thing: a shipment has a line for each lot.
ROWS_OF = {"Shipments": "Shipment lines"}


@written_to_a_file()
def workbook(
    found: Trace,
    customers: Sequence[Mapping[str, Any]],
    facts: Mapping[str, str],
    zone: ZoneInfo,
    where: Whereabouts,
) -> bytes:
    """Write the workbook and return its bytes.

    Args:
        found: The trace.
        customers: One row for each customer reached.
        facts: What the first sheet says, by name: who asked, when, the verdict.
        zone: In which times are written.
        where: What of the answer is still in the plant, and who delivered what is in it.
    """
    whole = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    sheets = {
        "Lots": (columns_told(_lot_columns(found), found.lots), found.lots),
        "Links": (LINKS, found.links),
        "Shipments": (columns_told(SHIPMENTS, found.shipments), found.shipments),
        "Customers": (columns_told(CUSTOMERS, customers), customers),
        "Suppliers": (SUPPLIERS, where.deliveries),
        "Here": (columns_told(HERE, where.here), [_in_words(lot) for lot in where.here]),
        "Movements": (columns_told(MOVEMENTS, found.movements), found.movements),
        "Units": (columns_told(UNIT, where.units), where.units),
    }
    with xlsxwriter.Workbook(whole, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "text": book.add_format({"num_format": "@", "quote_prefix": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "kg": book.add_format({"num_format": "#,##0.000###"}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        counts = {ROWS_OF.get(name, name): counted(len(rows)) for name, (_, rows) in sheets.items()}
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
        sheet.write_string(at, 1, said, formats["text"])


def _in_words(lot: Mapping[str, Any]) -> dict[str, Any]:
    """Say where a lot is and how far, in words."""
    return {
        **lot,
        "place": lot["place"] or NOT_RECORDED,
        "standing": STANDINGS[lot["standing"]],
    }


def _lot_columns(found: Trace) -> list[str]:
    """Add by which lots a lot is stopped and in which units it is, where one is."""
    stopped_by = ["stopped_by"] if any(lot.get("stopped_by") for lot in found.lots) else []
    return [*LOTS, *stopped_by, *unit_columns(found.lots)]
