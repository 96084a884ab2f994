"""A rule of the process is asked as it held when it happened; a pallet is one customer's."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboards.commands.authority import Person
from dashboards.commands.lots import register_lot
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.process.applying import apply_process
from dashboards.commands.process.guards import ProcessRefused
from dashboards.commands.process.reading import process_in_force
from dashboards.commands.refusals import PackingRefused, ShipmentRefused
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.voids import Voidable, void_fact
from sql.process_words import ProcessRule
from sql.record.transactions import Transaction
from tests.engines import ask

HOUR = timedelta(hours=1)
CASE, PALLET, OTHER = "059012345000000012", "059012345000000036", "059012345000000029"
PRODUCT, CUSTOMER = ProcessRule.PALLET_OF_ONE_PRODUCT, ProcessRule.PALLET_OF_ONE_CUSTOMER


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def plant(transaction, by, now) -> None:
    """Make two lots of two products, and one without; two customers."""
    ask(
        transaction,
        "insert into facts.products (product_code, name) values ('CHK', 'Hen'), ('TUR', 'Turkey')",
    )
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values "
        "('C1', 'Shop', 'CUSTOMER'), ('C2', 'Other', 'CUSTOMER')",
    )
    for code, kind, product in (("A", "MIX", "CHK"), ("T", "MIX", "TUR"), ("N", "DEB", None)):
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type=kind,
            product_code=product,
            weight_kg=100,
            happened_at=now - 48 * HOUR,
        )


def stated(transaction: Transaction, rule: str, *, from_at: datetime | None, says=True, kind=None):
    """Have a version say a rule from a moment on, or withdraw it."""
    ask(
        transaction,
        "with version as (insert into facts.process_versions (name, reason, holds_from)"
        " values ('x', 'said for a test', :from_at) returning version_id)"
        " insert into facts.process_rules (version_id, rule, lot_type, is_retired)"
        " select version_id, :rule, :kind, :is_retired from version",
        rule=rule,
        kind=kind,
        is_retired=not says,
        from_at=from_at,
    )


def held(transaction: Transaction, rule: str) -> list[tuple]:
    """Return from when until when the record says that a rule held."""
    return [
        tuple(row)
        for row in ask(
            transaction,
            "select in_force_from, in_force_until from process_rules"
            " where rule = :rule and not is_retired order by rule_id",
            rule=rule,
        )
    ]


def line(transaction, by, code, customer, *, sscc: str | None = PALLET, at=None, **more) -> int:
    return record_shipment(
        transaction,
        by=by,
        shipment_code=f"S-{customer}",
        lot_code=code,
        customer_code=customer,
        quantity_kg=5,
        sscc=sscc,
        happened_at=at,
        **more,
    )


def test_the_record_says_from_when_until_when_each_rule_held(transaction, now) -> None:
    assert held(transaction, PRODUCT) == [(None, None)]
    stated(transaction, PRODUCT, from_at=now - 9 * HOUR, says=False)
    stated(transaction, PRODUCT, from_at=now - 5 * HOUR)
    stated(transaction, CUSTOMER, from_at=now - 5 * HOUR, says=False)
    assert held(transaction, PRODUCT) == [(None, now - 9 * HOUR), (now - 5 * HOUR, None)]
    assert held(transaction, CUSTOMER) == [(None, now - 5 * HOUR)]


def test_what_a_plant_without_lots_says_held_since_ever(transaction) -> None:
    """What the record began with was then never said."""
    stated(transaction, PRODUCT, from_at=None, says=False)
    stated(transaction, CUSTOMER, from_at=None)
    assert held(transaction, PRODUCT) == []
    assert held(transaction, CUSTOMER) == [(None, None)]
    rules = {key[0] for key in process_in_force(transaction).of("rules")}
    assert PRODUCT not in rules and CUSTOMER in rules


def test_a_version_begins_and_ends_its_rules_when_it_is_applied(transaction, by) -> None:
    process = process_in_force(transaction)
    rules = dict(process.of("rules"))
    before = {key: dict(part) for key, part in rules.items()}
    del rules[PRODUCT, None, None]
    rules["LONGEST_WAIT", "DEB", None] = {**rules["LONGEST_WAIT", "DEB", None], "hours": 3}
    for wanted in (rules, before):
        apply_process(
            transaction,
            by=by,
            wanted=process.with_parts("rules", wanted),
            reason="asked for by the food safety team",
        )
        assert process_in_force(transaction).of("rules").keys() == wanted.keys()
    for rule in (PRODUCT, "LONGEST_WAIT"):
        (first, ended), (begun, last) = held(transaction, rule)  # one transaction is one moment
        assert first is None and ended == begun and last is None


def test_a_pallet_is_packed_by_the_rule_of_the_moment_typed(transaction, by, now) -> None:
    stated(transaction, PRODUCT, from_at=now - 9 * HOUR, says=False)
    stated(transaction, PRODUCT, from_at=now - 5 * HOUR)

    def pack(code, hours) -> None:
        pack_lot(
            transaction,
            by=by,
            sscc=PALLET,
            lot_code=code,
            quantity_kg=1,
            happened_at=now - hours * HOUR,
        )

    pack("A", 20)
    for hours in (10, 5, 4):
        with pytest.raises(PackingRefused, match="holds lot A of another product than lot T"):
            pack("T", hours)
    for hours in (9, 6):
        pack("T", hours)
    with pytest.raises(PackingRefused, match="maybe another product"):
        pack("N", 4)


def test_a_case_of_two_products_goes_onto_no_pallet_of_one(transaction, by, now) -> None:
    """It was packed while the rule didn't hold; the pallet is loaded while it does."""
    stated(transaction, PRODUCT, from_at=now - 9 * HOUR, says=False)
    stated(transaction, PRODUCT, from_at=now - 5 * HOUR)
    for code in ("A", "T"):
        pack_lot(transaction, by=by, sscc=CASE, lot_code=code, happened_at=now - 6 * HOUR)

    def load(hours) -> None:
        at = now - hours * HOUR
        pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE, happened_at=at)

    with pytest.raises(PackingRefused, match="would hold lot T of another product than lot A"):
        load(4)
    load(6)


