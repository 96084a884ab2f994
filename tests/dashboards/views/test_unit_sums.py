"""Amounts in unlike units stand beside one another, each as surely as it is known, never as one."""

from decimal import Decimal as D

from dashboards.words import beside_kilograms, in_each_unit
from sql.amounts import NOTHING, Amount
from sql.unit_amounts import InUnit, sums_in_units

UNKNOWN = Amount(D(0), None)


def exactly(number: str) -> Amount:
    return Amount(D(number), D(number))


def test_what_is_alike_is_added_and_all_else_stands_apart() -> None:
    rows = [
        {"quantity_kg": D(kg) if kg else None, "quantity": D(number), "unit": unit}
        for kg, number, unit in (("10", 20, "pcs"), ("12", 20, "pcs"), (None, "3.5", "l"))
    ]
    rows.append({"quantity_kg": D(7), "quantity": None, "unit": None})

    sums = sums_in_units(rows, "quantity")

    assert in_each_unit(sums) == "3.5 l + 40 pcs · 22 kg + 7 kg"
    assert beside_kilograms(sums) == "3.5 l + 40 pcs"


def test_a_bound_stays_a_bound_and_what_nobody_knows_unknown() -> None:
    sums = [
        InUnit("jar", Amount(D(0), D(12)), UNKNOWN),
        InUnit("l", Amount(D(3), None), UNKNOWN),
        InUnit("pcs", UNKNOWN, exactly("5")),
    ]

    assert beside_kilograms(sums) == "at most 12 jar + at least 3 l + unknown pcs"
    assert in_each_unit(sums) == "at most 12 jar + at least 3 l + unknown pcs · 5 kg"


def test_nothing_of_one_unit_is_said_where_there_is_nothing_else() -> None:
    none, some = InUnit("l", NOTHING, NOTHING), InUnit("pcs", exactly("4"), UNKNOWN)

    assert beside_kilograms([none, some]) == in_each_unit([none, some]) == "4 pcs"
    assert beside_kilograms([none]) == "0 l" and in_each_unit([]) == "0 kg"
    assert beside_kilograms([InUnit(None, exactly("4"), exactly("4"))]) is None
