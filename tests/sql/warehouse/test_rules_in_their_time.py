"""Each rule of a process judges what happened while it held, and the lots it is about.

A rule is stated on 1 June and withdrawn on 1 July: it accuses nobody of 31 May or 2 July, and it
still catches 15 June.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from sql.warehouse.breaches import breaches, lots_named
from sql.warehouse.rules import rules_of
from tests import plants

JUNE = {
    "in_force_from": datetime(2026, 6, 1, tzinfo=UTC),
    "in_force_until": datetime(2026, 7, 1, tzinfo=UTC),
}
DAY = timedelta(days=1)
SSCC = "059012345000000036"
IN_MAY, IN_JUNE, IN_JULY = (
    datetime(2026, month, day, 9, tzinfo=UTC) for month, day in ((5, 31), (6, 15), (7, 2))
)
LAST_NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
FIRST, LAST = JUNE["in_force_from"], JUNE["in_force_until"] - timedelta(microseconds=1)
TIMES = [
    pytest.param(IN_MAY, False, id="before it was stated"),
    pytest.param(FIRST, True, id="when it was stated"),
    pytest.param(IN_JUNE, True, id="while it held"),
    pytest.param(LAST, True, id="at its last"),
    pytest.param(JUNE["in_force_until"], False, id="when it was withdrawn"),
    pytest.param(IN_JULY, False, id="after it was withdrawn"),
]
WHERE = {
    "ONE_PRODUCT": ("raw.lots", "no_two_products_meet_in_a_lot_of_one_product"),
    "ONE_SPECIES": ("raw.lots", "no_two_species_meet_in_a_lot"),
    "SAME_DAY": (
        "raw.lot_genealogy",
        "no_lot_was_used_on_a_later_day_than_its_process_allows",
    ),
    "LONGEST_WAIT": ("raw.lot_genealogy", "no_lot_waited_longer_than_its_process_allows"),
    "PACKED": ("genealogy.packed", "no_pallet_holds_two_products_where_it_is_of_one"),
    "SHIPPED": ("raw.shipments", "no_pallet_of_one_product_left_with_two"),
    "PALLET_OF_ONE_CUSTOMER": ("raw.shipments", "no_pallet_of_one_customer_left_for_two"),
}
LOTS = [
    {"lot_id": 1, "lot_code": "HEN", "lot_type": "MIX", "product_id": 1, "metadata": "CHICKEN"},
    {"lot_id": 2, "lot_code": "TUR", "lot_type": "MIX", "product_id": 2, "metadata": "TURKEY"},
    {"lot_id": 3, "lot_code": "ROD", "lot_type": "SKW", "metadata": "CHICKEN"},
    {"lot_id": 4, "lot_code": "ICE", "lot_type": "FRZ", "metadata": "CHICKEN"},
    {"lot_id": 5, "lot_code": "HALF", "lot_type": "SKW", "product_id": 1, "metadata": "CHICKEN"},
]


def said(rule: str, **says) -> dict:
    return {"rule_id": 1, "rule": rule} | says


def caught(warehouse, what: str, rules: list[dict], *, made=None, **tables) -> list[str]:
    """Write the lots, all made in May, and rows of other tables, and return the lots named."""
    lots = [
        row
        | {"metadata": f'{{"species": "{row["metadata"]}"}}'}
        | {"happened_at": made or IN_MAY - 30 * DAY}
        for row in LOTS
    ]
    products = [{"product_id": n, "product_code": f"P{n}", "name": "x"} for n in (1, 2)]
    numbered = [row | {"rule_id": n} for n, row in enumerate(rules, start=1)]
    for table, rows in {
        "lots": lots,
        "products": products,
        "process_rules": numbered,
        **tables,
    }.items():
        plants.fill(warehouse, table, rows)
    if what == "PACKED":
        plants.build(warehouse, "genealogy.packed")
    table, name = WHERE[what]
    (rule,) = [rule for rule in rules_of(table) if rule.name == name]
    return lots_named(breaches(warehouse, rule))


def links(*rows: tuple[int, int, datetime]) -> list[dict]:
    names = ("link_id", "parent_lot_id", "child_lot_id", "happened_at")
    return [dict(zip(names, (n, *row), strict=True)) for n, row in enumerate(rows, start=1)]


def packings(*rows: tuple) -> list[dict]:
    """Write entries: unit, lot's id or inner unit, kilograms (below 0: taken out), when."""
    return [
        {
            "packing_id": n,
            "sscc": sscc,
            "kind": "UNPACKED" if kg == "all" or (kg or 0) < 0 else "PACKED",
            "lot_id": what if isinstance(what, int) else None,
            "inner_sscc": what if isinstance(what, str) else None,
            "quantity_kg": None if kg in ("all", None) else D(abs(kg)),
            "happened_at": at,
        }
        for n, (sscc, what, kg, at) in enumerate(rows, start=1)
    ]


