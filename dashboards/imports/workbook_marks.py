"""What a workbook says of its cells that its reader passes over: merged ones, formulas unvalued.

Looked for in the workbook's own XML, a block of rows at a time.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

from dashboards.imports.ods_marks import MERGED, marks_of_ods, refuse_spread

NO_VALUE = "{cell} is a formula without its value. Open the file in a spreadsheet and save it."
_STEP = 1 << 20
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+([0-9]+):[A-Z]+([0-9]+))"')
_UNVALUED = re.compile(
    rb'<(?:\w+:)?c (?![^>]*\bt="str")[^>]*?\br="([A-Z]+([0-9]+))"[^>]*>'
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]+)([0-9]+)"')
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Marks:
    """The marks of a workbook, by sheet: the line, and what is wrong there."""

    by_sheet: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def of(self, sheet: str) -> list[tuple[int, str]]:
        """List what is marked in a sheet."""
        return self.by_sheet.get(sheet, [])


def marks_of(raw: bytes) -> Marks:
    """Find merged cells and formulas without a value in a workbook that may be opened.

    Raises:
        Unreadable: A sheet's cells lie so far apart that their whole field can't be held.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        if "xl/workbook.xml" not in book.namelist():
            with book.open("content.xml") as xml:
                return Marks(marks_of_ods(xml))
        found = {}
        for sheet, part in _parts(book):
            with book.open(part) as xml:
                found[sheet] = list(_marks_of_xlsx(xml))
    return Marks(found)


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield each sheet with the part of the archive that holds it."""
    rels = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    names = set(book.namelist())
    for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(sheet.get(f"{_REL}id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                yield sheet.get("name", ""), part


def _marks_of_xlsx(xml: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the marks of one sheet's XML, in blocks that end with a cell.

    Raises:
        Unreadable: Its cells lie so far apart that their whole field can't be held.
    """
    kept, columns, last = b"", {b"A"}, 1
    while True:
        block = xml.read(_STEP)
        kept += block
        end = (
            kept.rfind(b"</c>") + 4 if block and b"</c>" in kept else len(kept) if not block else 0
        )
        cells = _CELL.findall(kept[:end])
        columns.update(column for column, _ in cells)
        last = max(last, *(int(line) for _, line in cells)) if cells else last
        yield from _marks_in(kept[:end])
        kept = kept[end:]
        if not block:
            refuse_spread(last, max(map(_number_of, columns)))
            return


def _number_of(column: bytes) -> int:
    """Count a column's letters as the number they are: A is 1, AA 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _marks_in(xml: bytes) -> Iterator[tuple[int, str]]:
    if b"mergeCell" in xml:
        for cells, _first, last in _MERGED.findall(xml):
            yield int(last), MERGED.format(cells=cells.decode())
    if re.search(rb"<(?:\w+:)?f\b", xml):
        for cell, line in _UNVALUED.findall(xml):
            yield int(line), NO_VALUE.format(cell=cell.decode())