def test_a_rule_for_a_type_is_about_every_pallet_on_which_a_lot_of_it_stands(
    transaction, by, now
) -> None:
    stated(transaction, PRODUCT, from_at=now - 9 * HOUR, says=False)
    stated(transaction, PRODUCT, from_at=now - 9 * HOUR, kind="DEB")
    for code in ("A", "T"):
        pack_lot(transaction, by=by, sscc=OTHER, lot_code=code, quantity_kg=1)
    pack_lot(transaction, by=by, sscc=PALLET, lot_code="N", quantity_kg=1)
    with pytest.raises(PackingRefused, match="a pallet is of one product"):
        pack_lot(transaction, by=by, sscc=PALLET, lot_code="A", quantity_kg=1)


def test_a_pallet_leaves_for_one_customer_where_the_process_says_so(transaction, by, now) -> None:
    """The reference process does; what left for nobody else, on another pallet or none, may go."""
    first = line(transaction, by, "A", "C1")
    line(transaction, by, "A", "C2", sscc=OTHER)
    line(
        transaction,
        by,
        "A",
        "C2",
        sscc=None,
        confirmed=["Shipment S-C2 has lot A with 5 kg already."],
    )
    said = rf"Pallet {PALLET} left for Shop \(C1\) with shipment S-C1: a pallet is one customer's"
    with pytest.raises(ShipmentRefused, match=said) as refused:
        line(transaction, by, "N", "C2")
    assert refused.value.field == "sscc"
    line(transaction, by, "N", "C1")
    stated(transaction, CUSTOMER, from_at=now - HOUR, says=False)
    with pytest.raises(ShipmentRefused, match="one customer's"):
        line(transaction, by, "N", "C2", at=now - 2 * HOUR)
    line(transaction, by, "N", "C2", at=now - HOUR)
    assert first


def test_a_line_taken_back_stands_in_nobodys_way(transaction, by) -> None:
    first = line(transaction, by, "A", "C1")
    void_fact(
        transaction, by=by, kind=Voidable.SHIPMENT, fact_id=first, reason="scanned the wrong label"
    )
    line(transaction, by, "A", "C2")


def test_a_pallet_is_not_shipped_after_a_case_on_it_left_for_another_customer(
    transaction, by, now
) -> None:
    """The case's line came by an import, which asks nobody."""
    pack_lot(transaction, by=by, sscc=CASE, lot_code="A", quantity_kg=5)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    ask(
        transaction,
        "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg, sscc,"
        " happened_at) select 'I1', lot_id, partner_id, 5, :sscc, now() from lots, partners"
        " where lot_code = 'A' and partner_code = 'C1'",
        sscc=CASE,
    )

    def ship(customer) -> list[int]:
        return ship_unit(
            transaction, by=by, sscc=PALLET, shipment_code="S9", customer_code=customer
        )

    with pytest.raises(ShipmentRefused, match=f"Pallet {CASE} left for Shop"):
        ship("C2")


def test_a_pallet_of_two_products_does_not_leave_where_the_rule_holds_then(
    transaction, by, now
) -> None:
    line(transaction, by, "A", "C1")
    with pytest.raises(ShipmentRefused, match="has lot A of another product than lot T") as refused:
        line(transaction, by, "T", "C1")
    assert refused.value.code == "ONE_PRODUCT"
    line(transaction, by, "N", "C1")  # nobody knows its product
    stated(transaction, PRODUCT, from_at=now - 9 * HOUR, says=False)
    stated(transaction, PRODUCT, from_at=now - 5 * HOUR)
    for code in ("A", "T"):
        pack_lot(
            transaction,
            by=by,
            sscc=OTHER,
            lot_code=code,
            quantity_kg=5,
            happened_at=now - 6 * HOUR,
        )

    def ship(hours) -> list[int]:
        return ship_unit(
            transaction,
            by=by,
            sscc=OTHER,
            shipment_code="S2",
            customer_code="C1",
            happened_at=now - hours * HOUR,
        )

    with pytest.raises(ShipmentRefused, match="a pallet is of one product"):
        ship(4)
    assert len(ship(6)) == 2


def test_a_rule_of_pallets_names_no_type_of_what_goes_in(transaction, by: Person) -> None:
    process = process_in_force(transaction)
    for rule in (PRODUCT, CUSTOMER):
        part = {"rule": rule, "lot_type": "FG", "input_lot_type": "FRZ", "hours": None}
        wanted = process.with_parts("rules", {**process.of("rules"), (rule, "FG", "FRZ"): part})
        with pytest.raises(ProcessRefused, match="Leave it empty"):
            apply_process(transaction, by=by, wanted=wanted, reason="asked for by the team")
