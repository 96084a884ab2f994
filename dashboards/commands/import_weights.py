"""Kilograms that the rows of an import leave to their product: an amount × what a unit weighs.

As on the screens: kilograms that a row gives hold, and what a product weighs later changes nothing.
A row of a lot that the record holds already reads as it is held; so does one of a fact
(`import_held_weights`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Known, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_known import look_up
from dashboards.commands.import_masters import compared
from dashboards.commands.quantities import Quantity
from sql.record.transactions import Row, Transaction

# Where a row's kilograms stand, and the lot whose product says what a unit weighs.
WEIGHTS = {
    LOTS: ("weight_kg", "lot_code"),
    "genealogy": ("quantity_kg", "parent_lot_code"),
    "shipments": ("quantity_kg", "lot_code"),
}
AMOUNT = ("quantity", "unit")


def with_weights(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> Mapping[str, Rows]:
    """Return the files with the kilograms that their products tell, and which rows these are."""
    if not any("quantity" in files[stem].given for stem in WEIGHTS if stem in files):
        return files
    product_of = _products(transaction, files, known)
    return {
        stem: _weighed(stem, rows, product_of, known) if stem in WEIGHTS else rows
        for stem, rows in files.items()
    }


def otherwise_weighed(
    transaction: Transaction, files: Mapping[str, Rows], known: Known, facts: Mapping[str, Sorted]
) -> Iterator[Rejection]:
    """Tell, once a file and product, new rows whose kilograms are not those of their amount.

    Catch weight: what was weighed is kept.
    """
    product_of = _products(transaction, files, known)
    for stem in (stem for stem in WEIGHTS if stem in files):
        rows, (kg_field, lot_field) = files[stem], WEIGHTS[stem]
        codes, kilograms = rows.columns[lot_field], rows.columns[kg_field]
        new = [at for at, code in enumerate(codes) if code not in known[LOTS]]
        told: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
        for at in new if stem == LOTS else facts[stem].new:
            product = product_of.get(codes[at])
            kg = _kilograms(rows, at, product)
            if product is not None and None not in (kg, kilograms[at]) and kg != kilograms[at]:
                told[product["product_code"]].append((at, kg or Decimal(0)))
        for product_code, found in told.items():
            at, kg = found[0]
            amount = f"{_plain(rows.columns['quantity'][at])} {rows.columns['unit'][at]}"
            said = f"{amount} of {product_code} come to {_plain(kg)} kg. What was weighed is kept"
            more = f", so in {len(found) - 1} more of its rows." if len(found) > 1 else "."
            yield rejected_cell(stem, rows.lines[at], kg_field, kilograms[at], said + more)


def _weighed(stem: str, rows: Rows, product_of: Mapping[Any, Row], known: Known) -> Rows:
    """Fill in the kilograms of rows that give an amount alone."""
    kg_field, lot_field = WEIGHTS[stem]
    kilograms, counted = list(rows.columns[kg_field]), set()
    for at, code in enumerate(rows.columns[lot_field]):
        if kilograms[at] is not None:
            continue
        product, held = product_of.get(code), known[LOTS].get(code)
        kg = _kilograms(rows, at, product)
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


def _kilograms(rows: Rows, at: int, product: Row | None) -> Decimal | None:
    """Return what a row's amount comes to; None: nobody knows."""
    return _of(rows.columns["quantity"][at], rows.columns["unit"][at], product)


def _of(quantity: Decimal | None, unit: str | None, product: Row | None) -> Decimal | None:
    if product is None:
        return None
    return Quantity(None, quantity, unit).weighed(product["unit"], product["kg_per_unit"]).kg


def _products(transaction: Transaction, files: Mapping[str, Rows], known: Known) -> dict[Any, Row]:
    """Return each lot's product as it stands after the import, by the lot's code."""
    code_of = {code: lot["product_code"] for code, lot in known[LOTS].items()}
    if LOTS in files:
        columns = files[LOTS].columns
        for code, product in zip(columns["lot_code"], columns["product_code"], strict=True):
            held = known[LOTS].get(code)
            if held is None or product not in (None, held["registered_product_code"]):
                code_of[code] = product
    products = look_up(transaction, "products", {*code_of.values()} - {*known["products"]})
    products |= known["products"]
    if "products" in files:
        new = files["products"].columns
        names = ("product_code", "unit", "kg_per_unit")
        for row in zip(*(new[name] for name in names), strict=True):
            products.setdefault(row[0], dict(zip(names, row, strict=True)))
        for row in compared({"products": files["products"]}, known):
            changes = {change.column: change.new for change in row.changes}
            products[row.code] = {**products[row.code], **changes}
    return {lot: products[code] for lot, code in code_of.items() if code in products}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
