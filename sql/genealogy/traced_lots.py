"""The lots of a trace: what the walks found of each, beside the facts that the record holds.

Kilograms are computed in `sql.genealogy.suspect_kilograms`; nothing is read here.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from sql.genealogy.suspect_kilograms import backward_kg, forward_kg
from sql.genealogy.trace_origins import suspects_by_lot
from sql.genealogy.trace_ways import BACK, Way


def traced_lots(
    asked: Sequence[int], facts: Mapping[int, dict[str, Any]], ways: Sequence[Way]
) -> list[dict[str, Any]]:
    """Put what the walks found beside the facts of the lots: those asked about, then nearest first.

    Args:
        asked: The lots asked about, in the order they are named.
        facts: What is known of each lot, by id.
        ways: What each direction found, `back` before `forward`.
    """
    codes = {lot: row["lot_code"] for lot, row in facts.items()}
    found = [("self", 0, codes[lot], lot, 1.0) for lot in asked]
    for way in ways:
        shares = [None if math.isnan(share) else share for share in way.walked.shares.tolist()]
        ids = way.walked.lot_ids.tolist()
        steps = way.walked.steps.tolist()
        names = map(codes.__getitem__, ids)
        # Codes differ, so nothing behind them is ever compared.
        found += sorted(zip(repeat(str(way.direction)), steps, names, ids, shares, strict=False))
    back = [row for row in found if row[0] == BACK]
    made = {lot for way in ways for lot in way.links["child_lot_id"].tolist()} if back else set()
    weights = [facts[lot]["weight_kg"] for lot in asked]
    together = {"weight_kg": None if None in weights else sum(weights)}
    behind = backward_kg(together, [(lot not in made, share) for *_, lot, share in back])
    held = forward_kg([(facts[lot], share) for way, *_, lot, share in found if way != BACK])
    # The lots asked about stand first, then what is back, then what is forward.
    kilograms = chain(held[: len(asked)], behind, held[len(asked) :])
    suspects = {str(way.direction): suspects_by_lot(way, asked, codes) for way in ways}
    # A lot on both ways stands twice: one on a circle, or between two that are asked about.
    used: set[int] = set()
    lots = []
    for (way, steps, _code, lot, share), held_kg in zip(found, kilograms, strict=True):
        row = facts[lot]
        if lot in used:
            row = dict(row)
        used.add(lot)
        row["direction"], row["steps"], row["share"] = way, steps, share
        origins = suspects.get("forward" if way == "self" else way, {})
        row["suspects"] = origins.get(lot, (row["lot_code"],))
        row.update(held_kg)
        lots.append(row)
    return lots


def types_in_order(lots: Iterable[Mapping[str, Any]]) -> list[str]:
    """Name the types of a trace's lots in the order in which the plant makes them."""
    places = {lot["lot_type"]: lot["type_position"] for lot in lots if lot["lot_type"]}
    return sorted(places, key=lambda kind: (places[kind], kind))


def shipped_of(shipment: Mapping[str, Any], lot: Mapping[str, Any]) -> dict[str, Any]:
    """Put beside a shipment or movement what its lot is: code, suspects, product, use-by."""
    names = ("lot_code", "suspects", "product_code", "product_name", "gtin", "expires_on")
    return {**shipment, **{name: lot[name] for name in names}}
