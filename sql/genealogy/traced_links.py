"""The links of a trace: columns to count with, and one mapping per link for whoever reads them.

A trace of a long-lived genealogy holds a million links; most readers look at few of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from sql.amounts import kilograms
from sql.genealogy.trace_walk import UNKNOWN
from sql.record.binary_columns import moment
from sql.record.transactions import Row

Columns = dict[str, np.ndarray]
LinkShown = dict[str, Any]
NOTHING_SAID = {"quantity": None, "unit": None, "happened_until": None, "production_code": None}


@dataclass(frozen=True, eq=False)
class Links(Sequence[LinkShown]):
    """Links in the order recorded, each made into a mapping when it is read.

    Attributes:
        columns: int64 each: link_id, parent_lot_id, child_lot_id, milligrams (-1: unknown),
            happened_at and recorded_at (microseconds since 2000-01-01 UTC), is_late (0 or 1).
        codes: Lot codes by id, of every parent and child.
        products: Codes of their products by the lot's id; None where nobody knows the product.
        said: By link_id, of links that say it: quantity and unit, production_code, happened_until.
    """

    columns: Columns
    codes: Mapping[int, str]
    products: Mapping[int, str | None]
    said: Mapping[int, Mapping[str, Any]]

    def __eq__(self, other: object) -> bool:
        """Tell whether the other holds the same links."""
        return isinstance(other, Links) and list(self) == list(other)

    def __len__(self) -> int:
        """Count the links."""
        return len(self.columns["link_id"])

    @overload
    def __getitem__(self, place: int) -> LinkShown: ...
    @overload
    def __getitem__(self, place: slice) -> list[LinkShown]: ...
    def __getitem__(self, place: int | slice) -> LinkShown | list[LinkShown]:
        """Return a link as `sql.genealogy.trace.Trace` describes it, or those of a slice."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        link = {name: int(column[place]) for name, column in self.columns.items()}
        milligrams, parent, child = link["milligrams"], link["parent_lot_id"], link["child_lot_id"]
        return {
            "link_id": link["link_id"],
            "parent_lot_id": parent,
            "child_lot_id": child,
            "parent_lot_code": self.codes[parent],
            "child_lot_code": self.codes[child],
            "parent_product_code": self.products[parent],
            "child_product_code": self.products[child],
            "quantity_kg": None if milligrams == UNKNOWN else kilograms(milligrams),
            "happened_at": moment(link["happened_at"]),
            "recorded_at": moment(link["recorded_at"]),
            "is_late": bool(link["is_late"]),
            **NOTHING_SAID,
            **self.said.get(link["link_id"], {}),
        }


def with_said(links: Columns, lots: Mapping[int, Row], rows: Iterable[Row]) -> Links:
    """Return links for whoever reads them, with what few of them say (the query `links_said`).

    Args:
        links: Their columns.
        lots: Of every parent and child, by id: lot_code, product_code.
        rows: What few links say.
    """
    said = {row["link_id"]: {name: row[name] for name in NOTHING_SAID} for row in rows}
    codes = {lot: row["lot_code"] for lot, row in lots.items()}
    products = {lot: row["product_code"] for lot, row in lots.items()}
    return Links(links, codes, products, said)


def concatenated(parts: Sequence[Columns]) -> Columns:
    """Join the columns of several ways; a link of two ways stands twice."""
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def once_each(links: Columns) -> Columns:
    """Keep each link once, in the order recorded."""
    _ids, first = np.unique(links["link_id"], return_index=True)
    return selected(links, first)


def selected(columns: Columns, rows: np.ndarray) -> Columns:
    """Keep only these rows of every column: by mask or by place."""
    return {name: column[rows] for name, column in columns.items()}
