"""What the lots of an import are of, and what they weigh once it is in."""

from collections.abc import Mapping
from typing import Any

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Known, Rows
from dashboards.commands.import_known import look_up
from dashboards.commands.import_masters import compared
from sql.record.transactions import Row, Transaction

AMOUNT = ("quantity", "unit")


def products_of(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> dict[Any, Row]:
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


def lots_weighed(files: Mapping[str, Rows], known: Known) -> dict[Any, Mapping[str, Any]]:
    """Return what each lot weighs and counts after the import, by its code."""
    lots: dict[Any, Mapping[str, Any]] = dict(known[LOTS])
    if LOTS in files:
        columns = files[LOTS].columns
        names = ("weight_kg", *AMOUNT)
        for code, *row in zip(*(columns[name] for name in ("lot_code", *names)), strict=True):
            said: dict[str, Any] = dict(zip(names, row, strict=True))
            if code not in lots or None not in said.values():
                lots[code] = said
    return lots
