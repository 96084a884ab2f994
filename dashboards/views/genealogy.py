"""What a trace amounts to: in one line, and customer by customer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.words import beside_kilograms, in_each_unit, plural, together
from dashboards.words import trace_summary as words
from dashboards.words.movements import CAME_BACK
from dashboards.words.nouns import CUSTOMER, OTHER_LOT
from sql.amounts import NOTHING, Amount, Sureness
from sql.genealogy.trace import Trace
from sql.unit_amounts import sums_in_units

Lots = Iterable[Mapping[str, Any]]


def summary(found: Trace) -> str:
    """Say what the lots asked about touch, whom they reached, how much is still here.

    What was shipped is said only of lots whose shipments were looked at: of those asked about and
    those made from them, not of what went in.
    """
    asked = [lot["lot_code"] for lot in found.asked]
    others = {lot["lot_code"] for lot in found.lots if lot["direction"] != "self"}
    customers = {row["customer_code"] for row in found.shipments}
    touch = words.TOUCHES if len(asked) == 1 else words.TOUCH
    said = words.LOTS_TOUCH.format(
        asked=together(asked), touch=touch, others=plural(len(others), OTHER_LOT)
    )
    made = any(lot["direction"] == "forward" for lot in found.lots)
    looked_at = f"{_themselves(asked)}{words.AND_MADE_FROM_IT if made else ''}"
    if customers:
        shipped = in_each_unit(sums_in_units(found.shipments, "quantity"))
        said += words.WENT_TO.format(
            amount=shipped, lots=looked_at, customers=plural(len(customers), CUSTOMER)
        )
        back = sums_in_units(found.shipments, "returned")
        if any(one.kg.most_kg != 0 for one in back):
            said += CAME_BACK.format(amount=in_each_unit(back))
    else:
        said += words.NOTHING_SHIPPED.format(lots=looked_at)
    return said + _still_here(asked, found.lots)


def _still_here(asked: Sequence[str], lots: Lots) -> str:
    """Say how much of the lots asked about is on hand, in themselves and in what they went into."""
    resting = [lot for lot in lots if lot["direction"] != "back"]
    if len(resting) <= len(asked):
        return ""
    here = sums_in_units(resting, "suspect_on_hand")
    whole = words.IN_ITSELF.format(lot=together(asked))
    if len(asked) > 1:
        whole = words.IN_THEMSELVES.format(lots=together(asked))
    if all(one.is_unknown for one in here):
        return words.STILL_HERE_UNKNOWN.format(lots=whole)
    return words.STILL_HERE.format(lots=whole, amount=in_each_unit(here))


def _themselves(asked: Sequence[str]) -> str:
    return (
        words.ITSELF.format(lot=asked[0])
        if len(asked) == 1
        else words.THEMSELVES.format(count=len(asked))
    )


def shipments_count(lines: Lots) -> int:
    """Count shipments: one that carries several lots has a line for each."""
    return len({line["shipment_code"] for line in lines})


def customers_reached(shipments: Lots) -> list[dict[str, Any]]:
    """Return one row per customer: kilograms (or at least so many), shipments, contact, suspects.

    quantity_kg is what it received, returned_kg what of that came back, away_kg what did not. What
    of it was counted stands beside in words, unlike units apart: quantity_in_units and so on.

    Customers with unknown kilograms (None) come first, then those who received most.
    """
    reached: dict[str, dict[str, Any]] = {}
    codes: dict[str, set[str]] = {}
    received: dict[str, Amount] = defaultdict(lambda: NOTHING)
    lines: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    returned: dict[str, Amount] = defaultdict(lambda: NOTHING)
    away: dict[str, Amount] = defaultdict(lambda: NOTHING)
    for row in shipments:
        customer = reached.setdefault(
            row["customer_code"],
            {
                "customer_code": row["customer_code"],
                "customer_name": row["customer_name"],
                "shipments_count": 0,
                "phone": row["phone"],
                "email": row["email"],
                "suspects": (),
            },
        )
        customer["suspects"] = tuple(dict.fromkeys(customer["suspects"] + row["suspects"]))
        codes.setdefault(row["customer_code"], set()).add(row["shipment_code"])
        customer["shipments_count"] = len(codes[row["customer_code"]])
        received[row["customer_code"]] += Amount.of(row, "quantity")
        returned[row["customer_code"]] += Amount.of(row, "returned")
        away[row["customer_code"]] += _away(row)
        lines[row["customer_code"]].append(row)
    for code, customer in reached.items():
        for name, sums in (("quantity", received), ("returned", returned), ("away", away)):
            known = sums[code]
            is_known = known.sureness is Sureness.EXACTLY
            customer[f"{name}_kg"] = known.least_kg if is_known else None
            customer[f"{name}_at_least_kg"] = None if is_known else known.least_kg
            in_units = beside_kilograms(sums_in_units(lines[code], name))
            if in_units is not None:
                customer[f"{name}_in_units"] = in_units
    most = Decimal("Infinity")
    return sorted(
        reached.values(),
        key=lambda row: -(most if row["quantity_kg"] is None else row["quantity_kg"]),
    )


def _away(line: Mapping[str, Any]) -> Amount:
    """Say how much of a line is still with its customer: at most what left and didn't come back."""
    if line["away_kg"] is not None:
        return Amount.of(line, "away")
    left, back = Amount.of(line, "quantity"), Amount.of(line, "returned")
    return Amount(Decimal(0), None if left.most_kg is None else left.most_kg - back.least_kg)
