"""Copies brought up to date by what changed are what copies from nothing are, always."""

import os
import random

import pytest
from sqlalchemy import text

from sql.record.engine import DatabaseRole, Record
from sql.settings import PAIRS_BUDGET
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.copies import copy_record
from sql.warehouse.models import ModelKind, load_model, model_names
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.engines import ask, engine_of
from tests.presence import present

BATCHES = int(os.environ.get("LOTLINE_TEST_BATCHES", "12"))
MADE_BY_ROWS = [
    name
    for name in model_names()
    if load_model(name).kind in (ModelKind.OWN_ROWS, ModelKind.REACHING_ROWS)
]

# Where the suspect kilograms of a lot may rest.
PLACES = ("on_hand", "shipped")


@pytest.fixture
def owner(database):
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


@pytest.fixture
def reader(database):
    opened = Record(database, DatabaseRole.PIPELINE)
    yield opened
    opened.close()


class Followed:
    """A working file that is brought up to date again and again."""

    def __init__(self, path, reader: Record, budget: int = PAIRS_BUDGET) -> None:
        self.warehouse = Warehouse(path, "UTC", budget)
        self._reader = reader
        self._since = None
        self.walked = None

    def catch_up(self) -> dict[str, int | None]:
        """Copy and build, and return how many rows of each table were written; None: all."""
        changes = copy_record(self._reader, self.warehouse, self._since)
        self._since = self.warehouse.about()
        for copied in changes.tables.values():
            assert copied.rows_count == copied.rows_in_record, copied
        self.walked = plants.build_all(self.warehouse, changes)
        return {
            table: None if copied.written is None else copied.written_count
            for table, copied in changes.tables.items()
        }

    def contents(self) -> dict[str, list]:
        """List every row of every table."""
        names = [f"raw.{table}" for table in copied_tables()]
        found = {name: sorted(self.warehouse.rows(name).rows(), key=str) for name in names}
        pairs = self.warehouse.connection.sql(
            "select descendant_lot_id, unnest(ancestor_lot_ids) as a, unnest(steps) as s,"
            " round(unnest(shares), 12) as w from genealogy.ancestries order by all"
        )
        suspect = [f"suspect_{name}{by}_kg" for name in PLACES for by in ("", "_at_least")]
        computed = {
            "genealogy.exposure": suspect,
            "genealogy.exposure_in_units": [f"{name[:-3]}_quantity" for name in suspect],
        }
        rounded = {
            table: f"* replace ({', '.join(f'round({name}, 6) as {name}' for name in names)})"
            for table, names in computed.items()
        }
        rows = {
            name: self.warehouse.connection.sql(
                f"select {rounded.get(name, '*')} from {name} order by all"
            ).fetchall()
            for name in MADE_BY_ROWS
        }
        return found | rows | {"pairs": pairs.fetchall()}


@pytest.fixture
def followed(tmp_path, reader):
    found = Followed(tmp_path / "followed.duckdb", reader)
    yield found
    found.warehouse.close()


def from_nothing(tmp_path, reader: Record, budget: int = PAIRS_BUDGET) -> dict[str, list]:
    made = Followed(tmp_path / f"anew_{random.getrandbits(60)}.duckdb", reader, budget)
    made.catch_up()
    contents = made.contents()
    made.warehouse.close()
    return contents


LOT = (
    "insert into facts.lots (lot_code, weight_kg, happened_at) values ('{}', 10, now())"
    " returning lot_id"
)
LINK = (
    "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at)"
    " values ({}, {}, {}, now()) returning link_id"
)


