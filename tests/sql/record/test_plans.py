"""How PostgreSQL goes about what is asked often: never a whole table for each row or each step.

On 60,000 lots in chains of ten, one with a HOLD and many elsewhere, vacuumed, so that the planner
knows every table. What it takes in time is for the benchmarks.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import tuple_row

from sql.genealogy.trace import trace
from sql.genealogy.whereabouts import whereabouts
from sql.record.binary_columns import array_literal
from sql.record.engine import DatabaseRole, Record
from sql.record.statements import statement
from sql.vocabulary import Direction

LOTS, CHAIN = 60_000, 10
OF_ONE_LOT = 1_234
STOPS_ELSEWHERE = 5_000
TAKEN_BACK = (
    "link_voids",
    "shipment_voids",
    "movement_voids",
    "reading_voids",
    "lot_voids",
    "production_voids",
    "packing_voids",
    "move_voids",
    "decision_withdrawals",
)


@pytest.fixture(scope="module")
def plant(databases) -> Iterator[Record]:
    """Fill a record past its guards, and let PostgreSQL look at it."""
    with databases.copied() as address:
        opened = Record(address, DatabaseRole.OWNER)
        with psycopg.connect(opened.driver_address(), autocommit=True) as connection:
            connection.execute("set session_replication_role = replica")
            connection.execute(
                "insert into facts.lots (lot_id, lot_code, weight_kg, happened_at) "
                "overriding system value "
                "select n, 'L' || n, 100, now() from generate_series(1, %s) as n",
                [LOTS],
            )
            connection.execute(
                "insert into facts.lot_genealogy "
                "(parent_lot_id, child_lot_id, quantity_kg, happened_at) "
                "select n, n + 1, 10, now() from generate_series(1, %s) as n where n %% %s <> 0",
                [LOTS - 1, CHAIN],
            )
            connection.execute(
                "insert into facts.qc_decisions (lot_id, decision, notes, happened_at) "
                "values (%s, 'HOLD', 'waits for the laboratory', now())",
                [OF_ONE_LOT],
            )
            connection.execute(
                "insert into facts.qc_decisions (lot_id, decision, notes, happened_at) "
                "select n, 'HOLD', 'waits for the laboratory', now() "
                "from generate_series(30001, 30000 + %s) as n",
                [STOPS_ELSEWHERE],
            )
            connection.execute(
                "insert into facts.packings (sscc, kind, lot_id, quantity_kg, happened_at) "
                "select lpad(n::text, 18, '0'), 'PACKED', n, 1, now() "
                "from generate_series(1, %s) as n",
                [LOTS],
            )
            connection.execute(
                "insert into facts.packings (sscc, kind, inner_sscc, happened_at) "
                "select lpad((1000000 + n / 40)::text, 18, '0'), 'PACKED', lpad(n::text, 18, '0'), "
                "now() from generate_series(1, %s) as n",
                [LOTS],
            )
            connection.execute("vacuum analyze")
        yield opened
        opened.close()


def steps(plan: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str, bool]]:
    """List a plan's reads of whole tables: which, under what, and whether anew for each row."""
    kind = plan["Node Type"]
    if kind == "Seq Scan":
        is_inner = plan.get("Parent Relationship") == "Inner" and above[-1] == "Nested Loop"
        yield plan["Relation Name"], " > ".join(above), is_inner
    for part in plan.get("Plans", ()):
        yield from steps(part, (*above, kind))


def whole_tables(record: Record, query: str | bytes, **asked: Any) -> list[tuple[str, str, bool]]:
    with record.snapshot() as snapshot:
        cursor = snapshot.connection.cursor(row_factory=tuple_row)
        text = statement(query) if isinstance(query, str) else query
        row = cursor.execute(b"explain (format json) " + _bytes(text), asked).fetchone()
    assert row is not None
    return list(steps(row[0][0]["Plan"]))


def _bytes(text: Any) -> bytes:
    return text if isinstance(text, bytes) else text.as_bytes()


def test_every_table_of_what_was_taken_back_keeps_a_page(plant) -> None:
    with plant.snapshot() as snapshot:
        cursor = snapshot.connection.cursor(row_factory=tuple_row)
        sizes = [
            cursor.execute(
                "select pg_relation_size(cast(%s as regclass))", [f"facts.{name}"]
            ).fetchone()
            for name in TAKEN_BACK
        ]
        assert all(size == (8192,) for size in sizes)
        rows = [
            cursor.execute(f"select count(*) from facts.{name}".encode()).fetchone()
            for name in TAKEN_BACK
        ]
    assert rows == [(0,)] * len(TAKEN_BACK)


@pytest.mark.parametrize("view", ["lots", "lot_genealogy"])
def test_no_view_reads_what_was_taken_back_anew_for_each_row(plant, view) -> None:
    read = whole_tables(plant, f"select * from {view}".encode())

    assert {table for table, _under, is_anew in read if is_anew} & set(TAKEN_BACK) == set()


