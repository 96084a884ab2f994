"""What a lot is: one rule in two languages, and asked in several ways; all must say the same.

Beside both engines stands a third, plain one: Python over the facts as they were drawn.
"""

from datetime import date, timedelta

import networkx
import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sql.record.engine import DatabaseRole, Record
from sql.warehouse.copies import copy_record
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.plants import MOMENT

LOTS = 6
TYPES = ["RAW", "MIX", "FG", "FG", None, "MIX"]
GATE_NUMBERS = {1: 1, 2: 5, 3: 8, 4: 10}  # drawn -> the standard process: RAW, MIX, FG, any
SERVES = {"RAW": {1}, "MIX": {2}, "FG": {3}, None: {3}}  # 8 is the only blocking one
OF_PAGES = "select lot_code, lot_disposition(lot_id) from lots order by lot_code"
OF_SETS = """
    select lot_code, disposition
    from lots inner join lot_states(array(select lot_id from lots)) using (lot_id)
    order by lot_code
"""
OF_ALL = """
    select lot_code, disposition
    from lots inner join all_lot_states using (lot_id)
    order by lot_code
"""
WAITING = """
    select lot_code, trim_scale(gate_number)
    from waiting_lots
    inner join lots using (lot_id)
    left join qc_gates using (gate_id)
    order by lot_code, gate_number
"""
STOPS = """
    select lot_id, decision_id from latest_decisions where decision <> 'PASS' order by decision_id
"""
STANDING = "select lot_id, decision_id from standing_stops order by decision_id"
LOT = """
    insert into facts.lots (lot_id, lot_code, lot_type, expires_on, happened_at)
    overriding system value values (%s, %s, %s, %s, %s)
"""
LINK = """
    insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at)
    values (%s, %s, 1, %s)
"""
DECISION = """
    insert into facts.qc_decisions (decision_id, lot_id, gate_id, decision, happened_at)
    overriding system value
    select %s, %s, (select gate_id from qc_gates where gate_number = %s), %s, %s
"""
WITHDRAWAL = """
    insert into facts.decision_withdrawals (decision_id, reason)
    values (%s, 'typed at the wrong lot')
"""
ASSESSMENT = """
    insert into facts.origin_assessments (lot_id, decision_ids, reason)
    values (%s, %s, 'looked at by quality')
"""
lot_ids = st.integers(1, LOTS)
decisions = st.lists(
    st.tuples(
        lot_ids,
        st.sampled_from([None, *GATE_NUMBERS]),
        st.sampled_from(["PASS", "PASS", "HOLD", "FAIL"]),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=14,
)
links = st.sets(st.tuples(lot_ids, lot_ids).filter(lambda pair: pair[0] < pair[1]), max_size=8)
assessments = st.lists(st.tuples(lot_ids, st.sets(st.integers(1, 14), min_size=1)), max_size=5)
expired = st.sets(lot_ids, max_size=2)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(decided=decisions, linked=links, assessed=assessments, expired=expired)
def test_every_way_of_asking_says_the_same_of_any_plant(
    database, tmp_path, decided, linked, assessed, expired
) -> None:
    (tmp_path / "same.duckdb").unlink(missing_ok=True)
    reader = Record(database, DatabaseRole.PIPELINE)
    owner = Record(database, DatabaseRole.OWNER)
    warehouse = Warehouse(tmp_path / "same.duckdb", "UTC")
    try:
        with psycopg.connect(owner.driver_address()) as connection:
            write(connection, decided, linked, assessed, expired)

            def rows(select: str) -> list[tuple]:
                return connection.execute(select.encode()).fetchall()

            of_pages, of_sets, of_all = rows(OF_PAGES), rows(OF_SETS), rows(OF_ALL)
            waiting, stops, standing = rows(WAITING), rows(STOPS), rows(STANDING)
        copy_record(reader, warehouse)
        plants.build(warehouse, *plants.DISPOSITIONS)
        of_model = warehouse.rows("quality.lot_dispositions").sort("lot_code").to_dicts()
    finally:
        warehouse.close()
        reader.close()
        owner.close()

    assert stops == standing
    expected = said_plainly(decided, linked, assessed, expired)
    assert of_pages == of_sets == of_all == expected
    assert [(row["lot_code"], row["disposition"]) for row in of_model] == expected
    assert waiting == [
        (row["lot_code"], gate)
        for row in of_model
        if row["disposition"] == "pending"
        for gate in row["waits_for"] or [None]
    ]


def said_plainly(decided, linked, assessed, expired) -> list[tuple[str, str]]:
    """Say what each lot is, lot by lot and decision by decision."""
    latest: dict[tuple, tuple] = {}
    for number, (lot, gate, word, hours, is_withdrawn) in enumerate(decided, 1):
        place, made = (lot, gate), (hours, number, word)
        if not is_withdrawn and made > latest.get(place, (-1,)):
            latest[place] = made
    words: dict[int, dict] = {lot: {} for lot in range(1, LOTS + 1)}
    stops: dict[int, set[int]] = {lot: set() for lot in words}
    for (lot, gate), (_hours, number, word) in latest.items():
        words[lot][gate] = word
        if word != "PASS":
            stops[lot].add(number)
    graph = networkx.DiGraph(sorted(linked))
    graph.add_nodes_from(words)
    return [
        (f"L{lot}", _disposition(lot, words[lot], stops, graph, assessed, expired)) for lot in words
    ]


def _disposition(lot, own, stops, graph, assessed, expired) -> str:
    """Say what one lot is; `own` holds its latest word at each gate."""
    covered = {number for one, numbers in assessed if one == lot for number in numbers}
    of_origin = {number for above in networkx.ancestors(graph, lot) for number in stops[above]}
    if "FAIL" in own.values():
        return "rejected"
    if "HOLD" in own.values():
        return "hold"
    if of_origin - covered:
        return "stopped"
    if lot in expired:
        return "expired"
    passed = {gate for gate, word in own.items() if word == "PASS"}
    return "released" if passed and SERVES[TYPES[lot - 1]] <= passed else "pending"


def write(connection: psycopg.Connection, decided, linked, assessed, expired) -> None:
    """Put a plant in place of what was there; what has expired did so yesterday."""
    connection.execute("set session_replication_role = replica")
    connection.execute(
        "truncate facts.lots, facts.lot_genealogy, facts.qc_decisions, "
        "facts.decision_withdrawals, facts.origin_assessments cascade"
    )
    for lot, kind in enumerate(TYPES, 1):
        day = date.today() + timedelta(days=-1 if lot in expired else 1)
        connection.execute(LOT, [lot, f"L{lot}", kind, day, MOMENT])
    for parent, child in sorted(linked):
        connection.execute(LINK, [parent, child, MOMENT])
    for number, (lot, gate, word, hours, is_withdrawn) in enumerate(decided, 1):
        at = MOMENT + timedelta(hours=hours)
        connection.execute(DECISION, [number, lot, GATE_NUMBERS.get(gate), word, at])
        if is_withdrawn:
            connection.execute(WITHDRAWAL, [number])
    for lot, numbers in assessed:
        connection.execute(ASSESSMENT, [lot, sorted(numbers)])
