"""Two at once, at the edges: plain inserts without a lock, corrections, codes, all of it mixed.

Beside `test_last_kilos`, which races the commands for kilograms, links and decisions. Whatever is
neither an answer nor a refusal rises, a deadlock too. LOTLINE_TEST_ROUNDS: how often.
"""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier
from zoneinfo import ZoneInfo

import networkx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.commands.authority import TERMINAL, Face
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.people import change_user
from dashboards.commands.refusals import (
    CorrectionRefused,
    NotEnough,
    ParentStopped,
    Refusal,
    ShipmentStopped,
    Taken,
)
from dashboards.commands.sessions import end_all_sessions, person_of_session, start_session
from dashboards.commands.shipments import record_shipment
from dashboards.commands.sign_in import sign_in
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from sql.record.engine import DatabaseRole, Record
from sql.trail.audit import verify
from tests.dashboards.commands.constraints import constraint_of
from tests.engines import engine_of
from tests.plants import correct_as_known, just_confirmed, link_ids_into

ROUNDS = int(os.environ.get("LOTLINE_TEST_ROUNDS", "20"))
WRITERS = 8
WHY = "because the test says so"
CONSTRAINT_ERRORS = {"lot_is_not_its_own_ancestor", "lot_gives_out_at_most_what_it_weighs"}
LINK = text(
    "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at) "
    "values (:lot, :other, :kg, now())"
)
SHIPMENT = text(
    "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg, happened_at) "
    "select 'S', :lot, partner_id, :kg, now() from partners where partner_code = 'C'"
)
CORRECTION = text(
    "insert into facts.lot_corrections (lot_id, weight_kg, happened_at, reason) "
    "values (:lot, :kg, now(), 'weighed again, was wrong')"
)


@pytest.fixture
def owner(database):
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def customer(record):
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
        )


def at_once(jobs: list) -> list:
    """Run the jobs at the same moment, each in a thread; give each answer, or the refusal."""
    gate = Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def lots(record, people, codes, weight_kg=None) -> list[int]:
    with record.transaction() as transaction:
        return [
            register_lot(transaction, by=people["OPERATOR"], lot_code=code, weight_kg=weight_kg)[
                "lot_id"
            ]
            for code in codes
        ]


def insert(record, statement, **values):
    """Insert in the app's role, without a command; give the constraint that said no."""
    try:
        with engine_of(record).begin() as connection:
            connection.execute(statement, values)
    except DBAPIError as broken:
        if constraint_of(broken) not in CONSTRAINT_ERRORS:
            raise
        return constraint_of(broken)
    return "written"


def rows(owner, statement: str) -> list:
    with engine_of(owner).connect() as connection:
        return list(connection.execute(text(statement)))


@pytest.mark.parametrize("ring", [2, 3, 5])
def test_plain_inserts_never_close_a_circle(record, owner, people, ring) -> None:
    for number in range(ROUNDS):
        ids = lots(record, people, [f"R{number}-{n}" for n in range(ring)])
        pairs = list(zip(ids, ids[1:] + ids[:1], strict=True))
        answers = at_once(
            [lambda a=a, b=b: insert(record, LINK, lot=a, other=b, kg=None) for a, b in pairs]
        )
        assert sorted(answers) == ["lot_is_not_its_own_ancestor"] + ["written"] * (ring - 1)
    links = rows(owner, "select parent_lot_id, child_lot_id from facts.lot_genealogy")
    assert len(links) == (ring - 1) * ROUNDS
    assert networkx.is_directed_acyclic_graph(networkx.DiGraph([tuple(link) for link in links]))


def test_plain_links_shipments_and_a_shrinking_weight_never_overdraw_a_lot(
    record, owner, people
) -> None:
    """Grams too: 25 kg, of which everyone wants 10 kg or a gram more or less."""
    chance = random.Random(3)
    for number in range(ROUNDS):
        parent, *others = lots(record, people, [f"P{number}-{n}" for n in range(WRITERS)], 25)
        jobs = [(LINK, {"other": other}) for other in others]
        jobs += [(SHIPMENT, {}), (SHIPMENT, {}), (CORRECTION, {})]
        wanted = {
            LINK: ["10", "10.001", "9.999", "0.001"],
            SHIPMENT: ["5", "5.001"],
            CORRECTION: ["24.999", "20", "10"],
        }
        writes = [
            (statement, {"lot": parent, "kg": Decimal(chance.choice(wanted[statement])), **named})
            for statement, named in chance.sample(jobs, WRITERS)
        ]
        at_once([lambda write=write: insert(record, write[0], **write[1]) for write in writes])
    assert overdrawn(owner) == []
    assert rows(owner, "select count(*) from facts.lot_genealogy")[0][0] >= ROUNDS


