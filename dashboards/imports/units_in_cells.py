"""Amounts that say their unit in their own cell: `480 pcs`, `200 L`, `25,5 kg`, `4 °C`.

A unit of kilograms or degrees that the heading says already is taken off; an amount in another unit
goes where amounts in units stand, when nothing stands there.
"""

import re
from dataclasses import replace

import polars as pl

from dashboards.imports.column_kinds import Kind
from dashboards.imports.columns import FILES
from dashboards.imports.given import Table
from sql.units import KILOGRAM, unit_named

_WITH_UNIT = (
    r"^\s*([+\u2212-]?[0-9.,][0-9., '’\u00a0\u2009\u202f]*?)\s*([^\s0-9.,'’+\u2212-].*?)\s*$"
)
_SPLIT = re.compile(_WITH_UNIT)
_DEGREES = frozenset({"c", "°c", "℃", "deg c"})
QUANTITY, UNIT = "quantity", "unit"


def with_units_apart(table: Table) -> Table:
    """Return the table with the units of its numbers where units stand, and nothing lost.

    A cell that can't be taken apart, or beside which an amount stands already, stays as it is: it
    is refused as no number.
    """
    columns = FILES[table.stem]
    numbers = [
        name
        for name in table.frame.columns
        if name in columns and columns[name].kind is Kind.NUMBER and name not in table.numbers
    ]
    for name in numbers:
        says_its_unit = name.endswith(("_kg", "_c")) or name == QUANTITY
        if says_its_unit and table.frame[name].cast(pl.String).str.contains(_WITH_UNIT).any():
            table = _apart(table, name, takes_units=QUANTITY in columns and UNIT in columns)
    return table


def _apart(table: Table, name: str, *, takes_units: bool) -> Table:
    """Take the cells of one column apart."""
    frame = table.frame
    nothing: list[str | None] = [None] * frame.height
    cells = frame[name].to_list()
    amounts: list[str | None] = (
        frame[QUANTITY].to_list() if QUANTITY in frame.columns else [*nothing]
    )
    units: list[str | None] = frame[UNIT].to_list() if UNIT in frame.columns else [*nothing]
    has_moved = False
    for at, cell in enumerate(cells):
        found = None if cell is None else _SPLIT.match(cell)
        if found is None:
            continue
        number, written = found[1], found[2]
        unit = unit_named(written)
        if (name.endswith("_c") and written.casefold() in _DEGREES) or (
            name.endswith("_kg") and unit == KILOGRAM
        ):
            cells[at] = number
        elif takes_units and name == QUANTITY and unit and units[at] is None:
            cells[at], units[at], has_moved = number, written, True
        elif takes_units and unit and amounts[at] is None and units[at] is None:
            cells[at], amounts[at], units[at], has_moved = None, number, written, True
    changed = {name: cells}
    headings = table.headings
    if has_moved:
        changed |= {UNIT: units} if name == QUANTITY else {QUANTITY: amounts, UNIT: units}
        own = headings.get(name, name)
        headings = {QUANTITY: own, UNIT: own, **headings}
    new = [pl.Series(column, said, dtype=pl.String) for column, said in changed.items()]
    return replace(table, frame=frame.with_columns(new), headings=headings)
