"""What the checks have not looked at is not checked, whatever kind of fact it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.place_changes import change_place
from dashboards.commands.places import move_lot, register_place
from dashboards.commands.readings import record_reading
from dashboards.commands.unpacking import unpack
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from sql.genealogy.gaps import GapKind
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.vocabulary import Direction
from sql.warehouse.check_results import Moment
from sql.warehouse.open_findings import OpenBreach, OpenFindings
from tests.check_results import looked_at
from tests.engines import engine_of
from tests.plants import correct_as_known, just_confirmed, link_ids_into
from tests.presence import present

WHY = "written for this test"
CASE, PALLET, OTHER = "059012345000000012", "059012345000000036", "059012345000000029"


@pytest.fixture
def plant(record, people, database):
    """Write A -> B -> C and X -> C, and Z by itself; a HOLD on Z; a customer."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code in ("A", "X", "Z"):
            register_lot(transaction, by=by, lot_code=code, weight_kg=100)
        register_lot(transaction, by=by, lot_code="B", weight_kg=90, parents=[Parent("A", 60)])
        parents = [Parent("B", 30), Parent("X", 10)]
        register_lot(transaction, by=by, lot_code="C", weight_kg=40, parents=parents)
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(
            text(
                "insert into facts.partners (partner_code, name, role)"
                " values ('K', 'Shop', 'CUSTOMER')"
            )
        )
    owner.close()
    return by


def not_checked(
    record, lot_code: str, findings: OpenFindings, as_of: datetime | None = None
) -> set[str]:
    """Name the lots of an answer that the verdict calls not checked."""
    with record.snapshot(as_of=as_of) as snapshot:
        verdict = present(trace(snapshot, lot_code, Direction.BOTH, findings)).verdict
    return {
        code for gap in verdict.gaps if gap.kind is GapKind.NOT_CHECKED for code in gap.lot_codes
    }


def checked(record) -> OpenFindings:
    """Say that every check looked at the record as it is now, and found nothing."""
    return OpenFindings(Moment(**looked_at(record)), {})


def a_hold(transaction, by, lot_code: str) -> None:
    decide(transaction, by=by, lot_code=lot_code, decision="HOLD", notes=WHY)


def a_reading(transaction, by, lot_code: str) -> None:
    record_reading(
        transaction, by=by, lot_code=lot_code, characteristic="ph", value="5.8", unit="pH"
    )


def a_correction(transaction, by, lot_code: str) -> None:
    lot = transaction.one("lot_shown", lot_code=lot_code)
    correct_as_known(
        transaction,
        by=by,
        lot_code=lot_code,
        corrected=as_it_is(lot, weight_kg=95),
        reason=WHY,
    )


def as_it_is(lot, **other):
    names = ("product_code", "weight_kg", "temperature_c", "expires_on", "happened_at")
    return Corrected(**{name: lot[name] for name in names} | other)


def a_link(transaction, by, lot_code: str) -> None:
    link_lots(transaction, by=by, parent_lot_code=lot_code, child_lot_code="Z", quantity_kg=1)


def a_shipment(transaction, by, lot_code: str) -> None:
    transaction.copy(
        "facts.shipments",
        ["shipment_code", "lot_id", "customer_id", "quantity_kg", "happened_at"],
        [("S", lot_id(transaction, lot_code), 1, 1, datetime.now().astimezone())],
    )


def a_move(transaction, by, lot_code: str) -> None:
    register_place(transaction, by=by, place_code="COLD", name="Cold store")
    move_lot(transaction, by=by, lot_code=lot_code, to_place_code="COLD")


def a_move_voided(transaction, by, lot_code: str) -> None:
    (move,) = transaction.all("moves_of_lot", lot_id=lot_id(transaction, lot_code))
    fact_id = move["move_id"]
    void_fact(transaction, by=by, kind=Voidable.MOVE, fact_id=fact_id, reason=WHY)


def a_void(transaction, by, lot_code: str) -> None:
    (link_id,) = link_ids_into(transaction, lot_id(transaction, lot_code))
    void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link_id, reason=WHY)


def lot_id(transaction, lot_code: str) -> int:
    return transaction.value("lot_id_by_code", lot_code=lot_code)


FACTS: list[tuple[Callable, str, str, set[str]]] = [
    # What is written, about which lot; whose trace, and which lots of it the fact bears on.
    (a_hold, "A", "C", {"A", "B", "C"}),
    (a_hold, "C", "A", {"A", "B", "C"}),
    (a_shipment, "C", "X", {"X", "C"}),
    (a_reading, "X", "A", {"C"}),
    (a_correction, "B", "X", {"C"}),
    (a_void, "B", "C", {"B", "C"}),
    (a_link, "X", "A", {"C"}),
    (a_move, "X", "A", {"C"}),
    (a_move, "Z", "A", set()),
    (a_hold, "Z", "A", set()),
    (a_reading, "Z", "C", set()),
]