def overdrawn(owner) -> list[int]:
    """Sum the raw rows here, in Decimal: which lots gave out more than their last weight?"""
    weights = dict(map(tuple, rows(owner, "select lot_id, weight_kg from facts.lots")))
    weights |= dict(
        map(
            tuple,
            rows(
                owner, "select lot_id, weight_kg from facts.lot_corrections order by correction_id"
            ),
        )
    )
    voided = {row[0] for row in rows(owner, "select link_id from facts.link_voids")}
    given = dict.fromkeys(weights, Decimal(0))
    for link_id, lot_id, kg in rows(
        owner, "select link_id, parent_lot_id, quantity_kg from facts.lot_genealogy"
    ):
        given[lot_id] += (kg or 0) if link_id not in voided else 0
    for lot_id, kg in rows(owner, "select lot_id, quantity_kg from facts.shipments"):
        given[lot_id] += kg or 0
    return [lot for lot, kg in weights.items() if kg is not None and kg < given[lot]]


def test_the_loser_is_told_who_took_the_kilos_and_when(record, owner, people) -> None:
    told = 0
    for number in range(ROUNDS):
        lots(record, people, [f"P{number}", f"A{number}", f"B{number}"], 25)

        def take(role, child, number=number):
            with record.transaction() as transaction:
                return link_lots(
                    transaction,
                    by=people[role],
                    parent_lot_code=f"P{number}",
                    child_lot_code=f"{child}{number}",
                    quantity_kg=25,
                )

        answers = at_once([lambda: take("OPERATOR", "A"), lambda: take("MANAGER", "B")])
        (winner,) = [answer for answer in answers if isinstance(answer, int)]
        (loser,) = [answer for answer in answers if isinstance(answer, NotEnough)]
        ((at, name, code),) = rows(
            owner,
            "select g.happened_at, u.full_name, l.lot_code from facts.lot_genealogy g "
            "join users u on u.user_id = g.operator_id "
            f"join facts.lots l on l.lot_id = g.child_lot_id where link_id = {winner}",
        )
        moment = f"{at.astimezone(ZoneInfo('Europe/Budapest')):%Y-%m-%d %H:%M} (Europe/Budapest)"
        told += f"{name} took 25 kg for lot {code} at {moment}." in str(loser)
        assert f"P{number} has 0 kg left; 25 kg is too much" in str(loser)
    assert told == ROUNDS


def test_a_correction_and_a_consumption_of_one_moment_do_not_overdraw(
    record, owner, people
) -> None:
    """The weight goes down to 10 kg while another takes 20 of 25: exactly one of them may."""
    for number in range(ROUNDS):
        lots(record, people, [f"P{number}", f"C{number}"], 25)

        def shrink(number=number):
            with record.transaction() as transaction:
                return correct_as_known(
                    transaction,
                    by=people["MANAGER"],
                    lot_code=f"P{number}",
                    reason=WHY,
                    corrected=Corrected(None, 10, None, None, datetime.now(UTC)),
                )

        def take(number=number):
            with record.transaction() as transaction:
                return link_lots(
                    transaction,
                    by=people["OPERATOR"],
                    parent_lot_code=f"P{number}",
                    child_lot_code=f"C{number}",
                    quantity_kg=20,
                )

        shrunk, taken = at_once([shrink, take])
        assert isinstance(shrunk, int) != isinstance(taken, int)
        assert isinstance(shrunk, int | CorrectionRefused)
        assert isinstance(taken, int | NotEnough)
    assert overdrawn(owner) == []


AFTER_THE_STOP = """
    select count(*)
    from audit.entries as stops
    inner join facts.qc_decisions as decisions
        on stops.table_name = 'qc_decisions' and stops.row_id = decisions.decision_id
    inner join facts.lot_genealogy as origins on decisions.lot_id = origins.parent_lot_id
    inner join (
        select entry_id, cast(after ->> 'lot_id' as bigint) as lot_id
        from audit.entries where table_name = 'shipments'
        union all
        select entry_id, cast(after ->> 'parent_lot_id' as bigint)
        from audit.entries where table_name = 'lot_genealogy'
    ) as uses on origins.child_lot_id = uses.lot_id
    where decisions.decision in ('HOLD', 'FAIL') and uses.entry_id > stops.entry_id
"""


