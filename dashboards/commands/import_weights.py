"""Kilograms that the rows of an import leave to their product: an amount × what a unit weighs.

As on the screens: a part of a lot that weighs otherwise weighs as that lot does; kilograms that a
row gives hold, and what a product weighs later changes nothing. A row of a lot that the record
holds already reads as it is held; so does one of a fact (`import_held_weights`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Known, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_of_lots import AMOUNT, lots_weighed, products_of
from dashboards.commands.quantities import Quantity
from dashboards.commands.weighed import part_of
from sql.record.transactions import Row, Transaction

# Where a row's kilograms stand, and the lot whose product says what a unit weighs.
WEIGHTS = {
    LOTS: ("weight_kg", "lot_code"),
    "production_inputs": ("quantity_kg", "lot_code"),
    "production_outputs": ("quantity_kg", "lot_code"),
    "genealogy": ("quantity_kg", "parent_lot_code"),
    "shipments": ("quantity_kg", "lot_code"),
    "movements": ("quantity_kg", "lot_code"),
    "packings": ("quantity_kg", "lot_code"),
    "moves": ("quantity_kg", "lot_code"),
}


def with_weights(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> Mapping[str, Rows]:
    """Return the files with the kilograms that their products tell, and which rows these are."""
    if not any("quantity" in files[stem].given for stem in WEIGHTS if stem in files):
        return files
    product_of = products_of(transaction, files, known)
    weighed = dict(files)
    if LOTS in files:
        weighed[LOTS] = _weighed(LOTS, files[LOTS], product_of, known, {})
    lot_of = lots_weighed(weighed, known)
    for stem in (stem for stem in WEIGHTS if stem in files and stem != LOTS):
        weighed[stem] = _weighed(stem, files[stem], product_of, known, lot_of)
    return weighed


def otherwise_weighed(
    transaction: Transaction, files: Mapping[str, Rows], known: Known, facts: Mapping[str, Sorted]
) -> Iterator[Rejection]:
    """Tell, once a file and product, new kilograms that are not those of the amount beside them.

    Catch weight: what was weighed is kept.
    """
    product_of, lot_of = products_of(transaction, files, known), lots_weighed(files, known)
    for stem in (stem for stem in WEIGHTS if stem in files):
        rows, (kg_field, lot_field) = files[stem], WEIGHTS[stem]
        codes, kilograms = rows.columns[lot_field], rows.columns[kg_field]
        held_kg = {
            code: (lot["weight_kg"], lot["registered_weight_kg"])
            for code, lot in known[LOTS].items()
        }
        new = [at for at, code in enumerate(codes) if kilograms[at] not in held_kg.get(code, ())]
        told: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
        for at in new if stem == LOTS else facts[stem].new:
            product = product_of.get(codes[at])
            kg = _kilograms(rows, at, product, None if stem == LOTS else lot_of.get(codes[at]))
            if product is not None and None not in (kg, kilograms[at]) and kg != kilograms[at]:
                told[product["product_code"]].append((at, kg or Decimal(0)))
        for product_code, found in told.items():
            at, kg = found[0]
            amount = f"{_plain(rows.columns['quantity'][at])} {rows.columns['unit'][at]}"
            said = f"{amount} of {product_code} come to {_plain(kg)} kg. What was weighed is kept"
            more = f", so in {len(found) - 1} more of its rows." if len(found) > 1 else "."
            yield rejected_cell(stem, rows.lines[at], kg_field, kilograms[at], said + more)


def _weighed(
    stem: str,
    rows: Rows,
    product_of: Mapping[Any, Row],
    known: Known,
    lot_of: Mapping[Any, Mapping[str, Any]],
) -> Rows:
    """Fill in the kilograms of rows that give an amount alone."""
    kg_field, lot_field = WEIGHTS[stem]
    kilograms, counted = list(rows.columns[kg_field]), set()
    for at, code in enumerate(rows.columns[lot_field]):
        if kilograms[at] is not None:
            continue
        product, held = product_of.get(code), known[LOTS].get(code)
        kg = _kilograms(rows, at, product, lot_of.get(code))
        if stem == LOTS and held is not None and kg is not None and _keeps(rows, at, product, held):
            kilograms[at] = held["weight_kg"]
        elif kg is not None:
            kilograms[at] = kg
            counted.add(at)
    columns = {**rows.columns, kg_field: kilograms}
    given = rows.given | {kg_field} if counted else rows.given
    return replace(rows, columns=columns, given=given, counted=frozenset(counted))


def _keeps(lots: Rows, at: int, product: Row | None, held: Row) -> bool:
    """Tell whether a known lot keeps its kilograms: its amount is no other, or it was weighed."""
    said = tuple(lots.columns[name][at] for name in AMOUNT)
    if said in [tuple(held[f"{was}{name}"] for name in AMOUNT) for was in ("", "registered_")]:
        return True
    return held["weight_kg"] not in (None, _of(held["quantity"], held["unit"], product))


def _kilograms(
    rows: Rows, at: int, product: Row | None, lot: Mapping[str, Any] | None
) -> Decimal | None:
    """Return what a row's amount comes to, of a lot where one is given; None: nobody knows."""
    return _of(rows.columns["quantity"][at], rows.columns["unit"][at], product, lot)


def _of(
    quantity: Decimal | None,
    unit: str | None,
    product: Row | None,
    lot: Mapping[str, Any] | None = None,
) -> Decimal | None:
    if product is None:
        return None
    weighs: dict[str, Any] = {name: lot[name] if lot else None for name in ("weight_kg", *AMOUNT)}
    weighs |= {"product_unit": product["unit"], "kg_per_unit": product["kg_per_unit"]}
    return part_of(weighs, Quantity(None, quantity, unit)).kg


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