@pytest.mark.parametrize(("write", "about", "asked", "expected"), FACTS)
def test_a_fact_of_any_kind_that_came_later_is_not_checked(
    record, plant, write, about, asked, expected
) -> None:
    findings = checked(record)
    assert not_checked(record, asked, findings) == set()
    with record.transaction() as transaction:
        write(transaction, plant, about)

    assert not_checked(record, asked, findings) == expected
    assert not_checked(record, asked, checked(record)) == set()


def test_who_signs_in_or_asks_for_a_run_bears_on_no_lot(record, plant) -> None:
    findings = checked(record)
    with record.transaction() as transaction:
        transaction.run("ask_for_run", user_id=plant.user_id)

    assert not_checked(record, "A", findings) == set()


def test_what_takes_a_fact_back_is_a_fact_about_its_lot(record, plant) -> None:
    with record.transaction() as transaction:
        of_lot = lot_id(transaction, "X")
        a_hold(transaction, plant, "X")
        a_reading(transaction, plant, "X")
        a_shipment(transaction, plant, "X")
        decision = transaction.all("decisions_of_lot", lot_id=of_lot)[0]["decision_id"]
    findings = checked(record)
    with record.transaction() as transaction:
        confirmation = just_confirmed(plant)
        withdraw_decision(
            transaction, by=plant, decision_id=decision, reason=WHY, confirmation=confirmation
        )
    assert not_checked(record, "A", findings) == {"C"}

    for kind in (Voidable.READING, Voidable.SHIPMENT):
        findings = checked(record)
        with record.transaction() as transaction:
            void_fact(transaction, by=plant, kind=kind, fact_id=1, reason=WHY)
        assert not_checked(record, "A", findings) == {"C"}, kind


def test_a_move_taken_back_is_a_fact_about_its_lot(record, plant) -> None:
    with record.transaction() as transaction:
        a_move(transaction, plant, "X")
    findings = checked(record)
    with record.transaction() as transaction:
        a_move_voided(transaction, plant, "X")

    assert not_checked(record, "A", findings) == {"C"}


def test_what_a_place_is_called_bears_on_no_lot(record, plant) -> None:
    with record.transaction() as transaction:
        a_move(transaction, plant, "X")
    findings = checked(record)
    with record.transaction() as transaction:
        change_place(
            transaction, by=plant, place_code="COLD", name="Ice", reason=WHY, based_on=None
        )

    assert not_checked(record, "X", findings) == set()


def test_a_line_of_a_shipment_bears_on_the_lots_of_its_other_lines(record, plant) -> None:
    """A rule may name any of them: two customers of one shipment, one pallet in two places."""
    with record.transaction() as transaction:
        a_shipment(transaction, plant, "Z")
    findings = checked(record)
    with record.transaction() as transaction:
        a_shipment(transaction, plant, "C")

    assert not_checked(record, "Z", findings) == {"Z"}


def on_pallet(transaction, by, lot_code: str) -> None:
    pack_lot(transaction, by=by, sscc=PALLET, lot_code=lot_code, quantity_kg=1)


def on_the_case_of_it(transaction, by, lot_code: str) -> None:
    pack_lot(transaction, by=by, sscc=CASE, lot_code=lot_code, quantity_kg=1)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)


def taken_from_it(transaction, by, lot_code: str) -> None:
    on_pallet(transaction, by, lot_code)
    unpack(transaction, by=by, sscc=PALLET, lot_code=lot_code)


def shipped_on_it(transaction, by, lot_code: str) -> None:
    transaction.copy(
        "facts.shipments",
        ["shipment_code", "lot_id", "customer_id", "quantity_kg", "sscc", "happened_at"],
        [("S2", lot_id(transaction, lot_code), 1, 1, PALLET, datetime.now().astimezone())],
    )


def voided_there(transaction, by, _lot_code: str) -> None:
    (packed,) = transaction.all("packings_of_unit", sscc=PALLET)
    fact_id = packed["packing_id"]
    void_fact(transaction, by=by, kind=Voidable.PACKING, fact_id=fact_id, reason=WHY)


@pytest.mark.parametrize(
    "write", [on_pallet, on_the_case_of_it, taken_from_it, shipped_on_it, voided_there]
)
def test_what_stands_on_a_pallet_bears_on_the_lots_beside_it(record, plant, write) -> None:
    """A rule names both: two products, or two customers. Another pallet is left alone."""
    with record.transaction() as transaction:
        on_pallet(transaction, plant, "Z")
        pack_lot(transaction, by=plant, sscc=OTHER, lot_code="A", quantity_kg=1)
    findings = checked(record)
    with record.transaction() as transaction:
        write(transaction, plant, "X")

    assert not_checked(record, "Z", findings) == {"Z"}
    assert not_checked(record, "A", findings) <= {"C"}


