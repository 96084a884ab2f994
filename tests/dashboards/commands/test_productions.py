"""Productions: several lots in, several out; the links follow by mass, to the milligram."""

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.productions import Output, record_production
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    Cycle,
    NotEnough,
    NotFound,
    NotPermitted,
    ParentNotUsable,
    SelfLink,
    Taken,
)
from dashboards.commands.voids import Voidable, void_fact
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.databases import WITH_PEOPLE
from tests.engines import ask, undone

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def by(people):
    return people["MANAGER"]


def receive(transaction, by, **kilograms) -> None:
    for code, kg in kilograms.items():
        register_lot(transaction, by=by, lot_code=code, weight_kg=kg, happened_at=AT)


def produce(transaction, by, inputs, outputs, code="VAT-1", **more) -> int:
    return record_production(
        transaction,
        by=by,
        production_code=code,
        inputs=[Parent(lot, kg) for lot, kg in inputs.items()],
        outputs=[Output(lot, kg) for lot, kg in outputs.items()],
        happened_at=AT,
        **more,
    )


def links(transaction) -> dict[tuple[str, str], D | None]:
    rows = ask(
        transaction,
        "select p.lot_code, c.lot_code, g.quantity_kg from lot_genealogy as g"
        " join lots as p on p.lot_id = g.parent_lot_id"
        " join lots as c on c.lot_id = g.child_lot_id",
    )
    return {(parent, child): kg for parent, child, kg in rows}


def test_an_input_is_allotted_to_the_outputs_by_their_mass(transaction, by):
    receive(transaction, by, MILK=1000, RENNET=3)
    produce(transaction, by, {"MILK": 900, "RENNET": 3}, {"CHEESE": 90, "WHEY": 801}, waste_kg="12")
    # CHEESE is 90 of 891 kg: 900 x 10/99 = 90.909..., 3 x 10/99 = 0.303030...
    assert links(transaction) == {
        ("MILK", "CHEESE"): D("90.909091"),
        ("MILK", "WHEY"): D("809.090909"),
        ("RENNET", "CHEESE"): D("0.303030"),
        ("RENNET", "WHEY"): D("2.696970"),
    }
    shown = transaction.one("production_shown", production_code="VAT-1")
    assert (shown["inputs_kg"], shown["outputs_kg"], shown["waste_kg"]) == (903, 891, 12)


def test_one_output_takes_every_input_whole_though_nobody_weighed_it(transaction, by):
    receive(transaction, by, A=10, B=None)
    produce(transaction, by, {"A": 7, "B": None}, {"DOUGH": None})
    assert links(transaction) == {("A", "DOUGH"): D(7), ("B", "DOUGH"): None}


def test_where_one_of_several_outputs_was_not_weighed_no_part_is_known(transaction, by):
    receive(transaction, by, A=10)
    produce(transaction, by, {"A": 7}, {"X": 3, "Y": None})
    assert links(transaction) == {("A", "X"): None, ("A", "Y"): None}


def test_a_trace_walks_a_production_from_either_side(transaction, by):
    receive(transaction, by, MILK=1000)
    produce(transaction, by, {"MILK": 900}, {"CHEESE": 90, "WHEY": 810})
    forward = trace(transaction, "MILK", Direction.FORWARD)
    back = trace(transaction, "WHEY", Direction.BACK)
    assert forward and back
    assert {lot["lot_code"] for lot in forward.lots} - {"MILK"} == {"CHEESE", "WHEY"}
    assert {lot["lot_code"] for lot in back.lots} - {"WHEY"} == {"MILK"}


MILLIGRAMS = st.integers(1, 10**10)


@given(
    inputs=st.lists(MILLIGRAMS, min_size=1, max_size=7),
    outputs=st.lists(MILLIGRAMS, min_size=1, max_size=5),
)
def test_what_goes_into_the_outputs_adds_up_to_each_input_to_the_milligram(
    common_record, everybody, inputs, outputs
):
    by = everybody["MANAGER"]
    put = {f"IN-{at}": D(mg) / 10**6 for at, mg in enumerate(inputs)}
    got = {f"OUT-{at}": D(mg) / 10**6 for at, mg in enumerate(outputs)}
    with undone(common_record(WITH_PEOPLE)) as transaction:
        receive(transaction, by, **put)
        produce(transaction, by, put, got)
        parts = links(transaction)
    assert len(parts) == len(put) * len(got)
    for code, kg in put.items():
        mine = [part for (parent, _), part in parts.items() if parent == code]
        if None in mine:  # fewer milligrams than outputs: nobody can part them
            assert kg < D(len(got)) / 10**6
        else:
            known = [part for part in mine if part is not None]
            assert sum(known) == kg
            assert min(known) > 0