@pytest.mark.parametrize("word", ["HOLD", "FAIL"])
def test_no_use_or_shipment_passes_a_stop_that_was_written_before_it(
    record, owner, people, word
) -> None:
    """Stop, shipment and use at once, in any order; the trail says which came first."""
    by, counts = people["MANAGER"], {"refused": 0, "taken": 0}
    for number in range(ROUNDS):
        raw, made, next_lot = (f"{name}{number}" for name in ("RAW", "MADE", "NEXT"))
        with record.transaction() as transaction:
            for code, parents in ((raw, []), (made, [Parent(raw, 5)]), (next_lot, [])):
                register_lot(
                    transaction,
                    by=people["OPERATOR"],
                    lot_code=code,
                    lot_type="RAW",
                    weight_kg=9,
                    parents=parents,
                )

        def stop(code=raw):
            with record.transaction() as transaction:
                decide(
                    transaction,
                    by=by,
                    lot_code=code,
                    decision=word,
                    notes=WHY,
                    confirmation=just_confirmed(by),
                )

        def ship(code=made):
            with record.transaction() as transaction:
                record_shipment(
                    transaction,
                    by=people["OPERATOR"],
                    shipment_code="S",
                    lot_code=code,
                    customer_code="C",
                    quantity_kg=1,
                )

        def use(code=made, into=next_lot):
            with record.transaction() as transaction:
                link_lots(
                    transaction,
                    by=people["OPERATOR"],
                    parent_lot_code=code,
                    child_lot_code=into,
                    quantity_kg=1,
                )

        jobs = [stop, ship, use]
        for answer in at_once(jobs[number % 3 :] + jobs[: number % 3]):
            assert answer is None or isinstance(answer, ShipmentStopped | ParentStopped), answer
            counts["taken" if answer is None else "refused"] += 1
        with pytest.raises(ShipmentStopped):
            ship()
        with pytest.raises(ParentStopped):
            use()
    assert rows(owner, AFTER_THE_STOP) == [(0,)]
    assert counts["refused"] and counts["taken"] > ROUNDS


@pytest.mark.parametrize("undone", ["link", "decision"])
def test_what_two_undo_at_once_is_undone_once(record, owner, people, undone) -> None:
    lots(record, people, ["A", "B"])
    by = people["MANAGER"]
    for _ in range(ROUNDS):
        with record.transaction() as transaction:
            if undone == "link":
                target = link_lots(transaction, by=by, parent_lot_code="A", child_lot_code="B")
            else:
                target = decide(transaction, by=by, lot_code="A", decision="HOLD", notes=WHY)[
                    "decision_id"
                ]

        def undo(role, target=target):
            with record.transaction() as transaction:
                if undone == "link":
                    return void_fact(
                        transaction, by=people[role], kind=Voidable.LINK, fact_id=target, reason=WHY
                    )
                return withdraw_decision(
                    transaction,
                    by=people[role],
                    decision_id=target,
                    reason=WHY,
                    confirmation=just_confirmed(people[role]),
                )

        answers = at_once([lambda: undo("ADMIN"), lambda: undo("MANAGER")])
        (loser,) = [answer for answer in answers if isinstance(answer, CorrectionRefused)]
        winner = "Admin" if isinstance(answers[0], int) else "Manager"
        assert f"by {winner}" in str(loser)
    table = "link_voids" if undone == "link" else "decision_withdrawals"
    assert rows(owner, f"select count(*) from facts.{table}") == [(ROUNDS,)]


def test_one_code_registered_by_eight_at_once_makes_one_lot(record, owner, people) -> None:
    for number in range(ROUNDS):
        spellings = [f"Lot-{number}", f"LOT-{number}", f"lot {'-'}{number}", f"L ot-{number}"] * 2

        def register(code):
            with record.transaction() as transaction:
                return register_lot(transaction, by=people["OPERATOR"], lot_code=code)

        answers = at_once([lambda code=code: register(code) for code in spellings])
        assert sum(isinstance(answer, Taken) for answer in answers) == WRITERS - 1
    assert rows(owner, "select count(*) from facts.lots") == [(ROUNDS,)]