@pytest.mark.parametrize("beside", [on_pallet, on_the_case_of_it, shipped_on_it])
def test_a_lot_corrected_bears_on_those_beside_it_and_a_hold_does_not(
    record, plant, beside
) -> None:
    """It may be of another product now."""
    with record.transaction() as transaction:
        on_pallet(transaction, plant, "Z")
        beside(transaction, plant, "X")
    findings = checked(record)
    with record.transaction() as transaction:
        a_hold(transaction, plant, "X")
    assert not_checked(record, "Z", findings) == set()
    with record.transaction() as transaction:
        a_correction(transaction, plant, "X")
    assert not_checked(record, "Z", findings) == {"Z"}


def test_more_facts_than_are_followed_leave_nothing_checked(record, plant) -> None:
    findings = checked(record)
    with record.transaction() as transaction:
        for number in range(201):
            register_lot(transaction, by=plant, lot_code=f"N{number}", weight_kg=1)

    assert not_checked(record, "A", findings) == {"A", "B", "C"}


def test_checks_of_another_record_say_nothing(record, plant) -> None:
    moment = Moment(**looked_at(record))
    other = OpenFindings(replace(moment, audit_head="00" * 32), {})
    longer = OpenFindings(replace(moment, audit_length=moment.audit_length + 1), {})

    assert not_checked(record, "A", other) == {"A", "B", "C"}
    assert not_checked(record, "A", longer) == {"A", "B", "C"}


def test_checks_that_not_all_looked_leave_every_lot_not_checked(record, plant) -> None:
    assert not_checked(record, "A", OpenFindings(None, {})) == {"A", "B", "C"}


def test_an_answer_of_before_is_not_checked_by_checks_that_know_more(record, plant) -> None:
    """The link voided since then may have broken a rule that holds now."""
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        a_void(transaction, plant, "B")

    assert not_checked(record, "C", checked(record), as_of=then) == {"A", "B", "C"}
    assert not_checked(record, "C", checked(record)) == set()


def test_an_answer_of_before_stays_checked_whatever_came_later(record, plant) -> None:
    findings = checked(record)
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        a_hold(transaction, plant, "A")

    assert not_checked(record, "C", findings, as_of=then) == set()
    assert not_checked(record, "C", findings) == {"A", "B", "C"}


def said(record, findings: OpenFindings, as_of: datetime | None) -> dict[GapKind, tuple]:
    """Return what the verdict on C says the checks found: the lots and the checks, by kind."""
    with record.snapshot(as_of=as_of) as snapshot:
        verdict = present(trace(snapshot, "C", Direction.BOTH, findings)).verdict
    kinds = (GapKind.OPEN_FINDING, GapKind.LOT_FINDING, GapKind.FOUND_LATER)
    return {gap.kind: (gap.lot_codes, gap.checks) for gap in verdict.gaps if gap.kind in kinds}


def broken_at(record, lot_code: str, *, before: OpenFindings | None = None) -> OpenFindings:
    """Say that every check has looked now, and that one is broken at a lot, as before or now."""
    now = Moment(**looked_at(record))
    found_at = now if before is None else present(before.looked_at)
    breach = OpenBreach("a rule", "b", found_at)
    return OpenFindings(now, {lot_code: (breach,)}, looks=frozenset({now, found_at}))


def test_an_answer_of_before_says_what_was_found_of_later_facts_as_found_later(
    record, plant
) -> None:
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        a_hold(transaction, plant, "A")
    findings = broken_at(record, "C")
    found = (("C",), ("a rule",))

    assert said(record, findings, then) == {GapKind.FOUND_LATER: found}
    assert said(record, findings, datetime.now(UTC)) == {GapKind.OPEN_FINDING: found}
    assert said(record, findings, None) == {GapKind.OPEN_FINDING: found}


def test_what_the_facts_of_before_break_is_broken_in_an_answer_of_before(record, plant) -> None:
    """Found later, but nothing that bears on C was written in between."""
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        a_hold(transaction, plant, "Z")

    assert said(record, broken_at(record, "C"), then).keys() == {GapKind.OPEN_FINDING}


def test_a_check_that_had_looked_by_then_found_it_by_then(record, plant) -> None:
    """Others looked later, at more: of what they say of C nothing is known for then."""
    before = checked(record)
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        a_hold(transaction, plant, "A")
    findings = broken_at(record, "C", before=before)

    assert said(record, findings, then).keys() == {GapKind.OPEN_FINDING}
    assert not_checked(record, "C", findings, as_of=then) == {"A", "B", "C"}


def test_no_check_that_looked_at_more_leaves_an_answer_of_before_checked(record, plant) -> None:
    """The oldest look was before the moment; a check made anew since has seen what came later."""
    before = checked(record)
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        a_hold(transaction, plant, "A")
    newer = present(checked(record).looked_at)
    findings = replace(before, looks=frozenset({newer}))

    assert not_checked(record, "C", findings, as_of=then) == {"A", "B", "C"}
