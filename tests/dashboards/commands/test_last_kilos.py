"""Many writers at once: kilograms to the gram, no circle, no decision lost, nobody deadlocked.

LOTLINE_TEST_ROUNDS says how often each race is run; a deadlock would rise as a fault.
"""

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import Cycle, NotEnough, Refusal
from dashboards.commands.shipments import record_shipment
from sql.record.engine import DatabaseRole, Record
from tests.dashboards.commands.constraints import constraint_of
from tests.engines import engine_of

ROUNDS = int(os.environ.get("LOTLINE_TEST_ROUNDS", "25"))
WRITERS = 8
WEIGHT = Decimal(25)


@pytest.fixture
def owner(database):
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


def at_once(jobs: list) -> list:
    """Run the jobs at the same moment, each in a thread; give what each gave or was refused."""
    gate = Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def customer(record):
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
        )


def test_the_last_kilos_go_to_whoever_comes_first(record, owner, people, customer) -> None:
    """Links and shipments mixed, by the gram; the losers are told who took them and when."""
    by, chance = people["OPERATOR"], random.Random(1)
    told = Counter()
    for number in range(ROUNDS):
        parent = f"P{number}"
        with record.transaction() as transaction:
            register_lot(transaction, by=by, lot_code=parent, lot_type="RAW", weight_kg=WEIGHT)
            for writer in range(WRITERS):
                register_lot(transaction, by=by, lot_code=f"{parent}-{writer}")
        wanted = [
            Decimal(chance.choice(["10", "10.001", "4.999", "0.001", "25", "12.5"]))
            for _ in range(WRITERS)
        ]

        def take(writer: int, parent=parent, wanted=wanted):
            with record.transaction() as transaction:
                if writer % 4 == 3:
                    return record_shipment(
                        transaction,
                        by=by,
                        shipment_code=f"S-{writer}",
                        lot_code=parent,
                        customer_code="C",
                        quantity_kg=wanted[writer],
                    )
                return link_lots(
                    transaction,
                    by=by,
                    parent_lot_code=parent,
                    quantity_kg=wanted[writer],
                    child_lot_code=f"{parent}-{writer}",
                )

        answers = at_once([lambda writer=writer: take(writer) for writer in range(WRITERS)])
        taken = sum(
            (kg for kg, answer in zip(wanted, answers, strict=True) if isinstance(answer, int)),
            Decimal(0),
        )
        refused = [answer for answer in answers if not isinstance(answer, int)]
        assert taken <= WEIGHT and all(isinstance(answer, NotEnough) for answer in refused)
        # Nobody was refused what was still there.
        assert all(
            kg > WEIGHT - taken
            for kg, answer in zip(wanted, answers, strict=True)
            if not isinstance(answer, int)
        )
        told.update("Operator took" in str(refusal) for refusal in refused)
    with engine_of(owner).connect() as connection:
        over = connection.execute(
            text(
                "select count(*) from facts.lots where lot_code !~ '-' and weight_kg < "
                "coalesce((select sum(quantity_kg) from facts.lot_genealogy "
                "where parent_lot_id = lots.lot_id), 0) + coalesce((select sum(quantity_kg) "
                "from facts.shipments where shipments.lot_id = lots.lot_id), 0)"
            )
        ).scalar()
    assert over == 0
    assert told[True] > 0


def test_the_record_itself_holds_the_kilos_against_writers_without_commands(
    database, record, owner, people
) -> None:
    """Plain inserts in the app's role, no lock taken first: the triggers are the second line."""
    outcomes = Counter()
    for number in range(ROUNDS):
        with record.transaction() as transaction:
            lots = [
                register_lot(
                    transaction, by=people["OPERATOR"], lot_code=f"P{number}-{n}", weight_kg=25
                )["lot_id"]
                for n in range(WRITERS + 1)
            ]

        def take(child: int, parent=lots[0]):
            try:
                with engine_of(record).begin() as connection:
                    connection.execute(
                        text(
                            "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, "
                            "quantity_kg, happened_at) values (:parent, :child, 10, now())"
                        ),
                        {"parent": parent, "child": child},
                    )
            except DBAPIError as refused:
                return constraint_of(refused)
            return "written"

        outcomes.update(at_once([lambda child=child: take(child) for child in lots[1:]]))
    assert outcomes == {
        "written": 2 * ROUNDS,
        "lot_gives_out_at_most_what_it_weighs": (WRITERS - 2) * ROUNDS,
    }


@pytest.mark.parametrize("ring", [2, 3])
def test_opposed_links_never_close_a_circle(record, owner, people, ring) -> None:
    by = people["OPERATOR"]
    written = Counter()
    for number in range(ROUNDS):
        codes = [f"R{number}-{n}" for n in range(ring)]
        with record.transaction() as transaction:
            for code in codes:
                register_lot(transaction, by=by, lot_code=code)

        def link(n: int, codes=codes):
            with record.transaction() as transaction:
                return link_lots(
                    transaction,
                    by=by,
                    parent_lot_code=codes[n],
                    child_lot_code=codes[(n + 1) % ring],
                )

        answers = at_once([lambda n=n: link(n) for n in range(ring)])
        written.update(isinstance(answer, int) for answer in answers)
        assert all(isinstance(answer, int | Cycle) for answer in answers)
    assert written == {True: (ring - 1) * ROUNDS, False: ROUNDS}
    with engine_of(owner).connect() as connection:
        assert not connection.execute(
            text("select 1 from facts.lots where lot_id in (select lots_after(lot_id)) limit 1")
        ).all()


def test_both_decisions_of_one_moment_are_kept_and_the_second_sees_the_first(
    record, owner, people
) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="L")

    def hold(role: str, why: str):
        with record.transaction() as transaction:
            return decide(transaction, by=people[role], lot_code="L", decision="HOLD", notes=why)

    seen = 0
    for number in range(ROUNDS):
        reasons = [f"first reason {number}", f"other reason {number}"]
        first, second = sorted(
            at_once(
                [
                    lambda why=reasons[0]: hold("MANAGER", why),
                    lambda why=reasons[1]: hold("OPERATOR", why),
                ]
            ),
            key=lambda decision: decision["decision_id"],
        )
        assert {first["notes"], second["notes"]} == set(reasons)
        other = {"Manager", "Operator"} - {second["before"]["decided_by"]}
        seen += second["operator_id"] == people[other.pop().upper()].user_id
        assert second["before"]["recorded_at"] < second["happened_at"]
    assert seen == ROUNDS
    with engine_of(owner).connect() as connection:
        kept = connection.execute(text("select count(*) from facts.qc_decisions")).scalar()
    assert kept == 2 * ROUNDS


def test_an_older_snapshot_may_not_write(record, people) -> None:
    """It could not see what others took meanwhile."""
    engine = engine_of(record).execution_options(isolation_level="REPEATABLE READ")
    with pytest.raises(DBAPIError) as refused, engine.begin() as connection:
        connection.execute(
            text("insert into facts.lots (lot_code, happened_at) values ('A', now())")
        )
    assert constraint_of(refused.value) == "facts_are_written_at_read_committed"
