"""Codes of an import that are printed on labels and are no lot's own: which lot a row means.

What is printed may repeat, so nothing is chosen: a link's row says by the product which lot of that
label it means; any other row names the lot by its own code.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.import_tables import REFERENCES
from sql.record.transactions import Transaction

LINKS = "genealogy"
# Which product the lot of a column is of: read with that column, and kept nowhere.
PRODUCTS = {"parent_lot_code": "parent_product_code", "child_lot_code": "child_product_code"}
MOST_NAMED = 5


@dataclass(frozen=True)
class Labels:
    """What the record and the files know of lots under the codes of an import.

    Attributes:
        products: Each lot's product by the lot's own code; None: nobody knows it.
        printed: The own codes of the lots on whose label a code is printed, by that code.
    """

    products: Mapping[Any, str | None]
    printed: Mapping[Any, Sequence[str]]

    def meant(self, code: str, product: str | None) -> str | None:
        """Return the own code of the one lot that a row means; None: it may mean several, or none.

        A code that no label shows is returned as it is: a lot's own code names it alone, also in a
        file that was written before the lot's product was corrected.
        """
        others = self.printed.get(code, ())
        if code in self.products and (not others or product is None):
            return code
        if not others or product is None:
            return None if others else code
        named = [*([code] if code in self.products else []), *others]
        fitting = [lot for lot in named if self.products[lot] == product]
        if code in fitting or (not fitting and self.products.get(code, product) is None):
            return code
        return fitting[0] if len(fitting) == 1 else None

    def why(self, code: str, product: str | None, product_column: str | None) -> str:
        """Say why a code names no one lot, and the way out."""
        lots = list(self.printed.get(code, ()))
        of = [self._of(lot) for lot in lots[:MOST_NAMED]]
        named = ", ".join(of) + (f" and {len(lots) - MOST_NAMED} more" * (len(lots) > MOST_NAMED))
        out = "Name the lot by its own code"
        if code in self.products:
            beside = f", and is printed on the label of {named}" if lots else ""
            return f"is a lot of product {self.products[code]}, not {product}{beside}. {out}."
        if product_column is not None and product is None:
            out += f", or say in {product_column} which product it is of"
        said = f"is no lot's own code; it is printed on the label of {named}"
        return f"{said}{f': not one alone of product {product}' if product else ''}. {out}."

    def _of(self, lot: str) -> str:
        product = self.products[lot]
        return lot if product is None else f"{lot} ({product})"


def with_printed_codes(
    transaction: Transaction, files: Mapping[str, Rows], rejections: list[Rejection]
) -> dict[str, Rows]:
    """Return the files with each lot under its own code, and without the columns of products.

    Args:
        transaction: Open transaction.
        files: Checked rows by table.
        rejections: What may mean several lots, or none of the product it says, is added.
    """
    cells = {
        (stem, column): files[stem].columns[column]
        for stem in files
        for column, table in REFERENCES.get(stem, {}).items()
        if table == LOTS
    }
    labels = _labels(transaction, files, {code for column in cells.values() for code in column})
    named = dict(files)
    for (stem, column), codes in cells.items():
        rows = named[stem]
        product_column = PRODUCTS[column] if stem == LINKS else None
        products = rows.columns.get(product_column or "") or [None] * len(codes)
        meant = list(codes)
        for at, (code, product) in enumerate(zip(codes, products, strict=True)):
            if code is None:
                continue
            meant[at] = labels.meant(code, product)
            if meant[at] is None:
                why = labels.why(code, product, product_column)
                rejections.append(rejected_cell(stem, rows.lines[at], column, code, why))
        named[stem] = replace(rows, columns={**rows.columns, column: meant})
    if LINKS in named:
        named[LINKS] = _without(named[LINKS], PRODUCTS.values())
    return named


def _labels(transaction: Transaction, files: Mapping[str, Rows], codes: set[Any]) -> Labels:
    products: dict[Any, str | None] = {}
    shown: dict[Any, Any] = {}
    asked = [code for code in codes if code is not None]
    for lot in transaction.all("lots_of_labels", codes=asked) if asked else ():
        products[lot["lot_code"]] = lot["product_code"]
        shown[lot["lot_code"]] = lot["printed_code"]
    for lot, product, printed in _rows_of_lots(files):
        products[lot] = products.get(lot) if product is None else product
        shown[lot] = shown.get(lot) if printed is None else printed
    lots = defaultdict(list)
    for lot, printed in shown.items():
        if printed is not None and printed != lot:
            lots[printed].append(lot)
    return Labels(products, lots)


def _rows_of_lots(files: Mapping[str, Rows]) -> Iterator[tuple[Any, Any, Any]]:
    if LOTS in files:
        columns = files[LOTS].columns
        names = ("lot_code", "product_code", "printed_code")
        yield from zip(*(columns[name] for name in names), strict=True)


def _without(rows: Rows, names: Iterable[str]) -> Rows:
    gone = set(names)
    columns = {name: cells for name, cells in rows.columns.items() if name not in gone}
    return replace(rows, columns=columns, given=rows.given - gone)
