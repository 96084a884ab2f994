"""Amounts of an import's rows: kilograms, a number in a unit, or both; as the record keeps them.

What is wrong with two cells together is named at the one that is to be mended.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from dashboards.commands.import_files import Rejection
from dashboards.commands.master_kinds import refuse_unit_weight
from dashboards.commands.quantities import Quantity, quantity_given
from dashboards.commands.refusals import BadValue

# Where the kilograms of a row stand, and whether they moved.
KILOGRAMS = {
    "lots": ("weight_kg", False),
    "production_inputs": ("quantity_kg", True),
    "production_outputs": ("quantity_kg", True),
    "genealogy": ("quantity_kg", True),
    "shipments": ("quantity_kg", True),
    "movements": ("quantity_kg", False),  # of a count, 0 is what was found
    "packings": ("quantity_kg", True),
    "moves": ("quantity_kg", True),
}


def put_together(
    stem: str, lines: Sequence[int], columns: dict[str, Sequence[Any]], spoilt: Container[int]
) -> Iterator[Rejection]:
    """Put amounts into the units that the record keeps; yield what can't be.

    Args:
        stem: The kind of table.
        lines: Where its rows stand.
        columns: What is in their cells, read; those of amounts are changed.
        spoilt: Lines of which a cell was rejected already.
    """
    if stem == "products":
        yield from _refused_weights(lines, columns, spoilt)
    if stem not in KILOGRAMS or not any(map(_is_filled, (columns["quantity"], columns["unit"]))):
        return
    kg_field, is_moved = KILOGRAMS[stem]
    names = (kg_field, "quantity", "unit")
    read: dict[Any, Quantity | BadValue] = {}
    kept: list[Quantity] = []
    for line, *said in zip(lines, *(columns[name] for name in names), strict=True):
        key = tuple(said)
        if key not in read:
            read[key] = _read(*said, kg_field=kg_field, is_moved=is_moved)
        found = read[key]
        if isinstance(found, BadValue):
            if line in spoilt:
                kept.append(Quantity(None))
                continue
            column = found.field or "quantity"
            value = columns[column][len(kept)]
            told = None if value is None else str(value)
            yield Rejection(f"{stem}.csv", line, column, told, str(found))
            found = Quantity(None)
        kept.append(found)
    columns[kg_field] = [one.kg for one in kept]
    columns["quantity"] = [one.quantity for one in kept]
    columns["unit"] = [one.unit for one in kept]


def _read(kg: Any, quantity: Any, unit: Any, *, kg_field: str, is_moved: bool) -> Any:
    """Return the amount, or why it can't be taken."""
    try:
        return quantity_given(kg, quantity, unit, kg_field=kg_field, is_moved=is_moved)
    except BadValue as bad:
        return bad


def _is_filled(cells: Sequence[Any]) -> bool:
    return any(cell is not None for cell in cells)


def _refused_weights(
    lines: Sequence[int], columns: Mapping[str, Sequence[Any]], spoilt: Container[int]
) -> Iterator[Rejection]:
    """Find kilograms a unit without a unit that needs them."""
    for line, unit, kg in zip(lines, columns["unit"], columns["kg_per_unit"], strict=True):
        if kg is None or line in spoilt:
            continue
        try:
            refuse_unit_weight(unit)
        except BadValue as bad:
            yield Rejection("products.csv", line, "kg_per_unit", str(kg), str(bad))
