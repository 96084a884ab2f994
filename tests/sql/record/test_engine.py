"""The record: who may do what in PostgreSQL, and what a snapshot sees."""

from contextlib import ExitStack

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.commands.lots import register_lot
from sql.errors import RecordUnavailable, RecordUncertain
from sql.record.engine import DatabaseRole, Record
from tests.cases import each_of
from tests.engines import ask, engine_of

FACTS = [
    "facts.lots",
    "facts.lot_genealogy",
    "facts.readings",
    "facts.qc_decisions",
    "facts.shipments",
    "facts.link_voids",
    "facts.movements",
    "facts.shipment_voids",
    "facts.movement_voids",
    "facts.reading_voids",
    "facts.lot_voids",
    "facts.lot_corrections",
    "facts.decision_withdrawals",
    "facts.origin_assessments",
    "facts.decision_signatures",
    "facts.finding_settlements",
    "facts.productions",
    "facts.production_inputs",
    "facts.production_outputs",
    "facts.production_voids",
    "facts.packings",
    "facts.packing_voids",
    "facts.places",
    "facts.place_revisions",
    "facts.moves",
    "facts.move_voids",
    "facts.imports",
    "facts.rows_set_aside",
    "facts.set_aside_ends",
    "audit.entries",
]


@pytest.fixture
def pipeline(database):
    """Open the record in the pipeline's role."""
    opened = Record(database, DatabaseRole.PIPELINE)
    yield opened
    opened.close()


@each_of("table", [*FACTS, "facts.products", "run_requests"])
def test_the_pipeline_can_not_write_even_if_it_asks_to(pipeline, table) -> None:
    with (
        pytest.raises(DBAPIError, match="permission denied|read-only"),
        engine_of(pipeline).begin() as connection,
    ):
        connection.execute(text("set transaction read write"))
        connection.execute(text(f"insert into {table} default values"))


def test_the_pipeline_can_not_see_a_password(pipeline) -> None:
    with (
        pytest.raises(DBAPIError, match="permission denied"),
        engine_of(pipeline).begin() as connection,
    ):
        connection.execute(text("select password_hash from users"))


@each_of("table", FACTS)
@each_of("statement", ["delete from {}", "update {} set recorded_at = now()"])
def test_the_app_can_not_change_or_remove_a_fact(record, table, statement) -> None:
    with (
        pytest.raises(DBAPIError, match="permission denied"),
        engine_of(record).begin() as connection,
    ):
        connection.execute(text(statement.format(table)))


def test_a_snapshot_does_not_see_what_comes_after_it(record, pipeline, people) -> None:
    with pipeline.snapshot() as snapshot:
        assert snapshot.value("lot_id_by_code", lot_code="NEW") is None
        with record.transaction() as transaction:
            register_lot(transaction, by=people["MANAGER"], lot_code="NEW")
        assert snapshot.value("lot_id_by_code", lot_code="NEW") is None

    with pipeline.snapshot() as snapshot:
        assert snapshot.value("lot_id_by_code", lot_code="NEW") is not None


def test_a_transaction_that_fails_leaves_nothing_behind(record, people) -> None:
    with pytest.raises(ZeroDivisionError), record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="HALF")
        raise ZeroDivisionError

    with record.transaction() as transaction:
        assert transaction.value("lot_id_by_code", lot_code="HALF") is None


def test_an_unreachable_server_is_said_without_the_password() -> None:
    gone = Record("postgresql://me:hidden@127.0.0.1:1/none", DatabaseRole.APP)

    with pytest.raises(RecordUnavailable) as said, gone.transaction():
        pass
    assert "127.0.0.1:1" in str(said.value)
    assert "hidden" not in str(said.value)
    assert said.value.words == "The record can't be reached. Try again shortly."


# PostgreSQL's codes, from its own list (appendix A), and what a person must be told.
TOLD = {
    "57P01": "PostgreSQL is restarting; nothing was saved",
    "57P02": "PostgreSQL is restarting; nothing was saved",
    "57P03": "PostgreSQL is restarting; nothing was saved",
    "53100": "The database's disk is full; nothing was saved",
    "53200": "PostgreSQL ran out of memory; nothing was saved",
    "55P03": "Somebody else is writing a lot at once; nothing was saved",
    "40P01": "Somebody else wrote at the same moment; nothing was saved",
    "40001": "Somebody else wrote at the same moment; nothing was saved",
    "08006": "The connection to PostgreSQL was lost; nothing was saved",
    "58030": "PostgreSQL can't read or write its files; nothing was saved",
}


def fail_with(state: str) -> str:
    """Return a statement that has PostgreSQL raise a fault of this code."""
    return f"do $$ begin raise exception 'made' using errcode = '{state}'; end $$"