def lines(*rows: tuple[str, int, int, datetime]) -> list[dict]:
    """Write lines of shipments: pallet, lot's id, customer's id, when."""
    return [
        {
            "shipment_id": n,
            "shipment_code": f"S{n}",
            "sscc": sscc,
            "lot_id": lot_id,
            "customer_id": customer_id,
            "happened_at": at,
        }
        for n, (sscc, lot_id, customer_id, at) in enumerate(rows, start=1)
    ]


def of_the_event(what: str, at: datetime) -> dict:
    """Write what breaks a rule just then: its last fact has this time, the others lie in May."""
    early = IN_MAY - DAY
    if what in ("SAME_DAY", "LONGEST_WAIT"):
        return {"lot_genealogy": links((1, 3, at))}
    if what == "ONE_SPECIES":
        return {"lot_genealogy": links((2, 3, at))}
    if what == "ONE_PRODUCT":
        return {"lot_genealogy": links((1, 3, early), (2, 3, at))}
    if what == "PACKED":
        return {"packings": packings(("P", 1, 5, early), ("P", 2, 5, at))}
    customer = 2 if what == "PALLET_OF_ONE_CUSTOMER" else 1
    lot_id = 1 if what == "PALLET_OF_ONE_CUSTOMER" else 2
    return {"shipments": lines((SSCC, 1, 1, early), (SSCC, lot_id, customer, at))}


NAMED = {
    "ONE_PRODUCT": ["ROD"],
    "ONE_SPECIES": ["ROD", "TUR"],
    "SAME_DAY": ["HEN", "ROD"],
    "LONGEST_WAIT": ["HEN", "ROD"],
    "PACKED": ["HEN", "TUR"],
    "SHIPPED": ["HEN", "TUR"],
    "PALLET_OF_ONE_CUSTOMER": ["HEN"],
}
SAYS = {
    "PACKED": said("PALLET_OF_ONE_PRODUCT"),
    "SHIPPED": said("PALLET_OF_ONE_PRODUCT"),
    "LONGEST_WAIT": said("LONGEST_WAIT", hours=D(2)),
}


@pytest.mark.parametrize(("at", "is_judged"), TIMES)
@pytest.mark.parametrize("what", WHERE)
def test_a_rule_judges_what_happened_while_it_held(warehouse, what, at, is_judged) -> None:
    rule = SAYS.get(what, said(what)) | JUNE
    found = caught(warehouse, what, [rule], **of_the_event(what, at))

    assert found == (NAMED[what] if is_judged else [])


@pytest.mark.parametrize("what", WHERE)
def test_a_rule_stated_since_ever_judges_everything_and_none_nothing(warehouse, what) -> None:
    rule, facts = SAYS.get(what, said(what)), of_the_event(what, IN_JUNE)

    assert caught(warehouse, what, [rule], **facts) == NAMED[what]
    assert caught(warehouse, what, [rule | {"is_retired": True}], **facts) == []
    assert caught(warehouse, what, [], **facts) == []


def test_hours_changed_in_time_are_those_of_the_moment(warehouse) -> None:
    """Two hours until July, four from then on: three hours' waiting is a breach in June alone."""
    two, four = said("LONGEST_WAIT", hours=D(2)), said("LONGEST_WAIT", hours=D(4))
    rules = [
        two | {"in_force_until": JUNE["in_force_until"]},
        four | {"in_force_from": JUNE["in_force_until"]},
    ]
    for made, found in ((IN_JUNE, ["HEN", "ROD"]), (IN_JULY, [])):
        facts = {"lot_genealogy": links((1, 3, made + timedelta(hours=3)))}
        assert caught(warehouse, "LONGEST_WAIT", rules, made=made, **facts) == found


