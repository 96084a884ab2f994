"""A record written before a migration tells the truth after it."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine

from sql.record.engine import DatabaseRole, Record
from sql.record.migrate import migrate
from sql.record.shape import MIGRATIONS
from sql.trail.backup import back_up
from sql.trail.restore import restore
from tests.databases import Databases, libpq
from tests.engines import ask

EMPTY = "template0"
BEFORE_TURNS = "0012"
MOVES = {"lot_genealogy": "link_moves_more_than_0_kg", "shipments": "shipment_moves_more_than_0_kg"}
TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def bring_to(address: str, revision: str) -> None:
    """Migrate a database as far as a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(address), poolclass=NullPool
    )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@pytest.fixture
def old(databases: Databases):
    """Yield the address of a record as it was before there were turns."""
    with databases.copied(EMPTY) as address:
        bring_to(libpq(address), BEFORE_TURNS)
        yield libpq(address)


def write(address: str, *facts: tuple[str, float]) -> None:
    """Write lots in one transaction, or readings of the lot L, each so many seconds after ten."""
    with psycopg.connect(address) as connection:
        for name, seconds in facts:
            at = TEN + seconds * SECOND
            if name.startswith("pH"):
                connection.execute(
                    "insert into facts.readings (lot_id, characteristic, value, unit, happened_at,"
                    " recorded_at) select lot_id, %s, 6, 'pH', %s, %s from facts.lots"
                    " where lot_code = 'L'",
                    (name, at, at),
                )
            else:
                connection.execute(
                    "insert into facts.lots (lot_code, happened_at, recorded_at)"
                    " values (%s, %s, %s)",
                    (name, at, at),
                )


def known(record: Record, seconds: float) -> set[str]:
    """Name what was known so many seconds after ten."""
    with record.snapshot(as_of=TEN + seconds * SECOND) as snapshot:
        return {
            name
            for (name,) in ask(
                snapshot, "select lot_code from lots union select characteristic from readings"
            )
        }


def test_old_facts_are_known_by_whole_transactions_and_in_their_order(old) -> None:
    """A reading waited for nobody then: one that was written inside an import ends nothing."""
    write(old, ("L", -60))
    write(old, ("M1", 0), ("M2", 30))
    write(old, ("pH1", 5), ("pH2", 6))  # while the import was under way
    write(old, ("N", 40))
    write(old, ("O1", 50), ("O2", 51))
    write(old, ("pH3", 51), ("pH4", 53))  # begins as the one before ends
    migrate(old)
    record = Record(old, DatabaseRole.OWNER)

    answers = {seconds: known(record, seconds) for seconds in (-61, -60, -1)}
    assert answers == {-61: set(), -60: {"L"}, -1: {"L"}}
    for seconds in (0, 0.5, 5, 5.5, 6, 7, 10, 29.9):
        assert known(record, seconds) == {"L"}, seconds
    imported = {"L", "M1", "M2", "pH1", "pH2"}
    assert known(record, 30) == known(record, 39.9) == imported
    assert known(record, 40) == known(record, 49) == imported | {"N"}
    assert known(record, 50) == known(record, 51) == known(record, 52) == imported | {"N"}
    assert known(record, 53) == imported | {"N", "O1", "O2", "pH3", "pH4"}
    sizes = [len(known(record, seconds / 4)) for seconds in range(-4 * 62, 4 * 55)]
    assert sizes == sorted(sizes)
    record.close()


def test_what_is_written_after_the_migration_comes_after_all_that_was_there(old) -> None:
    """Also where the clock was ahead before."""
    ahead = (datetime.now(UTC) - TEN) / SECOND + 3600
    write(old, ("A", ahead), ("B", ahead + 1))
    migrate(old)
    with psycopg.connect(old) as connection:
        connection.execute("insert into facts.lots (lot_code, happened_at) values ('C', now())")
    with psycopg.connect(old) as connection:
        ordered = connection.execute("select lot_code from facts.lots order by recorded_at")
        assert [code for (code,) in ordered] == ["A", "B", "C"]


def moved(address: str, kilograms: int, *tables: str) -> None:
    """Write a movement of so many kilograms into each table, from the first lot to the second."""
    with psycopg.connect(address) as connection:
        for table in tables:
            connection.execute(
                "insert into facts.lot_genealogy"
                " (parent_lot_id, child_lot_id, quantity_kg, happened_at)"
                " select min(lot_id), max(lot_id), %s, now() from facts.lots"
                if table == "lot_genealogy"
                else "insert into facts.shipments"
                " (shipment_code, lot_id, customer_id, quantity_kg, happened_at)"
                " select 'S', min(lot_id), min(partner_id), %s, now() from facts.lots, partners",
                [kilograms],
            )


@pytest.mark.parametrize("zeros", [[], ["lot_genealogy"], ["lot_genealogy", "shipments"]])
def test_old_movements_of_0_kg_stay_and_none_is_added(old, zeros, databases, tmp_path) -> None:
    """Here and in a record that a backup was restored into; a clean table vouches for all rows."""
    write(old, ("L", 0), ("M", 1))
    with psycopg.connect(old) as connection:
        connection.execute(
            "insert into partners (partner_code, name, role) values ('C', 'Shop', 'CUSTOMER')"
        )
    moved(old, 0, *zeros)
    migrate(old)
    owner = Record(old, DatabaseRole.OWNER)
    back_up(owner, tmp_path / "old.zip")
    owner.close()

    with databases.copied() as elsewhere:
        into = Record(elsewhere, DatabaseRole.OWNER)
        restore(into, tmp_path / "old.zip")
        into.close()
        for address in (old, libpq(elsewhere)):
            with psycopg.connect(address) as connection:
                rules = connection.execute(
                    "select conname, convalidated from pg_constraint where conname = any(%s)",
                    [list(MOVES.values())],
                )
                assert dict(rules.fetchall()) == {
                    rule: table not in zeros for table, rule in MOVES.items()
                }
            for table, rule in MOVES.items():
                with pytest.raises(psycopg.errors.CheckViolation, match=rule):
                    moved(address, 0, table)
            moved(address, 1, *MOVES)