@pytest.mark.parametrize("state", TOLD)
def test_a_fault_of_the_record_is_told_in_plain_words(record, people, state) -> None:
    with pytest.raises(RecordUnavailable) as said, record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="HALF")
        ask(transaction, fail_with(state))

    assert TOLD[state] in str(said.value)
    assert said.value.words == str(said.value)
    assert not isinstance(said.value, RecordUncertain)
    with record.transaction() as transaction:
        assert transaction.value("lot_id_by_code", lot_code="HALF") is None


@pytest.mark.parametrize("state", ["22012", "42703", "XX000", "P0001"])
def test_a_fault_of_our_own_rises_as_it_is(record, state) -> None:
    with pytest.raises(psycopg.Error, match="made"), record.transaction() as transaction:
        ask(transaction, fail_with(state))


def test_a_writer_that_waits_too_long_for_its_turn_is_told_who_is_in_the_way(
    database, record, people, monkeypatch
) -> None:
    monkeypatch.setattr("sql.record.engine.LOCK_PATIENCE_SECONDS", 0.3)
    hasty = Record(database, DatabaseRole.APP)

    with record.transaction() as first:
        register_lot(first, by=people["MANAGER"], lot_code="FIRST")
        with pytest.raises(RecordUnavailable) as said, hasty.transaction() as second:
            register_lot(second, by=people["MANAGER"], lot_code="SECOND")

    assert str(said.value) == (
        "Somebody else is writing a lot at once; nothing was saved. Try again shortly."
    )
    with hasty.transaction() as second:
        register_lot(second, by=people["MANAGER"], lot_code="SECOND")
    hasty.close()


def test_the_app_waits_half_a_minute_for_its_turn_and_the_owner_as_long_as_it_takes(
    database, record
) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    patience = {}
    for role, opened in (("app", record), ("owner", owner)):
        with engine_of(opened).connect() as connection:
            patience[role] = connection.exec_driver_sql("show lock_timeout").scalar_one()
    owner.close()

    assert patience == {"app": "30s", "owner": "0"}


def test_more_askers_than_connections_are_told_to_come_back(database, monkeypatch) -> None:
    monkeypatch.setattr("sql.record.engine.POOL_PATIENCE_SECONDS", 0.2)
    crowded = Record(database, DatabaseRole.APP)
    with ExitStack() as askers:
        for _ in range(25):
            askers.enter_context(crowded.transaction())
        with pytest.raises(RecordUnavailable) as said, crowded.transaction():
            pass

    assert str(said.value) == (
        "Too many ask the record at once; nothing was saved. Try again shortly."
    )
    with crowded.transaction() as transaction:
        assert transaction.value("lot_id_by_code", lot_code="A") is None
    crowded.close()


def test_a_server_that_only_reads_says_where_to_write(database, people) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).connect() as connection:
        name = connection.exec_driver_sql("select current_database()").scalar_one()
        connection.exec_driver_sql(f"alter database {name} set default_transaction_read_only = on")
        connection.commit()
    owner.close()
    reader = Record(database, DatabaseRole.APP)

    with pytest.raises(RecordUnavailable, match="standby.*takes writes"):  # noqa: SIM117
        with reader.transaction() as transaction:
            register_lot(transaction, by=people["MANAGER"], lot_code="A")
    with reader.snapshot() as snapshot:
        assert snapshot.value("lot_id_by_code", lot_code="A") is None
    reader.close()


def test_connections_that_died_in_the_pool_are_nobodys_trouble(database, record) -> None:
    with ExitStack() as askers:
        for _ in range(5):
            askers.enter_context(record.transaction())
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).connect() as connection:
        ended = connection.exec_driver_sql(
            "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
            " and backend_type = 'client backend'"
        ).scalar_one()
    owner.close()
    assert ended >= 5

    with ExitStack() as askers:
        for _ in range(5):
            transaction = askers.enter_context(record.transaction())
            assert transaction.value("lot_id_by_code", lot_code="A") is None


def test_a_connection_ended_by_an_administrator_amid_a_transaction_saves_nothing(
    database, record, people
) -> None:
    owner = Record(database, DatabaseRole.OWNER)

    with pytest.raises(RecordUnavailable) as said, record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="A")
        pid = transaction.connection.info.backend_pid
        with engine_of(owner).connect() as connection:
            connection.exec_driver_sql("select pg_terminate_backend(%s, 5000)", (pid,))
        register_lot(transaction, by=people["MANAGER"], lot_code="B")

    assert "PostgreSQL is restarting; nothing was saved" in str(said.value)
    with record.transaction() as transaction:
        assert transaction.value("lot_id_by_code", lot_code="A") is None
    owner.close()
