"""How much, in kilograms, a unit or both: kept exactly, never more out than in, or refused."""

from decimal import Decimal as D

import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, known_master, register_master
from dashboards.commands.quantities import quantity_given
from dashboards.commands.refusals import BadValue, LinkRefused
from dashboards.views.genealogy import customers_reached
from tests.engines import ask

KEPT = [
    # kg, quantity, unit -> kg, quantity, unit
    ((None, "500", "g"), (D("0.5"), None, None)),
    ((None, "0.5", "mg"), None),  # half a milligram can't be kept
    ((None, "25", "t"), (D(25_000), None, None)),
    (("0.5", "500", "g"), (D("0.5"), None, None)),
    (("0.4", "500", "g"), None),  # two weights
    ((None, "200", "ml"), (None, D("0.2"), "l")),
    ((None, "200", "L"), (None, D(200), "l")),
    (("612.4", "40", "pcs"), (D("612.4"), D(40), "pcs")),
    ((None, "480", "db"), (None, D(480), "pcs")),
    ((None, "480", None), None),  # a number without a unit
    ((None, None, "pcs"), None),  # a unit without a number
    ((None, "480", "furlongs"), None),
    ((None, "480 pcs", "pcs"), None),
    ((None, "-1", "pcs"), None),
    ((None, "1e9", "l"), None),
    (("12.5", None, None), (D("12.5"), None, None)),
    ((None, None, None), (None, None, None)),
]


@pytest.mark.parametrize(("typed", "kept"), KEPT)
def test_an_amount_is_kept_exactly_or_refused(typed, kept) -> None:
    if kept is None:
        with pytest.raises(BadValue):
            quantity_given(*typed, kg_field="weight_kg")
        return
    read = quantity_given(*typed, kg_field="weight_kg")
    assert (read.kg, read.quantity, read.unit) == kept


def test_nothing_of_a_unit_is_no_movement() -> None:
    with pytest.raises(BadValue, match="0 pcs"):
        quantity_given(None, 0, "pcs", kg_field="quantity_kg", is_moved=True)


def test_a_products_weight_a_unit_gives_the_kilograms_nobody_entered() -> None:
    jars = quantity_given(None, 12, "pcs", kg_field="weight_kg")

    assert jars.weighed("pcs", D("0.37")).kg == D("4.44")
    assert jars.weighed("l", D("0.37")).kg is None
    assert jars.weighed("pcs", None).kg is None
    weighed = quantity_given("4.5", 12, "pcs", kg_field="weight_kg")
    assert weighed.weighed("pcs", D("0.37")).kg == D("4.5")
    milk = quantity_given(None, 500, "ml", kg_field="weight_kg")
    assert milk.weighed("ml", D("0.00103")).kg == D("0.515")


def test_forty_pieces_of_612_kilograms_keep_both_and_give_out_no_more_than_either(
    transaction, people
) -> None:
    by = people["OPERATOR"]
    ham = register_lot(
        transaction, by=by, lot_code="HAM", weight_kg="612.4", quantity=40, unit="pcs"
    )
    assert (ham["weight_kg"], ham["quantity"], ham["unit"]) == (D("612.4"), D(40), "pcs")
    register_lot(
        transaction, by=by, lot_code="SLICED", parents=[Parent("HAM", quantity=28, unit="pcs")]
    )

    with pytest.raises(LinkRefused, match="has 12 pcs left; 13 pcs is too much"):
        link_lots(
            transaction,
            by=by,
            parent_lot_code="HAM",
            child_lot_code="SLICED",
            quantity=13,
            unit="pcs",
        )
    with pytest.raises(BadValue, match="kept in pcs, not in case"):
        link_lots(
            transaction,
            by=by,
            parent_lot_code="HAM",
            child_lot_code="SLICED",
            quantity=1,
            unit="case",
        )
    link_lots(
        transaction, by=by, parent_lot_code="HAM", child_lot_code="SLICED", quantity=12, unit="pcs"
    )
    (left,) = ask(
        transaction,
        "select given_out_quantity, on_hand_quantity, overdrawn_quantity from lots"
        " cross join lateral unit_balance(lot_id, quantity, unit) where lot_code = 'HAM'",
    )
    assert tuple(left) == (D(40), D(0), None)


def test_a_customers_kilograms_and_pieces_stand_apart() -> None:
    line = {"customer_code": "C", "customer_name": "C", "phone": None, "email": None}
    line |= {"suspects": (), "unit": None, "quantity": None, "returned_kg": D(0)}
    weighed = line | {"shipment_code": "S1", "quantity_kg": D(3200), "away_kg": D(3200)}
    pieces = {"shipment_code": "S2", "quantity_kg": None, "away_kg": None}
    pieces |= {"quantity": D(40), "unit": "pcs"}

    (customer,) = customers_reached([weighed, line | pieces])

    assert customer["quantity_kg"] is None
    assert customer["quantity_at_least_kg"] == D(3200)
    assert customer["quantity_in_units"] == "40 pcs"


def test_a_lot_of_a_product_weighs_what_its_units_weigh_on_that_day(transaction, people) -> None:
    by = people["MANAGER"]
    pie = {"name": "Pie", "gtin": None, "unit": "pcs", "kg_per_unit": "0.37"}
    register_master(transaction, by=by, master=Master.PRODUCT, code="PIE", said=pie)
    asked = {"by": by, "product_code": "PIE", "quantity": 480, "unit": "pcs"}
    first = register_lot(transaction, lot_code="P1", **asked)
    held = known_master(transaction, Master.PRODUCT, "PIE")
    change_master(
        transaction,
        by=by,
        master=Master.PRODUCT,
        code="PIE",
        said=pie | {"kg_per_unit": "0.4"},
        reason="a heavier pie since today",
        based_on=held["revision_id"],
    )
    second = register_lot(transaction, lot_code="P2", **asked)

    assert (first["weight_kg"], second["weight_kg"]) == (D("177.6"), D(192))
    kept = ask(transaction, "select weight_kg from lots where lot_code = 'P1'").fetchone()
    assert kept == (D("177.6"),)


def test_kilograms_a_unit_need_a_unit_that_does_not_say_them(transaction, people) -> None:
    pie = {"name": "Pie", "gtin": None, "kg_per_unit": "0.37"}
    for unit, why in ((None, "without a unit"), ("g", "weighs what it says")):
        with pytest.raises(BadValue, match=why):
            register_master(
                transaction,
                by=people["MANAGER"],
                master=Master.PRODUCT,
                code="PIE",
                said=pie | {"unit": unit},
            )
