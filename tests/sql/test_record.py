"""The record: who may do what in PostgreSQL, and what a snapshot sees."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.commands.lots import register_lot
from sql.errors import RecordUnavailable
from sql.record import DatabaseRole, Record

FACTS = ["facts.lots", "facts.lot_genealogy", "facts.readings", "facts.qc_decisions",
         "facts.shipments", "facts.link_voids", "facts.lot_corrections",
         "facts.decision_withdrawals", "facts.decision_signatures", "audit.entries"]  # fmt: skip


@pytest.fixture
def pipeline(database):
    """Give the record in the pipeline's role."""
    opened = Record(database, DatabaseRole.PIPELINE)
    yield opened
    opened.close()


@pytest.mark.parametrize("table", [*FACTS, "products", "run_requests"])
def test_the_pipeline_can_not_write_even_if_it_asks_to(pipeline, table) -> None:
    with (
        pytest.raises(DBAPIError, match="permission denied|read-only"),
        pipeline.engine.begin() as connection,
    ):
        connection.execute(text("set transaction read write"))
        connection.execute(text(f"insert into {table} default values"))


def test_the_pipeline_can_not_see_a_password(pipeline) -> None:
    with (
        pytest.raises(DBAPIError, match="permission denied"),
        pipeline.engine.begin() as connection,
    ):
        connection.execute(text("select password_hash from users"))


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("statement", ["delete from {}", "update {} set recorded_at = now()"])
def test_the_app_can_not_change_or_remove_a_fact(record, table, statement) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), record.engine.begin() as connection:
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