@pytest.mark.parametrize("count", [1, 100, 2_000])
@pytest.mark.parametrize("query", ["states_traced", "lots_traced"])
def test_a_trace_of_many_lots_follows_links_by_their_index(plant, query, count) -> None:
    asked = array_literal(range(1, count + 1))

    read = whole_tables(plant, query, lot_ids=asked)

    assert [under for table, under, _anew in read if table == "lot_genealogy"] == []


def test_the_links_of_a_trace_are_found_by_their_index_whatever_is_asked(plant) -> None:
    codes = [f"L{n}" for n in range(1, 2_000)]

    read = whole_tables(plant, "links_traced", lot_codes=codes, is_back=True, is_forward=True)

    assert [under for table, under, _anew in read if table == "lot_genealogy"] == []


@pytest.mark.parametrize("count", [1, 100, 2_000])
def test_the_units_of_a_trace_are_found_by_their_index(plant, count) -> None:
    read = whole_tables(plant, "units_traced", lot_ids=list(range(1, count + 1)))

    assert [under for table, under, _anew in read if table == "packings"] == []


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("lots_in_unit", {"sscc": f"{1_000_001:018}"}),
        ("is_around", {"outer_sscc": f"{1_000_001:018}", "sscc": f"{77:018}"}),
        ("unit_shipped", {"sscc": f"{77:018}"}),
        ("packed_of_lot", {"lot_id": OF_ONE_LOT}),
    ],
)
def test_what_is_in_a_unit_and_around_it_is_found_by_its_own_rows(plant, query, asked) -> None:
    """All that was ever packed was summed for each step: two seconds a unit."""
    read = "select seq_tup_read from pg_stat_xact_user_tables where relname = 'packings'"
    with plant.snapshot() as snapshot:
        assert snapshot.all(query, **asked) or query == "unit_shipped"
        cursor = snapshot.connection.cursor(row_factory=tuple_row)
        assert cursor.execute(read.encode()).fetchone() == (0,)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("lot_to_act_on", {"lot_code": f"L{OF_ONE_LOT}"}),
        ("is_stopped", {"lot_id": OF_ONE_LOT}),
        ("is_descendant", {"lot_id": OF_ONE_LOT, "of_lot_id": OF_ONE_LOT + 1}),
    ],
)
def test_a_write_reads_no_table_of_facts_as_a_whole(plant, query, asked) -> None:
    read = whole_tables(plant, query, **asked)

    big = {"lots", "lot_genealogy", "shipments", "qc_decisions"}
    # One decision lies in the plant: its table is a page, and read as quickly as an index.
    assert {table for table, _under, _anew in read} & (big - {"qc_decisions", "shipments"}) == set()


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("is_stopped", {"lot_id": OF_ONE_LOT + 3}),
        ("states_traced", {"lot_ids": array_literal([OF_ONE_LOT + 3])}),
    ],
)
def test_stops_elsewhere_are_not_read(plant, query, asked) -> None:
    """Every stop of the record was held against every ancestor, at each write and each trace."""
    read = (
        "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables"
        " where relname = 'qc_decisions'"
    )
    with plant.snapshot() as snapshot:
        snapshot.all(query, **asked)
        cursor = snapshot.connection.cursor(row_factory=tuple_row)
        ((count,),) = cursor.execute(read.encode()).fetchall()

    assert count < STOPS_ELSEWHERE / 10


def test_guards_plan_under_the_path_of_the_connections_that_write(databases) -> None:
    """A plan made under one search path is made anew under another, at every write."""
    with databases.copied() as address:
        app = Record(address, DatabaseRole.APP)
        with app.snapshot() as snapshot:
            cursor = snapshot.connection.cursor(row_factory=tuple_row)
            paths = cursor.execute(
                "select distinct split_part(setting, '=', 2) from pg_proc "
                "cross join unnest(proconfig) as setting "
                "where setting like 'search_path=%' and proname like 'guard_%'"
            ).fetchall()
            mine = cursor.execute("show search_path").fetchone()
        app.close()

    spelled = {path.replace(" ", "") for row in paths for path in row}
    assert mine is not None and spelled == {mine[0].replace(" ", "")}


def test_small_traces_are_planned_once_a_connection(plant) -> None:
    """Planned anew at each trace, what a lot of two links is takes longer to plan than to find."""
    with plant.snapshot() as snapshot:
        for number in range(1, 25):
            found = trace(snapshot, f"L{number}", Direction.BOTH)
            assert found is not None
            whereabouts(snapshot, found.lots, found.shipments)
        cursor = snapshot.connection.cursor(row_factory=tuple_row)
        plans = cursor.execute(
            "select left(statement, 60), custom_plans from pg_prepared_statements"
            " where generic_plans + custom_plans > 12"
        ).fetchall()

    assert len(plans) > 6
    assert [one for one in plans if one[1] > 5] == []
