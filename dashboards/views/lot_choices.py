"""What of a lot can be taken back, named so that a person can choose it."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.reader.parts import with_unit
from dashboards.reader.signs import as_read
from dashboards.views.states import decision_words
from dashboards.views.tables import local_of
from dashboards.words import correcting as words
from dashboards.words import kilograms, measured_words
from dashboards.words.movements import MOVEMENT_KINDS
from dashboards.words.places import MOVE_NAMED, moved_words


def voidable_names(
    lot: Mapping[str, Any], sections: Mapping[str, Sequence[Mapping[str, Any]]], zone: ZoneInfo
) -> dict[tuple[str, int], str]:
    """Name what can be voided about the lot, by kind and id: what it is, and how much."""
    links = {
        ("link", row["link_id"]): words.LINK_NAMED.format(
            way=way, lot=row["lot_code"], kilograms=kilograms(row["quantity_kg"])
        )
        for name, way in (("parents_of_lot", words.LINK_FROM), ("children_of_lot", words.LINK_INTO))
        for row in sections[name]
    }
    shipments = {
        ("shipment", row["shipment_id"]): words.SHIPMENT_NAMED.format(
            shipment=row["shipment_code"],
            customer=row["customer_name"],
            kilograms=kilograms(row["quantity_kg"]),
        )
        for row in sections["shipments_of_lot"]
    }
    readings = {
        ("reading", row["reading_id"]): words.READING_NAMED.format(
            characteristic=measured_words(row["characteristic"]),
            result=with_unit(as_read(row["result"]), row["unit"]),
            at=local_of(row, zone),
        )
        for row in sections["readings_of_lot"]
    }
    movements = {
        ("movement", row["movement_id"]): f"{MOVEMENT_KINDS[row['kind']]} · "
        f"{kilograms(row['quantity_kg'])} · {local_of(row, zone)}"
        for row in sections["movements_of_lot"]
    }
    moves = {
        ("move", row["move_id"]): MOVE_NAMED.format(
            place=row["to_place"], kg=moved_words(row), at=local_of(row, zone)
        )
        for row in sections["moves_of_lot"]
    }
    whole = {("lot", lot["lot_id"]): words.LOT_NAMED.format(lot=lot["lot_code"])}
    return links | shipments | movements | moves | readings | whole


def decision_names(decisions: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> dict[int, str]:
    """Name the decisions that stand for a choice: what, when and by whom."""
    return {
        row["decision_id"]: f"{decision_words(row['decision'])} · "
        f"{local_of(row, zone)} · {row['decided_by']}"
        for row in decisions
        if row["withdrawn_at"] is None
    }
