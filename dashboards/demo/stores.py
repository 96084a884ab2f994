"""The demo plant's places, and where the lots of the last days were put when they came to be."""

from datetime import datetime, timedelta

from dashboards.demo.book import Book, Lot

DAYS_MOVED = 7
PLACES = [
    ("RAW", "Raw cold store", "cold store"),
    ("PROD", "Production", "line"),
    ("FRZ", "Freezer store", "cold store"),
]
STANDS_IN = {"RAW": "RAW", "FRZ": "FRZ", "FG": "FRZ"}


def moves(book: Book, until: datetime) -> list[tuple[Lot, str]]:
    """List the lots of the last days, each with the place it was put in."""
    since = until - timedelta(days=DAYS_MOVED)
    return [(lot, STANDS_IN.get(lot.kind, "PROD")) for lot in book.lots if lot.at >= since]