@pytest.mark.parametrize(
    ("inputs", "outputs", "refused", "said"),
    [
        ({}, {"X": 1}, BadValue, "Nothing went in"),
        ({"A": 1}, {}, BadValue, "Nothing came out"),
        ({"A": 1}, {"A": 1}, SelfLink, "its own parent"),
        ({"A": 11}, {"X": 1}, NotEnough, "10 kg left"),
        ({"A": 0}, {"X": 1}, BadValue, "Kilograms is"),
        ({"A": 1}, {"X": -1}, BadValue, "Kilograms is"),
        ({"GONE": 1}, {"X": 1}, NotFound, "GONE"),
        ({"HELD": 1}, {"X": 1}, ParentNotUsable, "on HOLD"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(
    transaction, by, inputs, outputs, refused, said
):
    receive(transaction, by, A=10, HELD=10)
    decide(transaction, by=by, lot_code="HELD", decision="HOLD", notes="smells of diesel oil")
    with pytest.raises(refused, match=said):
        produce(transaction, by, inputs, outputs)


def test_of_a_lot_that_an_import_overdrew_nothing_known_is_taken_and_what_nobody_weighed_is(
    transaction, by
):
    receive(transaction, by, MILK=D(10), TANK=None, RENNET=D(1))
    ask(transaction, "select set_config('lotline.history', 'on', true)")
    ask(
        transaction,
        "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at)"
        " select parents.lot_id, children.lot_id, 30, :at from lots as parents, lots as children"
        " where parents.lot_code = 'MILK' and children.lot_code = 'TANK'",
        at=AT,
    )
    ask(transaction, "select set_config('lotline.history', 'off', true)")
    with pytest.raises(NotEnough):
        produce(transaction, by, {"MILK": D(1), "RENNET": D(1)}, {"CHEESE": D(2)}, code="VAT-2")
    produce(transaction, by, {"MILK": None, "RENNET": D(1)}, {"CURD": D(5), "WHEY": D(15)})
    assert links(transaction)["MILK", "CURD"] is None
    assert links(transaction)["RENNET", "WHEY"] == D("0.75")


def test_a_lot_made_from_an_output_can_not_have_gone_in(transaction, by):
    receive(transaction, by, A=10)
    produce(transaction, by, {"A": 5}, {"X": 5}, code="ONE")
    with pytest.raises(Cycle, match="X was itself made from A"):
        produce(transaction, by, {"X": 1}, {"A": 1}, code="TWO")


def test_a_code_names_one_production_until_it_is_voided(transaction, by):
    receive(transaction, by, A=10)
    first = produce(transaction, by, {"A": 5}, {"X": 5})
    with pytest.raises(Taken, match="VAT-1 exists already"):
        produce(transaction, by, {"A": 5}, {"Y": 5})
    with pytest.raises(CorrectionRefused, match="follows from production VAT-1"):
        (link_id,) = ask(transaction, "select link_id from lot_genealogy").fetchall()[0]
        void_fact(
            transaction, by=by, kind=Voidable.LINK, fact_id=link_id, reason="typed it twice over"
        )
    void_fact(
        transaction, by=by, kind=Voidable.PRODUCTION, fact_id=first, reason="typed it twice over"
    )
    assert links(transaction) == {}
    assert transaction.all("productions_newest", search=None, newest=10) == []
    produce(transaction, by, {"A": 10}, {"X": 5, "Y": 5})
    assert links(transaction) == {("A", "X"): D(5), ("A", "Y"): D(5)}


def test_a_viewer_records_no_production(transaction, people):
    with pytest.raises(NotPermitted):
        produce(transaction, people["VIEWER"], {"A": 1}, {"X": 1})
