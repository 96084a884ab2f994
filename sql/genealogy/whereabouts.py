"""What of a trace's answer is still in the plant, where and in which units, and who delivered it.

Read in the snapshot that the trace was read in. Kilograms are the trace's own; words for people are
not here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sql.amounts import NOTHING, Amount
from sql.genealogy.flows import At
from sql.genealogy.standing_places import Counts, standing_counts, standing_places
from sql.genealogy.traced_units import name_units, units_traced
from sql.record.transactions import Row, Transaction
from sql.unit_amounts import told_in_unit

Lot = Mapping[str, Any]
PLACES_BETWEEN = " · "


class Standing(StrEnum):
    """How far a lot is: as it came, on its way, or one that a blocking gate releases."""

    FINISHED = "finished"
    IN_PROCESS = "in_process"
    RECEIVED = "received"


@dataclass(frozen=True)
class Whereabouts:
    """Where the lots of an answer are, and whom they came from.

    Attributes:
        sites: One row a site of the plant: site_code, site_name, address.
        here: The lots asked about and their descendants that are not known to be used up, each
            once, with the columns of the trace and standing (see `Standing`), place (None: not
            recorded), and at_places: of a lot that was moved, a row a place with its code and what
            is on hand, in kilograms and its unit (place None: nobody said where); else empty.
        deliveries: One row a lot of the answer that a supplier delivered: lot_code, lot_type,
            product_code, product_name, supplier_code, supplier_name, supplier_lot_code, phone,
            email, weight_kg, happened_at.
        units: One row a logistic unit and lot: where it stands, or how it left
            (`sql.genealogy.traced_units`).
    """

    sites: Sequence[Row]
    here: Sequence[dict[str, Any]]
    deliveries: Sequence[dict[str, Any]]
    units: Sequence[dict[str, Any]] = ()


DELIVERY = [
    "supplier_name",
    "supplier_code",
    "supplier_lot_code",
    "lot_code",
    "lot_type",
    "product_code",
    "product_name",
    "weight_kg",
    "happened_at",
]


def whereabouts(
    transaction: Transaction, lots: Sequence[dict[str, Any]], shipments: Iterable[Lot]
) -> Whereabouts:
    """Say where the lots of an answer are.

    Args:
        transaction: The transaction or snapshot that the trace was read in.
        lots: The lots of the trace, as `sql.genealogy.trace.Trace.lots`; those in units are told in
            which, as units_here and units_left.
        shipments: Its shipments.
    """
    units = units_traced(transaction, lots, shipments)
    name_units(lots, units)
    every = {lot["lot_id"]: lot for lot in lots}
    staying = [lot for lot in every.values() if is_here(lot)]
    places = {
        row["lot_id"]: row
        for row in transaction.all("places_of", lot_ids=[lot["lot_id"] for lot in staying])
    }
    moved = [lot_id for lot_id, row in places.items() if row["is_moved"]]
    stands = standing_places(transaction, moved) if moved else {}
    in_units = any(lot["unit"] for lot in staying)
    counts = standing_counts(transaction, moved) if moved and in_units else {}
    delivered = [lot for lot in every.values() if lot["supplier_code"] or lot["supplier_lot_code"]]
    codes = sorted({lot["supplier_code"] for lot in delivered if lot["supplier_code"]})
    reached = {
        row["partner_code"]: row for row in transaction.all("partners_reached", partner_codes=codes)
    }
    return Whereabouts(
        sites=transaction.all("sites_known"),
        here=[
            {
                **lot,
                **_standing(places[lot["lot_id"]], stands.get(lot["lot_id"], {})),
                "at_places": _parts(stands.get(lot["lot_id"], {}), counts.get(lot["lot_id"])),
            }
            for lot in staying
        ],
        deliveries=sorted(
            (_delivery(lot, reached.get(lot["supplier_code"])) for lot in delivered),
            key=lambda row: (row["supplier_name"] or "", row["supplier_lot_code"] or ""),
        ),
        units=units,
    )


def is_here(lot: Lot) -> bool:
    """Tell whether a lot of an answer has to be held: asked about or made from it, and not gone.

    A lot of which nobody can say what is left counts as here.
    """
    is_gone = Amount.of(lot, "on_hand").most_kg == 0 or lot.get("on_hand_quantity") == 0
    return lot["direction"] != "back" and not is_gone


def _standing(place: Row, stands: Mapping[At, Amount]) -> dict[str, Any]:
    """Say how far a lot is and where it lies: where it was moved, else where it came to be."""
    made = Standing.IN_PROCESS if place["is_made_here"] else Standing.RECEIVED
    return {
        "standing": Standing.FINISHED if place["is_finished"] else made,
        "place": PLACES_BETWEEN.join(sorted(map(str, filter(None, stands))))
        if stands
        else place["place"],
    }


def _parts(stands: Mapping[At, Amount], counts: Counts | None) -> list[dict[str, Any]]:
    """Say how much of a lot is on hand at each place it was moved to, in its own unit too."""
    counted = {} if counts is None else counts.places
    return [
        {
            "place": at and at.label,
            "place_code": at and at.code,
            **kg.told("on_hand"),
            **({} if counts is None else told_in_unit(counted.get(at, NOTHING), "on_hand")),
        }
        for at, kg in stands.items()
    ]


def _delivery(lot: Lot, supplier: Row | None) -> dict[str, Any]:
    """Say what was delivered, by whom, and how to reach them."""
    contact = {name: supplier[name] if supplier else None for name in ("phone", "email")}
    return {name: lot[name] for name in DELIVERY} | contact
