"""PostgreSQL and DuckDB make the same of any lot's decisions: one rule in two languages."""

from datetime import timedelta

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sql.record.engine import DatabaseRole, Record
from sql.warehouse.copies import copy_record
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.plants import MOMENT

LOTS = 4
BY_FUNCTION = "select lot_code, lot_disposition(lot_id) from lots order by lot_code"
BY_VIEW = """
    select lot_code, coalesce(disposition, 'pending')
    from lots left join decided_lots using (lot_id) order by lot_code
"""
LOT = """
    insert into facts.lots (lot_id, lot_code, happened_at)
    overriding system value values (%s, %s, %s)
"""
DECISION = """
    insert into facts.qc_decisions (decision_id, lot_id, gate_id, decision, happened_at)
    overriding system value values (%s, %s, %s, %s, %s)
"""
WITHDRAWAL = """
    insert into facts.decision_withdrawals (decision_id, reason)
    values (%s, 'typed at the wrong lot')
"""
decisions = st.lists(
    st.tuples(
        st.integers(1, LOTS),
        st.sampled_from([None, 1, 2]),
        st.sampled_from(["PASS", "HOLD", "FAIL"]),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=14,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(decided=decisions)
def test_both_engines_say_the_same_of_any_history_of_decisions(database, tmp_path, decided) -> None:
    """Gates or none, equal moments, withdrawn decisions, lots that nobody decided about."""
    (tmp_path / "same.duckdb").unlink(missing_ok=True)
    reader = Record(database, DatabaseRole.PIPELINE)
    owner = Record(database, DatabaseRole.OWNER)
    warehouse = Warehouse(tmp_path / "same.duckdb", "UTC")
    try:
        with psycopg.connect(owner.driver_address()) as connection:
            write(connection, decided)
            of_function = connection.execute(BY_FUNCTION).fetchall()
            of_view = connection.execute(BY_VIEW).fetchall()
        copy_record(reader, warehouse)
        plants.build(warehouse, "quality.lot_dispositions")
        of_model = warehouse.rows("quality.lot_dispositions", ["lot_code", "disposition"])
    finally:
        warehouse.close()
        reader.close()
        owner.close()

    assert of_model.sort("lot_code").rows() == of_view == of_function
    assert len(of_view) == LOTS


def write(connection: psycopg.Connection, decided) -> None:
    """Put lots and decisions, some withdrawn, in place of what was there."""
    connection.execute("set session_replication_role = replica")
    connection.execute(
        "truncate facts.lots, facts.qc_decisions, facts.decision_withdrawals cascade"
    )
    for lot in range(1, LOTS + 1):
        connection.execute(LOT, [lot, f"L{lot}", MOMENT])
    for number, (lot, gate, word, hours, is_withdrawn) in enumerate(decided, 1):
        at = MOMENT + timedelta(hours=hours)
        connection.execute(DECISION, [number, lot, gate, word, at])
        if is_withdrawn:
            connection.execute(WITHDRAWAL, [number])
