"""Two answers to one question side by side: which values, links and shipments differ.

Nothing is read here; why they differ is for `sql.genealogy.differences` to find among the facts.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sql.genealogy.trace import Trace
from sql.record.transactions import Row

# What tells rows apart.
_NOT_COMPARED = {"lot_id", "lot_code", "direction"}


def values_changed(then: Sequence[Row], now: Sequence[Row]) -> list[dict[str, Any]]:
    """Return a row for each value of a lot in both answers that reads otherwise.

    Of an amount in a unit of the lot's own the row says the unit too: unit_was, unit_now.
    """
    before = {(lot["direction"], lot["lot_id"]): lot for lot in then}
    changed = []
    for lot in now:
        was = before.get((lot["direction"], lot["lot_id"]))
        if was is None:
            continue
        for name in (lot.keys() | was.keys()) - _NOT_COMPARED:
            if not _is_same(was.get(name), lot.get(name)):
                row = _row(lot, name, was.get(name), lot.get(name))
                if name.endswith("quantity"):
                    row |= {"unit_was": was.get("unit"), "unit_now": lot["unit"]}
                changed.append(row)
    return sorted(changed, key=lambda row: (row["lot_code"], row["direction"], row["what"]))


def facts_changed(then: Trace, now: Trace | None) -> list[dict[str, Any]]:
    """Return a row for each link and shipment line that is in one of the answers alone."""
    changed = []
    for what, before, after in (
        ("link", _links(then), _links(now)),
        ("shipment", _shipments(then), _shipments(now)),
        ("movement", _movements(then), _movements(now)),
    ):
        for key in sorted(before.keys() ^ after.keys(), key=str):
            row = before.get(key) or after[key]
            was, is_now = (_said(side.get(key)) for side in (before, after))
            changed.append(_row(row, what, was, is_now))
    return changed


def _links(found: Trace | None) -> dict[Any, Mapping[str, Any]]:
    links = found.links if found is not None else ()
    return {link["link_id"]: {**link, "lot_code": link["child_lot_code"]} for link in links}


def _shipments(found: Trace | None) -> dict[Any, Mapping[str, Any]]:
    """Tell lines apart, equal ones by their number: a second one of a kind is seen."""
    lines: dict[Any, Mapping[str, Any]] = {}
    met: Counter[Any] = Counter()
    for row in found.shipments if found is not None else ():
        names = ("shipment_code", "lot_code", "customer_code", "quantity_kg", "quantity", "unit")
        line = tuple(row[name] for name in names)
        met[line] += 1
        lines[(*line, met[line])] = row
    return lines


def _movements(found: Trace | None) -> dict[Any, Mapping[str, Any]]:
    return {row["movement_id"]: row for row in found.movements} if found is not None else {}


def _said(fact: Mapping[str, Any] | None) -> Any:
    """Say a link by its parent, a shipment by its code, a movement by its kind; None: not there.

    With its kilograms, and where it was said in a unit, that amount and the unit.
    """
    if fact is None:
        return None
    named = fact.get("parent_lot_code", fact.get("kind", fact.get("shipment_code")))
    said = named, fact["quantity_kg"]
    return said if fact["unit"] is None else (*said, fact["quantity"], fact["unit"])


def _row(lot: Mapping[str, Any], what: str, was: Any, now: Any) -> dict[str, Any]:
    place = {"lot_code": lot["lot_code"], "direction": lot.get("direction")}
    return {**place, "what": what, "was": was, "now": now}


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same but for the rounding of sums."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other
