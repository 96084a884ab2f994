"""A stage's kilograms are counted once, however often they are poured from lot to lot."""

from decimal import Decimal as D
from typing import Any

from sql.amounts import Amount
from sql.genealogy.stage_sums import stage_sums


def lot(number: int, kind: str, kg: D | None, suspect: D | None, **facts: Any) -> dict[str, Any]:
    return {
        "lot_id": number,
        "lot_type": kind,
        "weight_kg": kg,
        "suspect_kg": suspect,
        "share": facts.get("share", 1.0),
        "direction": facts.get("direction", "forward"),
    }


def link(parent: int, child: int, kg: D | None) -> dict[str, Any]:
    return {"parent_lot_id": parent, "child_lot_id": child, "quantity_kg": kg}


def exactly(kg: int) -> Amount:
    return Amount(D(kg), D(kg))


def test_bulk_into_bulk_counts_once() -> None:
    """100 kg of RAW into bulk, 60 of them on into a bulk of 90: 130 kg came in, 100 of them his."""
    lots = [
        lot(1, "RAW", D(100), D(100), direction="self"),
        lot(2, "BULK", D(100), D(100)),
        lot(3, "BULK", D(90), D(60), share=2 / 3),
    ]
    links = [link(1, 2, D(100)), link(2, 3, D(60))]

    assert stage_sums(lots, links) == {
        "RAW": (exactly(100), exactly(100)),
        "BULK": (exactly(130), exactly(100)),
    }


def test_what_went_in_by_way_of_its_own_stage_counts_once() -> None:
    """Back from a mix of 80 kg: 40 of them are bulk 2, of which half is bulk 1."""
    lots = [
        lot(3, "MIX", D(80), D(80), direction="self"),
        lot(2, "BULK", D(50), D(40), direction="back", share=0.5),
        lot(1, "BULK", D(100), D(20), direction="back", share=0.25),
        lot(4, "RAW", D(30), D(20), direction="back", share=0.25),
        lot(5, "SPICE", D(40), D(40), direction="back", share=0.5),
    ]
    links = [link(1, 2, D(25)), link(4, 2, D(25)), link(2, 3, D(40)), link(5, 3, D(40))]

    found = stage_sums(lots, links)

    assert found["BULK"] == (exactly(125), exactly(40))
    assert found["RAW"] == (exactly(30), exactly(20))


def test_with_an_unknown_link_within_a_stage_its_sum_is_at_most() -> None:
    lots = [
        lot(1, "BULK", D(100), D(100), direction="self"),
        lot(2, "BULK", D(90), None, share=None),
    ]

    weight, suspect = stage_sums(lots, [link(1, 2, None)])["BULK"]

    assert weight == Amount(D(100), D(190))
    assert suspect == Amount(D(100), None)
