"""The mass balance: what went in and out of each lot, to the gram."""

from decimal import Decimal as D

import pytest

from sql.warehouse.breaches import breaches
from sql.warehouse.rules import rules_of
from sql.warehouse.working_file import Warehouse
from tests import plants, small_plants


@pytest.fixture
def reference(warehouse: Warehouse) -> Warehouse:
    """Build the reference plant: beef and spice into a mix, the mix into a finished lot."""
    weights = {"BEEF": 500, "SPICE": 50, "MIX": 540, "FG": 530}
    plants.fill(
        warehouse,
        "lots",
        [
            {"lot_id": i, "lot_code": code, "weight_kg": D(kg)}
            for i, (code, kg) in enumerate(weights.items(), start=1)
        ],
    )
    plants.fill(
        warehouse,
        "lot_genealogy",
        [
            {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 3, "quantity_kg": D(500)},
            {"link_id": 2, "parent_lot_id": 2, "child_lot_id": 3, "quantity_kg": D(40)},
            {"link_id": 3, "parent_lot_id": 3, "child_lot_id": 4, "quantity_kg": D(530)},
        ],
    )
    return warehouse


def balance(warehouse: Warehouse, lot_code: str) -> dict:
    """Build the balance and return one lot's row."""
    plants.build(warehouse, "genealogy.movement_sums", "genealogy.mass_balance")
    rows = warehouse.rows("genealogy.mass_balance").to_dicts()
    return next(row for row in rows if row["lot_code"] == lot_code)


def test_98_point_1_percent_of_the_reference_mix_is_accounted_for(reference: Warehouse) -> None:
    mix = balance(reference, "MIX")

    assert mix["accounted_ratio"] == pytest.approx(0.9815, abs=0.0001)
    assert mix["on_hand_kg"] == D(10)
    assert mix["yield_ratio"] == pytest.approx(1.0)


def test_ten_kilograms_of_the_reference_spice_must_be_on_hand(reference: Warehouse) -> None:
    assert balance(reference, "SPICE")["on_hand_kg"] == D(10)


def test_an_unknown_quantity_is_counted_as_unknown_and_not_as_zero_input(
    warehouse: Warehouse,
) -> None:
    plants.genealogy(warehouse, [(1, 2, None), (3, 2, D(5))])
    first, second = balance(warehouse, "L1"), balance(warehouse, "L2")

    assert first["unknown_quantities_count"] == 1
    assert second["yield_ratio"] is None


def test_a_yield_of_partly_unknown_inputs_is_unknown(warehouse: Warehouse) -> None:
    """5 kg of 10 are known to have gone in: 10 / 5 = 2 would be a yield nobody had."""
    plants.genealogy(warehouse, [(1, 2, None), (3, 2, D(5))])
    plants.fill(
        warehouse,
        "lots",
        [{"lot_id": n, "lot_code": f"L{n}", "weight_kg": D(10)} for n in (1, 2, 3)],
    )
    mixed = balance(warehouse, "L2")

    assert (mixed["inputs_kg"], mixed["inputs_at_least_kg"]) == (None, D(5))
    assert mixed["yield_ratio"] is None


def test_kilograms_left_after_unknown_ones_are_at_most(warehouse: Warehouse) -> None:
    """10 kg, of which an unknown amount went on: it may be all of them, or none."""
    plants.genealogy(warehouse, [(1, 2, None), (3, 2, D(5))])
    plants.fill(warehouse, "lots", [{"lot_id": 1, "lot_code": "L1", "weight_kg": D(10)}])
    lot = balance(warehouse, "L1")

    assert (lot["on_hand_kg"], lot["on_hand_at_most_kg"]) == (None, D(10))
    assert (lot["into_children_kg"], lot["into_children_at_least_kg"]) == (None, D(0))
    assert lot["accounted_ratio"] is None


def test_a_lot_that_gave_out_too_much_is_overdrawn_and_has_no_stock(warehouse: Warehouse) -> None:
    plants.genealogy(warehouse, [(1, 2, D(15))])
    plants.fill(warehouse, "lots", [{"lot_id": 1, "lot_code": "L1", "weight_kg": D(10)}])
    lot = balance(warehouse, "L1")

    assert (lot["on_hand_kg"], lot["on_hand_at_most_kg"]) == (None, None)
    assert (lot["overdrawn_kg"], lot["overdrawn_at_least_kg"]) == (D(5), None)


def test_every_lot_has_one_row_on_an_empty_plant_none(warehouse: Warehouse) -> None:
    plants.build(warehouse, "genealogy.movement_sums", "genealogy.mass_balance")

    assert warehouse.count("genealogy.mass_balance") == 0


def test_a_yield_is_off_by_what_its_type_allows_on_the_board_as_in_the_rule(warehouse) -> None:
    """Deboning leaves bones: 70 kg of 100 is its normal way, and nothing to look at."""
    small_plants.build(
        warehouse,
        lots={
            "R": {"lot_type": "RAW", "kg": 300},
            "D": {"lot_type": "DEB", "kg": 70},
            "M": {"lot_type": "MIX", "kg": 90},
            "F": {"lot_type": "FG", "kg": 96},
        },
        links=[("R", "D", 100), ("R", "M", 100), ("R", "F", 100)],
        models=["genealogy.movement_sums", "genealogy.mass_balance"],
    )
    rules = {rule.name: rule for rule in rules_of("genealogy.mass_balance")}
    broken = breaches(warehouse, rules["every_yield_is_within_tolerance"])

    assert broken["lot_code"].to_list() == ["M"]
    assert warehouse.named("balances_off")["lot_code"].to_list() == ["M"]
