"""A lot's type is corrected like its other values, where what was decided and used allows it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.packing import pack_lot
from dashboards.commands.refusals import BadValue, CorrectionRefused, NotPermitted
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unpacking import unpack
from tests.engines import ask

PALLET = "340123450000000017"

WHY = "typed at the wrong terminal"


def correct(transaction, by, code: str, lot_type: str | None) -> None:
    lot = transaction.one("lot_shown", lot_code=code)
    correct_lot(
        transaction,
        by=by,
        lot_code=code,
        corrected=Corrected(
            lot["product_code"], lot["weight_kg"], None, None, lot["happened_at"], lot_type=lot_type
        ),
        reason=WHY,
        based_on=lot["correction_id"],
    )


def register(transaction, people, code: str, *, weight_kg: int = 200, **more: Any) -> None:
    register_lot(transaction, by=people["OPERATOR"], lot_code=code, weight_kg=weight_kg, **more)


def type_of(transaction, code: str) -> str | None:
    return ask(transaction, f"select lot_type from lots where lot_code = '{code}'").fetchall()[0][0]


def test_a_corrected_type_counts_everywhere_and_the_history_keeps_the_old_one(
    transaction, people
) -> None:
    register(transaction, people, "A", lot_type="RAW")
    lot = transaction.one("lot_shown", lot_code="A")
    waits = [
        row["gate_number"] for row in transaction.all("gates_waited_for", lot_id=lot["lot_id"])
    ]
    correct(transaction, people["MANAGER"], "A", "DEB")

    now = [row["gate_number"] for row in transaction.all("gates_waited_for", lot_id=lot["lot_id"])]
    assert (waits, now) == ([1], [3])
    versions = transaction.all("corrections_of_lot", lot_id=lot["lot_id"])
    assert [row["lot_type"] for row in versions] == ["RAW", "DEB"]


def test_as_of_an_earlier_moment_the_type_is_what_was_known_then(record, people) -> None:
    with record.transaction() as transaction:
        register(transaction, people, "A", lot_type="RAW")
    with record.transaction() as transaction:
        before = ask(transaction, "select clock_timestamp()").fetchall()[0][0]
    with record.transaction() as transaction:
        correct(transaction, people["MANAGER"], "A", "DEB")

    with record.snapshot(as_of=before) as then:
        assert then.one("lot_shown", lot_code="A")["lot_type"] == "RAW"
    with record.snapshot() as now:
        assert now.one("lot_shown", lot_code="A")["lot_type"] == "DEB"


def test_a_later_correction_of_something_else_leaves_the_type(transaction, people) -> None:
    register(transaction, people, "A", lot_type="RAW")
    correct(transaction, people["MANAGER"], "A", "DEB")
    lot = transaction.one("lot_shown", lot_code="A")
    correct_lot(
        transaction,
        by=people["MANAGER"],
        lot_code="A",
        corrected=Corrected(None, 190, None, None, lot["happened_at"]),
        reason=WHY,
        based_on=lot["correction_id"],
    )

    assert type_of(transaction, "A") == "DEB"


def test_a_type_whose_gates_are_others_is_refused_and_names_the_gate(transaction, people) -> None:
    register(transaction, people, "A", lot_type="RAW")
    decide(
        transaction,
        by=people["OPERATOR"],
        lot_code="A",
        decision="HOLD",
        gate_id=ask(transaction, "select gate_id from qc_gates where gate_number = 1").fetchall()[
            0
        ][0],
        temperature_c=6,
        notes="surface too warm",
    )
    with pytest.raises(CorrectionRefused, match=r"at gate 1 .*doesn't serve that type") as refused:
        correct(transaction, people["MANAGER"], "A", "DEB")

    assert refused.value.field == "lot_type"
    assert type_of(transaction, "A") == "RAW"


@pytest.fixture
def waited(transaction, people) -> None:
    """A waited five hours before it went into B."""
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    register(transaction, people, "A", lot_type="RAW", happened_at=at - timedelta(hours=6))
    register(
        transaction,
        people,
        "B",
        lot_type="BULK",
        weight_kg=400,
        happened_at=at - timedelta(hours=1),
        parents=[Parent("A", 100)],
    )


def test_a_type_that_would_break_a_rule_of_the_process_is_refused_and_says_which(
    waited, transaction, people
) -> None:
    """Deboned meat waits at most 2 hours; received meat may wait."""
    with pytest.raises(CorrectionRefused, match="A waits at most 2 h before it is used") as refused:
        correct(transaction, people["MANAGER"], "A", "DEB")

    assert "waited longer for B" in str(refused.value)
    assert type_of(transaction, "A") == "RAW"


def test_two_products_in_a_lot_that_is_to_be_of_one_are_named(transaction, people) -> None:
    transaction.copy("facts.products", ["product_code", "name"], [("P", "P"), ("Q", "Q")])
    for code, product in (("A", "P"), ("B", "Q")):
        register(transaction, people, code, lot_type="SKW", weight_kg=20, product_code=product)
    register(
        transaction,
        people,
        "C",
        lot_type="SKW",
        weight_kg=20,
        parents=[Parent("A", 10), Parent("B", 10)],
    )
    with pytest.raises(CorrectionRefused, match="only one product goes into C, and A, B are"):
        correct(transaction, people["MANAGER"], "C", "FRZ")


def rule_for(transaction, rule: str, lot_type: str) -> None:
    """Have the process say a rule of one type alone, from always."""
    ask(
        transaction,
        "insert into facts.process_rules (version_id, rule, is_retired) "
        f"select min(version_id), '{rule}', true from facts.process_versions",
    )
    ask(
        transaction,
        "insert into facts.process_rules (version_id, rule, lot_type) "
        f"select min(version_id), '{rule}', '{lot_type}' from facts.process_versions",
    )


def test_a_species_that_would_mix_is_named(transaction, people) -> None:
    rule_for(transaction, "ONE_SPECIES", "MIX")
    register(transaction, people, "A", lot_type="RAW", metadata={"species": "turkey"})
    register(
        transaction,
        people,
        "B",
        lot_type="BULK",
        metadata={"species": "chicken"},
        weight_kg=400,
        parents=[Parent("A", 10)],
    )
    with pytest.raises(CorrectionRefused, match="only one species goes into B, and A is of anoth"):
        correct(transaction, people["MANAGER"], "B", "MIX")
    correct(transaction, people["MANAGER"], "B", "DEB")


@pytest.fixture
def on_one_pallet(transaction, people) -> None:
    """Lots A and B of two products stand on one pallet, which is of one product for SKW alone."""
    rule_for(transaction, "PALLET_OF_ONE_PRODUCT", "SKW")
    transaction.copy("facts.products", ["product_code", "name"], [("P", "P"), ("Q", "Q")])
    for code, product in (("A", "P"), ("B", "Q")):
        register(transaction, people, code, lot_type="RAW", product_code=product)
        pack_lot(transaction, by=people["MANAGER"], sscc=PALLET, lot_code=code, quantity_kg=10)


def test_two_products_on_a_pallet_that_would_have_to_be_of_one_are_named(
    transaction, people, on_one_pallet
) -> None:
    said = f"pallet {PALLET} is to be of one product, and A, B"
    with pytest.raises(CorrectionRefused, match=said):
        correct(transaction, people["MANAGER"], "A", "SKW")

    unpack(transaction, by=people["MANAGER"], sscc=PALLET, lot_code="B")
    correct(transaction, people["MANAGER"], "A", "SKW")


def test_what_left_on_such_a_pallet_counts_too_and_two_customers_do(
    transaction, people, on_one_pallet
) -> None:
    rule_for(transaction, "PALLET_OF_ONE_CUSTOMER", "SKW")
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) "
        "values ('C1', 'One', 'CUSTOMER'), ('C2', 'Two', 'CUSTOMER')",
    )
    for lot in ("A", "B"):
        unpack(transaction, by=people["MANAGER"], sscc=PALLET, lot_code=lot)
    for lot, customer in (("A", "C1"), ("B", "C2")):
        record_shipment(
            transaction,
            by=people["MANAGER"],
            shipment_code=f"S{customer}",
            lot_code=lot,
            customer_code=customer,
            quantity_kg=5,
            sscc=PALLET,
        )
    with pytest.raises(CorrectionRefused, match="is to be one customer's") as refused:
        correct(transaction, people["MANAGER"], "B", "SKW")
    assert "is to be of one product" in str(refused.value)


def test_an_unknown_type_and_a_person_who_may_not_are_refused(transaction, people) -> None:
    register(transaction, people, "A", lot_type="RAW")
    with pytest.raises(BadValue, match="type"):
        correct(transaction, people["MANAGER"], "A", "CAKE")
    with pytest.raises(NotPermitted):
        correct(transaction, people["OPERATOR"], "A", "DEB")