@pytest.mark.parametrize("what", ["SAME_DAY", "LONGEST_WAIT"])
@pytest.mark.parametrize(
    ("lot_type", "input_lot_type", "found"),
    [
        ("MIX", None, ["HEN", "ICE", "ROD", "TUR"]),  # mixes, whatever they go into
        ("SKW", None, ["ICE", "ROD"]),
        ("SKW", "MIX", ["HEN", "ROD"]),  # what goes into rods, of mixes
        ("FRZ", "MIX", ["ICE", "TUR"]),
        ("SKW", "SKW", []),
        (None, "MIX", ["HEN", "ICE", "ROD", "TUR"]),
        (None, None, ["HEN", "ICE", "ROD", "TUR"]),
    ],
)
def test_a_rule_of_time_is_about_the_lots_it_names(
    warehouse, what, lot_type, input_lot_type, found
) -> None:
    rule = SAYS.get(what, said(what)) | {"lot_type": lot_type, "input_lot_type": input_lot_type}
    used = links((1, 3, IN_JUNE), (2, 4, IN_JUNE), (3, 4, IN_JUNE))

    assert caught(warehouse, what, [rule], lot_genealogy=used) == found


def test_rods_of_yesterday_may_be_frozen_and_not_be_split(warehouse) -> None:
    """The reference process says it of SKW in SKW: a later phase is accused of nothing."""
    rule = said("SAME_DAY", lot_type="SKW", input_lot_type="SKW")
    assert caught(warehouse, "SAME_DAY", [rule], lot_genealogy=links((3, 4, IN_JUNE))) == []
    assert caught(warehouse, "SAME_DAY", [rule], lot_genealogy=links((3, 5, IN_JUNE))) == [
        "HALF",
        "ROD",
    ]


def test_a_link_that_two_rules_judge_is_named_once(warehouse) -> None:
    rules = [said("LONGEST_WAIT", hours=D(2)), said("LONGEST_WAIT", hours=D(1), lot_type="MIX")]
    caught(warehouse, "LONGEST_WAIT", rules, lot_genealogy=links((1, 3, IN_JUNE)))
    table, name = WHERE["LONGEST_WAIT"]
    (rule,) = [rule for rule in rules_of(table) if rule.name == name]

    assert breaches(warehouse, rule)["allowed_hours"].to_list() == [D(1)]


PALLETS = [
    pytest.param([("P", 1, 5), ("P", 2, 5)], ["HEN", "TUR"], id="two products"),
    pytest.param([("P", 1, 5), ("Q", 2, 5)], [], id="on two pallets"),
    pytest.param([("P", 1, 5), ("P", 3, 5)], [], id="a lot whose product nobody knows"),
    pytest.param([("P", 1, 5), ("P", 1, -5), ("P", 2, 5)], [], id="taken out before"),
    pytest.param([("P", 1, 5), ("P", 1, "all"), ("P", 2, 5)], [], id="all taken out before"),
    pytest.param([("P", 1, 5), ("P", 1, -4), ("P", 2, 5)], ["HEN", "TUR"], id="some left in"),
    pytest.param([("P", 1, None), ("P", 1, -4), ("P", 2, 5)], ["HEN", "TUR"], id="not weighed"),
    pytest.param(
        [("P", 1, 5), ("P", 1, "all"), ("P", 1, 2), ("P", 2, 5)], ["HEN", "TUR"], id="put in anew"
    ),
    pytest.param([("P", 1, 5), ("C", 2, 5), ("P", "C", None)], ["HEN", "TUR"], id="in a case"),
    pytest.param(
        [("C", 2, 5), ("P", "C", None), ("R", "P", None), ("R", 1, 5)], ["HEN", "TUR"], id="deep"
    ),
    pytest.param(
        [("C", 2, 5), ("P", "C", None), ("P", "C", "all"), ("P", 1, 5)], [], id="case taken off"
    ),
    pytest.param(
        [("C", 2, 5), ("P", "C", None), ("C", 2, "all"), ("P", 1, 5)], [], id="case emptied on it"
    ),
    pytest.param([("C", "P", None), ("P", "C", None), ("P", 1, 5)], [], id="a circle ends"),
    pytest.param([("P", 1, 5), ("P", 2, 5), ("P", 1, "all")], [], id="mended by unpacking"),
    pytest.param([("P", 1, 5), ("P", 2, 5), ("P", 2, -5), ("P", 2, 1)], ["HEN", "TUR"], id="anew"),
]


