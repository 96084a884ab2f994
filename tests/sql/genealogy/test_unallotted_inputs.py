"""What went into a production is known, though nobody knows how much of it is in which output."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.productions import Output, record_production
from dashboards.commands.refusals import LinkRefused, NotEnough
from dashboards.commands.voids import Voidable, void_fact
from sql.amounts import Amount
from sql.genealogy.standing_places import standing_counts
from sql.record.engine import DatabaseRole, Record
from sql.warehouse.copies import copy_record
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.engines import ask

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOLD = (
    "into_children_kg, into_children_at_least_kg, on_hand_kg, on_hand_at_most_kg, accounted_ratio"
)


@pytest.fixture
def milk(record, people):
    """Receive 1000 kg of milk; make 900 kg of it into weighed cheese and unweighed whey."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code, kg in (("MILK", D(1000)), ("RENNET", None)):
            register_lot(transaction, by=by, lot_code=code, weight_kg=kg, happened_at=AT)
        made = produce(transaction, by, "VAT-1", {"MILK": 900, "RENNET": None})
    return by, made


def produce(transaction, by, code, inputs) -> int:
    return record_production(
        transaction,
        by=by,
        production_code=code,
        inputs=[Parent(lot, kg) for lot, kg in inputs.items()],
        outputs=[Output(f"CHEESE-{code}", 90), Output(f"WHEY-{code}", None)],
        happened_at=AT + timedelta(hours=1),
    )


def live(transaction, lot_code: str) -> tuple:
    """Return what the lot's page says, the same as a trace does."""
    (page,) = ask(
        transaction,
        f"select {TOLD}, lot_id from lots cross join lateral lot_balance(lot_id, weight_kg)"
        f" where lot_code = '{lot_code}'",
    ).fetchall()
    *page, lot_id = page
    (traced,) = transaction.all("lots_traced", lot_ids=[lot_id])
    names = TOLD.split(", ")
    assert tuple(page) == tuple(traced[name] for name in names)
    return tuple(page)


def test_a_known_input_of_an_unweighed_output_is_given_out_and_the_rest_is_on_hand(
    record, milk
) -> None:
    with record.transaction() as transaction:
        assert live(transaction, "MILK") == (D(900), None, D(100), None, 0.9)
        # Nobody weighed the rennet, so what is left of it stays unknown.
        assert live(transaction, "RENNET") == (None, D(0), None, None, None)
        shown = ask(
            transaction, "select quantity_kg from lot_genealogy where quantity_kg is not null"
        ).fetchall()
        assert shown == []  # how much is in which is as unknown as it was


def test_what_was_put_in_cannot_be_used_again(record, milk) -> None:
    by, _ = milk
    with pytest.raises(NotEnough), record.transaction() as transaction:
        produce(transaction, by, "VAT-2", {"MILK": D("100.000001")})
    with record.transaction() as transaction:
        produce(transaction, by, "VAT-2", {"MILK": 100})
        assert live(transaction, "MILK") == (D(1000), None, D(0), None, 1.0)


def test_a_voided_production_gives_its_inputs_back(record, milk) -> None:
    by, made = milk
    with record.transaction() as transaction:
        void_fact(
            transaction, by=by, kind=Voidable.PRODUCTION, fact_id=made, reason="typed twice by us"
        )
        assert live(transaction, "MILK") == (D(0), None, D(1000), None, 0.0)


def test_an_edition_says_the_same_with_a_count_between_two_productions(
    record, milk, database, tmp_path
) -> None:
    by, _ = milk
    with record.transaction() as transaction:
        register_movement(
            transaction,
            by=by,
            lot_code="MILK",
            kind="COUNTED",
            quantity_kg=D(95),
            happened_at=AT + timedelta(minutes=90),
        )
        record_production(
            transaction,
            by=by,
            production_code="VAT-3",
            inputs=[Parent("MILK", 60)],
            outputs=[Output("CREAM", None), Output("SKIM", None)],
            happened_at=AT + timedelta(hours=2),
        )
        # 95 were found, 60 of these went on; 900 + 60 + 35 of 1000 are accounted for.
        assert live(transaction, "MILK") == (D(960), None, D(35), None, 0.995)
    warehouse, reader = (
        Warehouse(tmp_path / "w.duckdb", "UTC"),
        Record(database, DatabaseRole.PIPELINE),
    )
    copy_record(reader, warehouse)
    plants.build(warehouse, "genealogy.movement_sums", "genealogy.mass_balance")
    rows = warehouse.rows("genealogy.mass_balance").to_dicts()
    found = next(row for row in rows if row["lot_code"] == "MILK")
    assert tuple(found[name] for name in TOLD.split(", ")) == (D(960), None, D(35), None, 0.995)
    reader.close()
    warehouse.close()


def litres(transaction, lot_code: str) -> tuple:
    """Return how many litres are left of a lot, and at most, as its page and a trace say it."""
    shown = transaction.one("lot_shown", lot_code=lot_code)
    (traced,) = transaction.all("unit_balances", lot_ids=[shown["lot_id"]])
    names = ("on_hand_quantity", "on_hand_at_most_quantity")
    assert [shown[name] for name in names] == [traced[name] for name in names]
    return *(traced[name] for name in names), traced["into_children_quantity"]


def test_litres_that_went_in_are_known_though_not_how_many_are_in_which_output(
    record, people, database, tmp_path
) -> None:
    """Of 1,000 l that nobody weighed 900 went into cheese and whey: 100 l are left."""
    by = people["MANAGER"]
    made_at = AT + timedelta(hours=1)
    with record.transaction() as transaction:
        raw = {"lot_code": "MILK", "quantity": 1000, "unit": "l", "happened_at": AT}
        register_lot(transaction, by=by, **raw)
        outputs = [Output("CHEESE", 90), Output("WHEY", None)]
        vat = {"production_code": "VAT", "outputs": outputs, "happened_at": made_at}
        inputs = [Parent("MILK", quantity=900, unit="l")]
        made = record_production(transaction, by=by, inputs=inputs, **vat)
        assert litres(transaction, "MILK") == (D(100), None, D(900))
        lot_id = transaction.value("lot_id_by_code", lot_code="MILK")
        places = standing_counts(transaction, [lot_id])[lot_id].places
        assert places == {None: Amount(D(100), D(100))}
        more = {**vat, "production_code": "VAT-2", "outputs": [Output("A", 1), Output("B", None)]}
        with pytest.raises(LinkRefused, match="100 l left"):
            record_production(
                transaction, by=by, inputs=[Parent("MILK", quantity=101, unit="l")], **more
            )
    warehouse, reader = (
        Warehouse(tmp_path / "w.duckdb", "UTC"),
        Record(database, DatabaseRole.PIPELINE),
    )
    copy_record(reader, warehouse)
    plants.build(warehouse, "genealogy.unit_balance")
    (found,) = warehouse.rows("genealogy.unit_balance").to_dicts()
    assert (found["on_hand_quantity"], found["given_out_quantity"]) == (D(100), D(900))
    reader.close()
    warehouse.close()
    with record.transaction() as transaction:
        void = {"kind": Voidable.PRODUCTION, "fact_id": made, "reason": "typed twice by us"}
        void_fact(transaction, by=by, **void)
        assert litres(transaction, "MILK") == (D(1000), None, D(0))
