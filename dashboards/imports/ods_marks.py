"""What an ods says of its cells that its reader passes over, and how far they spread."""

from typing import IO
from xml.etree import ElementTree

from dashboards.imports.reading import Unreadable

MERGED = "{cells} are merged, so that rows below lack their value. Part the cells, fill each."
MOST_CELLS, MOST_COLUMNS = 40_000_000, 16_384
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_CELL, _ROW, _SHEET = f"{_TABLE}table-cell", f"{_TABLE}table-row", f"{_TABLE}table"


def refuse_spread(rows: int, columns: int) -> None:
    """Refuse a sheet whose field from its first to its last cell would fill the memory."""
    if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
        raise Unreadable(
            f"spreads over {rows:,} rows and {columns:,} columns. Delete the cells far below or to "
            "the right of the table."
        )


def marks_of_ods(xml: IO[bytes]) -> dict[str, list[tuple[int, str]]]:
    """Find merged cells, by sheet: the last line they cover, and what is wrong.

    Raises:
        Unreadable: A sheet's cells lie so far apart that their whole field can't be held.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    marks: list[tuple[int, str]] = []
    line = widest = last = 0
    for event, element in ElementTree.iterparse(xml, events=("start", "end")):
        if event == "start":
            if element.tag == _SHEET:
                marks = found.setdefault(element.get(f"{_TABLE}name", ""), [])
                line = widest = last = 0
            elif element.tag == _ROW:
                line += 1
        elif element.tag == _ROW:
            first = line
            line += int(element.get(f"{_TABLE}number-rows-repeated", "1")) - 1
            width, spans = _of_row(element)
            if width:
                widest, last = max(widest, width), line
                refuse_spread(last, widest)
            marks += [
                (first + down - 1, MERGED.format(cells=f"cells of row {first}")) for down in spans
            ]
            element.clear()
    return found


def _of_row(row: ElementTree.Element) -> tuple[int, list[int]]:
    """Return how far a row's values reach, and how far down each merged cell of it does."""
    width = place = 0
    spans = []
    for cell in row:
        place += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if cell.get(_TYPE) is not None:
            width = place
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if cell.tag == _CELL and (
            down > 1 or cell.get(f"{_TABLE}number-columns-spanned", "1") != "1"
        ):
            spans.append(down)
    return width, spans