@pytest.mark.parametrize(("entries", "found"), PALLETS)
def test_what_stands_on_a_pallet_is_what_was_put_there_less_what_was_taken(
    warehouse, entries, found
) -> None:
    rows = packings(*((*entry, IN_JUNE) for entry in entries))

    assert caught(warehouse, "PACKED", [SAYS["PACKED"]], packings=rows) == found


def test_a_case_packed_of_two_in_june_is_named_with_the_pallet_that_it_was_put_on_later(
    warehouse,
) -> None:
    """And a case mixed in May, put onto a pallet in June, is loaded while the rule holds."""
    rule = SAYS["PACKED"] | JUNE
    for packed, loaded, found in (
        (IN_JUNE, IN_JULY, ["HEN", "TUR"]),
        (IN_MAY, IN_JUNE, ["HEN", "TUR"]),
        (IN_MAY, IN_JULY, []),
    ):
        rows = packings(("C", 1, 5, IN_MAY), ("C", 2, 5, packed), ("P", "C", None, loaded))
        assert caught(warehouse, "PACKED", [rule], packings=rows) == found


def test_what_is_added_to_a_pallet_that_was_mixed_before_is_judged_when_it_is_added(
    warehouse,
) -> None:
    rows = packings(("P", 1, 5, IN_MAY), ("P", 2, 5, IN_MAY), ("P", 5, 5, IN_JUNE))
    rule = SAYS["PACKED"] | JUNE
    assert caught(warehouse, "PACKED", [rule], packings=rows[:2]) == []
    assert caught(warehouse, "PACKED", [rule], packings=rows) == ["HALF", "HEN", "TUR"]


@pytest.mark.parametrize(
    ("what", "kind", "found"),
    [
        ("PACKED", "SKW", []),
        ("PACKED", "MIX", ["HEN", "TUR"]),
        ("SHIPPED", "SKW", []),
        ("SHIPPED", "MIX", ["HEN", "TUR"]),
        ("PALLET_OF_ONE_CUSTOMER", "SKW", []),
        ("PALLET_OF_ONE_CUSTOMER", "MIX", ["HEN"]),
    ],
)
def test_a_rule_of_pallets_is_about_those_on_which_its_type_stands(
    warehouse, what, kind, found
) -> None:
    rule = SAYS.get(what, said(what)) | {"lot_type": kind}

    assert caught(warehouse, what, [rule], **of_the_event(what, IN_JUNE)) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (SSCC, f"0590 12345-{SSCC[9:]}", ["HEN", "TUR"]),  # one code in two spellings
        (SSCC, f"{SSCC[:-1]}7", []),
        (None, None, []),
        ("12", "12", []),  # the plant's own pallet, which comes back
    ],
)
def test_an_sscc_in_any_spelling_is_one_pallet_and_no_other_number_is(
    warehouse, first, second, found
) -> None:
    rules = [said("PALLET_OF_ONE_CUSTOMER")]
    rows = lines((first, 1, 1, IN_JUNE), (second, 2, 2, IN_JUNE))
    assert caught(warehouse, "PALLET_OF_ONE_CUSTOMER", rules, shipments=rows) == found


def test_a_line_of_an_unknown_product_accuses_nobody(warehouse) -> None:
    """It left after two known ones, which are named; of itself nobody knows."""
    rows = lines((SSCC, 1, 1, IN_JUNE), (SSCC, 2, 1, IN_JUNE), (SSCC, 3, 1, IN_JUNE))
    assert caught(warehouse, "SHIPPED", [SAYS["SHIPPED"]], shipments=rows) == ["HEN", "TUR"]


@pytest.mark.parametrize("what", ["SAME_DAY", "LONGEST_WAIT", "ONE_SPECIES", "ONE_PRODUCT"])
def test_what_is_known_by_the_day_is_judged_where_the_rule_held_all_day(warehouse, what) -> None:
    """On its last day the rule held until noon: whoever acted that day may have acted after."""
    rule = SAYS.get(what, said(what)) | {"in_force_from": FIRST, "in_force_until": LAST_NOON}
    for at, ends, found in (
        (FIRST, FIRST + DAY, NAMED[what]),
        (FIRST - timedelta(hours=1), FIRST + DAY, []),
        (LAST_NOON - DAY / 2, LAST_NOON, NAMED[what]),
        (LAST_NOON - DAY / 2, LAST_NOON + DAY / 2, []),
    ):
        facts = of_the_event(what, at)
        facts["lot_genealogy"][-1]["happened_until"] = ends
        assert caught(warehouse, what, [rule], **facts) == found, (at, ends)
