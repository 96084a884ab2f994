"""What a trace amounts to: in one line, and customer by customer."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.words import kilograms, plural, together
from sql.genealogy.trace import Trace

Lots = Iterable[Mapping[str, Any]]


def summary(found: Trace) -> str:
    """Say what the lots asked about touch, whom they reached, how much is still here."""
    asked = [lot["lot_code"] for lot in found.asked]
    named = f"{together(asked)} {'touches' if len(asked) == 1 else 'touch'}"
    others = {lot["lot_code"] for lot in found.lots if lot["direction"] != "self"}
    customers = {row["customer_code"] for row in found.shipments}
    shipped = [row["quantity_kg"] for row in found.shipments]
    known = sum((kg for kg in shipped if kg is not None), Decimal(0))
    unknown = shipments_count(row for row in found.shipments if row["quantity_kg"] is None)
    if not customers:
        return (
            f"{named} {plural(len(others), 'other lot')}; nothing of these lots is "
            f"recorded as shipped.{_still_here(asked, found.lots)}"
        )
    missing = f" ({plural(unknown, 'shipment')} of unknown weight not counted)" if unknown else ""
    return (
        f"{named} {plural(len(others), 'other lot')}; {kilograms(known)} of these "
        f"lots went to {plural(len(customers), 'customer')}{missing}."
        f"{_still_here(asked, found.lots)}"
    )


def _still_here(asked: Sequence[str], lots: Lots) -> str:
    """Say how much of the lots asked about is on hand, in themselves and in what they went into."""
    resting = [lot["suspect_on_hand_kg"] for lot in lots if lot["direction"] != "back"]
    known = [kg for kg in resting if kg is not None]
    if len(resting) <= len(asked) or not known:
        return ""
    lots_unknown = len(resting) - len(known)
    beside = f", and {plural(lots_unknown, 'lot')} of unknown share" if lots_unknown else ""
    named = f"{asked[0]} itself" if len(asked) == 1 else f"these {len(asked)} lots themselves"
    return f" Of {named}, {kilograms(sum(known))} are still here{beside}."


def shipments_count(lines: Lots) -> int:
    """Count shipments: one that carries several lots has a line for each."""
    return len({line["shipment_code"] for line in lines})


def customers_reached(shipments: Lots) -> list[dict[str, Any]]:
    """Return one row per customer: kilograms, shipments, contact, which suspects reached it.

    Customers with unknown kilograms (None) come first, then those who received most.
    """
    reached: dict[str, dict[str, Any]] = {}
    codes: dict[str, set[str]] = {}
    for row in shipments:
        customer = reached.setdefault(
            row["customer_code"],
            {
                "customer_code": row["customer_code"],
                "customer_name": row["customer_name"],
                "quantity_kg": Decimal(0),
                "shipments_count": 0,
                "phone": row["phone"],
                "email": row["email"],
                "suspects": (),
            },
        )
        customer["suspects"] = tuple(dict.fromkeys(customer["suspects"] + row["suspects"]))
        codes.setdefault(row["customer_code"], set()).add(row["shipment_code"])
        customer["shipments_count"] = len(codes[row["customer_code"]])
        so_far, more = customer["quantity_kg"], row["quantity_kg"]
        customer["quantity_kg"] = None if so_far is None or more is None else so_far + more
    most = Decimal("Infinity")
    return sorted(
        reached.values(),
        key=lambda row: -(most if row["quantity_kg"] is None else row["quantity_kg"]),
    )