def test_the_second_of_two_decisions_sees_exactly_the_first(record, owner, people) -> None:
    """Whoever came second is given word, person and time of the one before, as it is kept."""
    lots(record, people, ["L"])
    words = {"MANAGER": "FAIL", "ADMIN": "HOLD"}

    def say(role):
        with record.transaction() as transaction:
            return decide(
                transaction,
                by=people[role],
                lot_code="L",
                decision=words[role],
                notes=WHY,
                confirmation=just_confirmed(people[role]),
            )

    seen = {}
    for _ in range(ROUNDS):
        for decision in at_once([lambda: say("MANAGER"), lambda: say("ADMIN")]):
            seen[decision["decision_id"]] = decision["before"]
    kept = rows(
        owner,
        "select decision_id, decision, d.recorded_at, full_name as decided_by "
        "from facts.qc_decisions d join users on user_id = operator_id order by decision_id",
    )
    assert len(kept) == 2 * ROUNDS
    assert seen.pop(kept[0].decision_id) is None
    for first, second in zip(kept, kept[1:], strict=False):
        before = seen[second.decision_id]
        assert (before["decision"], before["recorded_at"], before["decided_by"]) == tuple(first[1:])


def test_whatever_people_do_at_once_ends_and_leaves_a_whole_trail(record, owner, people) -> None:
    """Six kinds of writing, signing in and managing users, in eight threads: no deadlock."""
    codes = [f"L{n}" for n in range(6)]
    lots(record, people, codes, 100)
    manager, viewer = people["MANAGER"], people["VIEWER"]
    undone = []

    def step(transaction, chance):
        one, other = chance.sample(codes, 2)
        kind = chance.randrange(9)
        if kind == 0:
            link_lots(
                transaction,
                by=people["OPERATOR"],
                parent_lot_code=one,
                child_lot_code=other,
                quantity_kg=chance.choice([None, "0.001", 3]),
            )
        elif kind == 1:
            link_id = chance.choice(
                [link for lot in range(1, 7) for link in link_ids_into(transaction, lot)] or [0]
            )
            void_fact(transaction, by=manager, kind=Voidable.LINK, fact_id=link_id, reason=WHY)
        elif kind == 2:
            word = chance.choice(["PASS", "PASS", "HOLD", "FAIL"])
            undone.append(
                decide(
                    transaction,
                    by=manager,
                    lot_code=one,
                    decision=word,
                    notes=WHY,
                    confirmation=just_confirmed(manager),
                )["decision_id"]
            )
        elif kind == 3 and undone:
            withdraw_decision(
                transaction,
                by=manager,
                decision_id=chance.choice(undone),
                reason=WHY,
                confirmation=just_confirmed(manager),
            )
        elif kind == 4:
            record_shipment(
                transaction,
                by=people["OPERATOR"],
                shipment_code="S",
                lot_code=one,
                customer_code="C",
                quantity_kg=1,
            )
        elif kind == 5:
            correct_as_known(
                transaction,
                by=manager,
                lot_code=one,
                reason=WHY,
                corrected=Corrected(None, chance.randrange(50, 100), None, None, datetime.now(UTC)),
            )
        elif kind == 6:
            change_user(
                transaction,
                by=people["ADMIN"],
                user_id=viewer.user_id,
                role=chance.choice(["VIEWER", "OPERATOR"]),
                is_active=True,
            )
        elif kind == 7:
            token = start_session(transaction, user_id=viewer.user_id, face=Face.SCREEN)
            person_of_session(
                transaction, token=token, idle_minutes=15, max_hours=12, origin=TERMINAL
            )
        elif chance.random() < 0.2:
            sign_in(transaction, email=viewer.email, password="wrong, on purpose")
        else:
            end_all_sessions(transaction, by=viewer)

    def work(seed):
        chance = random.Random(seed)
        for _ in range(min(ROUNDS, 200)):
            try:
                with record.transaction() as transaction:
                    step(transaction, chance)
            except Refusal:
                continue

    at_once([lambda seed=seed: work(seed) for seed in range(WRITERS)])
    assert overdrawn(owner) == []
    with owner.snapshot() as snapshot:
        assert verify(snapshot, sees_passwords=True).breaks == []