class Writer:
    """Writes facts of every kind at random, past every guard, among lots made in order."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.lots, self.links, self.decisions = chance, [], [], []
        self.lone: list[int] = []

    def batch(self, connection) -> None:
        connection.execute(text("set local session_replication_role = replica"))
        for _fact in range(self.chance.randint(1, 6)):
            self.chance.choice(
                [
                    self.lot,
                    self.lot,
                    self.link,
                    self.link,
                    self.link,
                    self.void,
                    self.correct,
                    self.decide,
                    self.withdraw,
                    self.assess,
                    self.ship,
                    self.read,
                    self.rename,
                    self.change_masters,
                    self.lone_lot,
                    self.void_lot,
                    self.rename_lot,
                    self.void_shipment,
                    self.void_reading,
                ]
            )(lambda statement: connection.execute(text(statement)))

    def lot(self, run) -> None:
        self.lots.append(run(LOT.format(f"L{len(self.lots)}")).scalar())

    def link(self, run) -> None:
        if len(self.lots) < 2:
            return self.lot(run)
        parent, child = sorted(self.chance.sample(range(len(self.lots)), 2))
        kg = self.chance.choice(["null", "0.001", "1.5", "2.25", "7"])
        linked = run(LINK.format(self.lots[parent], self.lots[child], kg))
        return self.links.append(linked.scalar())

    def void(self, run) -> None:
        if self.links:
            link = self.links.pop(self.chance.randrange(len(self.links)))
            run(f"insert into facts.link_voids (link_id, reason) values ({link}, 'a wrong entry')")

    def correct(self, run) -> None:
        if self.lots:
            run(
                "insert into facts.lot_corrections (lot_id, weight_kg, happened_at, reason) values"
                f" ({self.chance.choice(self.lots)}, {self.chance.randint(1, 99)}, now(),"
                " 'weighed again')"
            )

    def decide(self, run) -> None:
        if self.lots:
            self.decisions.append(
                run(
                    "insert into facts.qc_decisions (lot_id, decision, happened_at)"
                    f" values ({self.chance.choice(self.lots)}, 'HOLD', now())"
                    " returning decision_id"
                ).scalar()
            )

    def withdraw(self, run) -> None:
        if self.decisions:
            run(
                "insert into facts.decision_withdrawals (decision_id, reason) values"
                f" ({self.decisions.pop()}, 'another lot meant')"
            )

    def assess(self, run) -> None:
        if self.decisions:
            run(
                "insert into facts.origin_assessments (lot_id, decision_ids, reason) values"
                f" ({self.chance.choice(self.lots)}, array[{self.chance.choice(self.decisions)}],"
                " 'cooked through')"
            )

    def ship(self, run) -> None:
        if self.lots:
            run(
                "insert into facts.partners (partner_code, name, role)"
                " values ('C', 'C', 'CUSTOMER')"
                " on conflict do nothing"
            )
            run(
                "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg,"
                f" happened_at) select 'S', {self.chance.choice(self.lots)}, partner_id, 1, now()"
                " from partners limit 1"
            )

    def read(self, run) -> None:
        if self.lots:
            run(
                "insert into facts.readings (lot_id, characteristic, value, unit, happened_at)"
                f" values ({self.chance.choice(self.lots)}, 'ph', 6, 'pH', now())"
            )

    def lone_lot(self, run) -> None:
        self.lone.append(run(LOT.format(f"V{len(self.lots)}-{self.chance.random()}")).scalar())

    def void_lot(self, run) -> None:
        if self.lone:
            lot = self.lone.pop()
            run(f"insert into facts.lot_voids (lot_id, reason) values ({lot}, 'a wrong entry')")

    def rename_lot(self, run) -> None:
        if self.lone:
            lot = self.lone.pop()
            self.lone_lot(run)
            run(
                "insert into facts.lot_voids (lot_id, renamed_id, reason)"
                f" values ({lot}, {self.lone[-1]}, 'a wrong code')"
            )

    def void_shipment(self, run) -> None:
        run(
            "insert into facts.shipment_voids (shipment_id, reason) select min(shipment_id),"
            " 'a wrong entry' from shipments having count(*) > 0"
        )

    def void_reading(self, run) -> None:
        run(
            "insert into facts.reading_voids (reading_id, reason) select min(reading_id),"
            " 'a wrong entry' from readings having count(*) > 0"
        )

    def rename(self, run) -> None:
        run(
            "insert into users (email, full_name, role, password_hash) values"
            " ('a@b', 'A', 'VIEWER', '') on conflict do nothing"
        )
        run(f"update users set full_name = 'A{self.chance.randint(1, 9)}'")

    def change_masters(self, run) -> None:
        run(
            "insert into facts.products (product_code, name) values ('P', 'P')"
            " on conflict do nothing"
        )
        run("insert into facts.production_runs (run_code) values ('R') on conflict do nothing")
        run("insert into facts.places (place_code, name) values ('P', 'P') on conflict do nothing")
        for table, key, values in [
            ("product", "product_id, name", "product_id, 'New'"),
            ("partner", "partner_id, name, role", "partner_id, 'New', 'CUSTOMER;SITE'"),
            ("run", "run_id, status", "run_id, 'COMPLETED'"),
            ("place", "place_id, name, reason", "place_id, 'New', 'ten letters'"),
        ]:
            of = "production_runs" if table == "run" else f"{table}s"
            run(f"insert into facts.{table}_revisions ({key}) select {values} from facts.{of}")


@pytest.mark.parametrize(
    ("seed", "budget"), [(0, PAIRS_BUDGET), (1, PAIRS_BUDGET), (2, PAIRS_BUDGET), (3, 12)]
)
def test_any_batches_of_facts_give_what_copies_from_nothing_give(
    owner, reader, tmp_path, seed, budget
) -> None:
    """New, late, voided and corrected facts of every kind, batch after batch, past a budget too.

    What goes wrong in one batch stays wrong in those after it: compared after every third.
    """
    followed = Followed(tmp_path / "followed.duckdb", reader, budget)
    chance = random.Random(seed)
    writer = Writer(chance)
    written: dict[str, int | None] = {}
    for batch in range(BATCHES):
        with engine_of(owner).begin() as connection:
            writer.batch(connection)
        written = followed.catch_up()
        if batch % 3 == 2:
            assert followed.contents() == from_nothing(tmp_path, reader, budget)
    assert written and None not in written.values()
    followed.warehouse.close()


def test_a_lot_that_a_change_elsewhere_lets_into_the_closure_is_counted(
    owner, reader, tmp_path
) -> None:
    """With room for three pairs, the last lot is left out until a link far from it is voided."""
    followed = Followed(tmp_path / "followed.duckdb", reader, 3)
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for number in range(1, 6):
            connection.execute(text(LOT.format(f"L{number}")))
        links = [
            connection.execute(text(LINK.format(parent, child, 1))).scalar()
            for parent, child in [(1, 2), (2, 3), (4, 5)]
        ]
    followed.catch_up()
    assert present(followed.walked).left_out_count == 1
    before = followed.contents()
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(
            text(
                "insert into facts.link_voids (link_id, reason)"
                f" values ({links[2]}, 'a wrong entry')"
            )
        )
    followed.catch_up()

    assert present(followed.walked).left_out_count == 0
    assert followed.contents() == from_nothing(tmp_path, reader, 3) != before
    followed.warehouse.close()


@pytest.mark.parametrize(
    "statement",
    [
        "insert into facts.lot_corrections (lot_id, weight_kg, happened_at, reason)"
        " values (2, 77, now(), 'weighed again')",
        "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg, happened_at)"
        " select 'S', 2, partner_id, 3, now() from partners",
    ],
    ids=["weighed again", "shipped"],
)
def test_what_is_said_of_a_lot_counts_for_all_it_came_from(
    owner, reader, followed, tmp_path, statement
) -> None:
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(
            text(
                "insert into facts.partners (partner_code, name, role)"
                " values ('C', 'C', 'CUSTOMER')"
            )
        )
        for number in range(1, 4):
            connection.execute(text(LOT.format(f"L{number}")))
        connection.execute(text(LINK.format(1, 2, 1)))
    followed.catch_up()
    before = followed.contents()["genealogy.exposure"]
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(statement))
    followed.catch_up()
    after = followed.contents()

    assert after == from_nothing(tmp_path, reader)
    assert [
        row[0] for row, old in zip(after["genealogy.exposure"], before, strict=True) if row != old
    ] == [1]


def test_only_what_changed_is_written(owner, followed) -> None:
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for number in range(1, 6):
            connection.execute(text(LOT.format(f"L{number}")))
        connection.execute(text(LINK.format(1, 2, 1)))
    assert set(followed.catch_up().values()) == {None}
    assert set(followed.catch_up().values()) == {0}
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(LOT.format("L6")))
        connection.execute(text(LINK.format(2, 6, 1)))
    written = followed.catch_up()
    assert {table: count for table, count in written.items() if count} == {
        "lots": 1,
        "lot_genealogy": 1,
    }
    assert followed.walked.walked_count == 1


def test_what_was_begun_before_a_copy_and_committed_after_it_is_not_missed(
    owner, followed, reader, tmp_path
) -> None:
    with engine_of(owner).connect() as late:
        late.execute(text("set session_replication_role = replica"))
        late.execute(text(LOT.format("LATE")))
        with engine_of(owner).begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(text(LOT.format("EARLY")))
        followed.catch_up()
        late.commit()
    written = followed.catch_up()
    assert written["lots"] == 1
    assert followed.contents() == from_nothing(tmp_path, reader)


@pytest.mark.parametrize("forged", ["cluster", "database", "audit_head"])
def test_copies_of_another_record_are_made_anew(followed, people, forged) -> None:
    followed.catch_up()
    followed._since[forged] = "another"
    assert set(followed.catch_up().values()) == {None}


def test_every_write_that_a_copy_shows_has_its_entry_in_the_trail(record) -> None:
    """The sensor asks the trail alone whether there is news."""
    with record.transaction() as transaction:
        noted = {
            name
            for (name,) in ask(
                transaction,
                "select relname from pg_trigger inner join pg_class on tgrelid = pg_class.oid"
                " where tgname = 'note_inserts'",
            )
        }
        facts = {
            name
            for (name,) in ask(
                transaction,
                "select relname from pg_class"
                " where relkind = 'r' and relnamespace = 'facts'::regnamespace",
            )
        }

    follow_from_facts = {"gates_stated", "gates_to_pass", "renamed_lots"}
    assert {*copied_tables(), *facts} - follow_from_facts <= noted
