"""The queries behind common ancestors, row by row, by hand on one small plant.

S1 and S2, of one supplier, go into M1 and M2; M1 into F1 and F2, M2 into F3; S2 into F3 too.
All three F are packs of one product, F1 and F2 of the 15th, F3 of the 16th. OTHER is a pack
of the same day and another product; f1 differs from F1 by its case only.
"""

from decimal import Decimal as D

import pytest

from tests import plants, small_plants

PACK = {"lot_type": "FG", "product_id": 3, "at": "2026-01-15 08:00", "kg": 10}


@pytest.fixture(scope="module")
def plant(warehouse_of_module):
    """Build the plant; M1 was held at gate 1, F1 and F3 failed, F3 last."""
    return small_plants.build(
        warehouse_of_module,
        models=[
            "genealogy.ancestries",
            "genealogy.closure",
            "genealogy.movement_sums",
            "genealogy.mass_balance",
            "genealogy.lot_traits",
            *plants.DISPOSITIONS,
        ],
        lots={
            "S1": {"lot_type": "RAW", "supplier_id": 8},
            "S2": {"lot_type": "RAW", "supplier_id": 8},
            "M1": {"lot_type": "MIX"},
            "M2": {"lot_type": "MIX"},
            "F1": PACK,
            "F2": PACK | {"at": "2026-01-14 23:00", "kg": 20},  # midnight in Budapest
            "F3": PACK | {"at": "2026-01-15 23:00"},
            "OTHER": PACK | {"product_id": 4},
            "f1": {"kg": 1, "at": "2026-01-15 08:00"},
        },
        links=[
            ("S1", "M1", 5),
            ("S2", "M2", 5),
            ("M1", "F1", 1),
            ("M1", "F2", 1),
            ("M2", "F3", 1),
            ("S2", "F3", 1),
        ],
        shipments=[("F2", "K", 15)],
        decisions=[
            ("M1", 1, "HOLD", "2026-01-14 08:00"),
            ("F1", 1, "FAIL", "2026-01-16 08:00"),
            ("F2", 1, "FAIL", "2026-01-16 08:00"),
            ("F2", 1, "PASS", "2026-01-16 09:00"),
            ("F3", 1, "FAIL", "2026-01-17 08:00"),
        ],
        products=[{"product_id": 3, "product_code": "DONER", "name": "Doner"}],
        partners=[{"partner_id": 8, "partner_code": "FARM", "name": "Farm", "role": "SUPPLIER"}],
    )


def number(plant, *codes: str) -> list[int]:
    ids = dict(plant.rows("raw.lots", ["lot_code", "lot_id"]).rows())
    return [ids[code] for code in codes]


def test_a_code_means_the_lot_that_is_written_so_before_any_other(plant) -> None:
    found = plant.named("lots_by_code", codes=["F1", "m1", "nothing"]).to_dicts()

    assert [(row["typed"], row["lot_code"], row["is_left_out"]) for row in found] == [
        ("F1", "F1", False),
        ("m1", "M1", False),
    ]


def test_rejected_lots_stand_newest_first(plant) -> None:
    """F2 failed and passed again."""
    assert plant.named("rejected_lots")["lot_code"].to_list() == ["F3", "F1"]


def test_lots_made_alongside_share_product_type_and_the_sites_day(plant) -> None:
    def beside(*codes: str) -> list[str]:
        found = plant.named("lots_made_alongside", lot_ids=number(plant, *codes))
        return found["lot_code"].to_list()

    assert beside("F1") == ["F2"]
    assert beside("F3") == []
    assert beside("F1", "F2") == []
    assert beside("M1") == ["M2"]
    assert beside("f1") == []


def test_shared_traits_count_bad_and_good_lots_once_each(plant) -> None:
    """F1 and F2 bad, F3 good.

    M1, its HOLD and S1 lie behind both bad lots and no good one. The supplier lies behind all, as
    does the product; S2, M2 behind the good one only. A pack is no trait of other packs, and what
    the gate said of F1 itself is no cause; that it came to the gate on the 16th is F1's and F2's,
    and M1 came on the 14th.
    """
    rows = plant.named(
        "shared_traits",
        lot_ids=number(plant, "F1", "F2", "F3"),
        are_bad=[True, True, False],
    ).to_dicts()
    found = {
        tuple((one["kind"], one["code"], one["detail"], one["steps"]) for one in row["traits"]): (
            row["bad_with_count"],
            row["good_with_count"],
        )
        for row in rows
    }

    assert found == {
        (
            ("gate_day", "1", "2026-01-16", 0),
            ("lot", "M1", "MIX", 1),
            ("gate_stop", "1", "HOLD", 1),
            ("gate_day", "1", "2026-01-14", 1),
            ("lot", "S1", "RAW", 2),
        ): (2, 0),
        (("product", "DONER", "Doner", 0), ("supplier", "FARM", "Farm", 1)): (2, 1),
        (
            ("gate_day", "1", "2026-01-17", 0),
            ("lot", "M2", "MIX", 1),
            ("lot", "S2", "RAW", 1),
        ): (0, 1),
    }


def test_carriers_are_told_by_the_suspects_they_hold_and_the_most_on_hand(plant) -> None:
    """Suspects: 0 is lot M1, 1 is the supplier. F1 was tested.

    Both: M1 itself and F2; on hand of F2 20 - 15 = 5, of M1 unknown: F2. The supplier only: S1, S2,
    M2, F3, of which F3 has 10 kg.
    """
    (m1,) = number(plant, "M1")
    rows = plant.named(
        "carriers",
        numbers=[0, 1],
        kinds=["lot", "supplier"],
        trait_keys=[str(m1), "8"],
        tested_ids=number(plant, "F1"),
    ).to_dicts()

    assert {
        tuple(row["held_numbers"]): (
            row["lots_count"],
            row["lot"]["lot_code"],
            row["lot"]["on_hand_kg"],
        )
        for row in rows
    } == {(0, 1): (2, "F2", D(5)), (1,): (4, "F3", D(10))}
