"""What each database role may do to each table, view and column: so much, and 42501 for the rest.

Asked of PostgreSQL itself, by running the statement as the role. Rows DB-01 to DB-05 of the shared
list of bad inputs. The lists below are the grants as they should be, written by hand; a table that
stands in none of them fails.
"""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sql.record.engine import DatabaseRole, Record
from tests.engines import engine_of

DENIED = "42501"
NO_TABLE = ("55000", "428C9", "0A000")  # what a view that can't be written so says first
APP, PIPELINE, AUDITOR = DatabaseRole.APP, DatabaseRole.PIPELINE, DatabaseRole.AUDITOR
ROLES = [APP, PIPELINE, AUDITOR]

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
    "facts.products",
    "facts.partners",
    "facts.production_runs",
    "facts.product_revisions",
    "facts.partner_revisions",
    "facts.run_revisions",
    "facts.productions",
    "facts.production_inputs",
    "facts.production_outputs",
    "facts.production_voids",
    "facts.process_versions",
    "facts.lot_types",
    "facts.lot_type_revisions",
    "facts.phases",
    "facts.phase_revisions",
    "facts.qc_gates",
    "facts.gate_revisions",
    "facts.gate_limits",
    "facts.process_rules",
    "facts.process_settings",
    "facts.decision_words",
    "facts.packings",
    "facts.packing_voids",
    "facts.places",
    "facts.place_revisions",
    "facts.moves",
    "facts.move_voids",
    "facts.imports",
    "facts.rows_set_aside",
    "facts.set_aside_ends",
]
VIEWS = [
    *(f"public.{name}" for name in ("lots", "lot_genealogy", "readings", "qc_decisions")),
    "public.shipments",
    "public.movements",
    "public.undecided_returns",
    "public.productions",
    "public.production_inputs",
    "public.production_outputs",
    "public.packings",
    "public.packed",
    "public.places",
    "public.moves",
    "public.renamed_lots",
    "public.rows_set_aside",
    "public.latest_decisions",
    "public.decided_lots",
    "public.standing_stops",
    "public.origin_assessments",
    "public.standing_settlements",
    "public.gates_to_pass",
    "public.gates_by_type",
    "public.all_lot_states",
    "public.waiting_lots",
    "public.products",
    "public.partners",
    "public.production_runs",
    "public.process_versions",
    "public.lot_types",
    "public.phases",
    "public.gates_stated",
    "public.qc_gates",
    "public.gate_limits",
    "public.limits_now",
    "public.process_rules",
    "public.process_settings",
    "public.decision_words",
    "public.plant_bounds",
    "public.judged_readings",
]
MASTERS = [
    "public.run_requests",
]
PEOPLE = [
    "public.users",
    "public.sign_ins",
    "public.sign_in_failures",
    "public.dagster_acts",
    "public.import_mappings",
]
TECHNICAL = ["public.sessions", "public.given_answers", "public.alembic_version"]
KNOWN = [*FACTS, *VIEWS, *MASTERS, *PEOPLE, *TECHNICAL, "audit.entries", "audit.turns"]

WHOLE = "*"
USERS = "user_id email full_name role is_active recorded_at row_xid"  # never the password's hash
READS = {
    APP: dict.fromkeys([*FACTS, *VIEWS, *MASTERS, *PEOPLE, *TECHNICAL], WHOLE)
    | {"audit.entries": "entry_id hash", "audit.turns": "began_at ended_at"},
    PIPELINE: dict.fromkeys([*FACTS, *VIEWS, *MASTERS], WHOLE)
    | {
        "public.users": USERS,
        "audit.entries": "entry_id hash table_name",
        "audit.turns": "began_at ended_at",
    },
    AUDITOR: dict.fromkeys([*FACTS, *VIEWS, *MASTERS, "audit.entries", "audit.turns"], WHOLE)
    | dict.fromkeys(PEOPLE, WHOLE)
    | {"public.users": USERS},
}
# Neither an id, nor a time of recording, nor a transaction's number, nor anything of the trail.
INSERTS = {
    "facts.lots": "lot_code lot_type product_id run_id phase_id supplier_id supplier_lot_code "
    "printed_code "
    "weight_kg quantity unit temperature_c expires_on metadata operator_id "
    "happened_at happened_until beyond_reason source_key",
    "facts.lot_genealogy": "parent_lot_id child_lot_id quantity_kg quantity unit operator_id "
    "happened_at happened_until source_key expiry_reason production_id rework_reason",
    "facts.productions": "production_code run_id place waste_kg operator_id "
    "happened_at happened_until source_key",
    "facts.production_inputs": "production_id lot_id quantity_kg quantity unit expiry_reason",
    "facts.production_outputs": "production_id lot_id quantity_kg quantity unit kind",
    "facts.production_voids": "production_id reason operator_id happened_at",
    "facts.packings": "sscc kind lot_id inner_sscc quantity_kg quantity unit operator_id "
    "happened_at source_key",
    "facts.packing_voids": "packing_id reason operator_id happened_at",
    "facts.places": "place_code name kind partner_id operator_id",
    "facts.place_revisions": "place_id name kind is_retired reason operator_id",
    "facts.moves": "lot_id place_id from_place_id quantity_kg reason operator_id "
    "happened_at happened_until source_key quantity unit",
    "facts.move_voids": "move_id reason operator_id happened_at",
    "facts.imports": "files is_whole began_at operator_id",
    "facts.rows_set_aside": "table_name file line said source_key lot_code other_lot_code reason "
    "operator_id",
    "facts.set_aside_ends": "row_id reason operator_id",
    "facts.readings": "lot_id gate_id characteristic value unit operator_id "
    "happened_at happened_until "
    "source_key sign word version_id",
    "facts.qc_decisions": "lot_id gate_id decision notes temperature_c digital_signature checklist "
    "operator_id decided_by happened_at happened_until source_key version_id",
    "facts.shipments": "shipment_code lot_id customer_id quantity_kg quantity unit document sscc "
    "operator_id happened_at happened_until source_key expiry_reason from_place_id",
    "facts.link_voids": "link_id reason operator_id happened_at",
    "facts.shipment_voids": "shipment_id reason operator_id happened_at",
    "facts.movements": "lot_id kind quantity_kg quantity unit reason partner_id shipment_id "
    "operator_id happened_at happened_until source_key place_id",
    "facts.movement_voids": "movement_id reason operator_id happened_at",
    "facts.reading_voids": "reading_id reason operator_id happened_at",
    "facts.lot_voids": "lot_id reason operator_id happened_at renamed_id",
    "facts.lot_corrections": "lot_id product_id weight_kg quantity unit temperature_c expires_on "
    "happened_at happened_until reason operator_id supplier_id supplier_lot_code "
    "run_id restates_origin lot_type metadata restates_kind printed_code",
    "facts.decision_withdrawals": "decision_id reason operator_id happened_at",
    "facts.origin_assessments": "lot_id decision_ids reason operator_id happened_at",
    "facts.decision_signatures": "decision_id withdrawal_id assessment_id movement_id link_id "
    "lot_void_id user_id signed_name signed_role meaning method signed_hash",
    "facts.finding_settlements": "breach_id rule_name breach kind reason operator_id",
    "facts.process_versions": "name reason holds_from operator_id",
    "facts.lot_types": "lot_type version_id name_en name_hu position origin lightest_kg "
    "heaviest_kg coldest_c warmest_c yield_tolerance_ratio colour",
    "facts.lot_type_revisions": "lot_type_id version_id name_en name_hu position origin "
    "lightest_kg heaviest_kg coldest_c warmest_c yield_tolerance_ratio colour is_retired",
    "facts.phases": "phase_id version_id stream name_en name_hu",
    "facts.phase_revisions": "phase_id version_id stream name_en name_hu is_retired",
    "facts.qc_gates": "gate_number version_id phase_id lot_types name_en name_hu gate_type is_ccp "
    "checklist",
    "facts.gate_revisions": "gate_id version_id phase_id lot_types name_en name_hu gate_type "
    "is_ccp checklist is_retired",
    "facts.gate_limits": "gate_id characteristic unit lower_bound upper_bound word version_id "
    "lot_type product_id storage_class in_force_from in_force_until is_retired",
    "facts.process_rules": "version_id rule lot_type input_lot_type hours is_retired",
    "facts.process_settings": "version_id setting value",
    "facts.decision_words": "version_id decision name_en name_hu counts_as is_retired",
    "public.users": "email full_name role password_hash",
    "public.sign_ins": "user_id address",
    "public.sign_in_failures": "email_hash address",
    "public.sessions": "token_hash user_id",
    "public.given_answers": "user_id key request_hash answer",
    "facts.products": "product_code name gtin unit kg_per_unit operator_id storage_class",
    "facts.partners": "partner_code name role gln address phone email operator_id",
    "facts.production_runs": "run_code status daily_target_kg started_at ended_at operator_id",
    "facts.product_revisions": "product_id name gtin unit kg_per_unit reason "
    "from_import operator_id storage_class is_retired",
    "facts.partner_revisions": "partner_id name role gln address phone email reason from_import "
    "operator_id is_retired",
    "facts.run_revisions": "run_id status daily_target_kg started_at ended_at reason from_import "
    "operator_id",
    "public.run_requests": "requested_by",
    "public.dagster_acts": "acts asked acted_by",
    "public.import_mappings": "name mapping operator_id",
}
UPDATES = {
    "public.users": "full_name role password_hash is_active",
    "public.sessions": "seen_at ended_at",
}
DELETES = ["public.given_answers"]  # copies of answers, which are kept a month


@pytest.fixture
def owner(database):
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


@pytest.fixture
def columns(owner):
    """List every table and view there is, and its columns."""
    with engine_of(owner).connect() as connection:
        rows = connection.execute(
            text(
                "select table_schema || '.' || table_name, column_name "
                "from information_schema.columns "
                "where table_schema in ('public', 'facts', 'audit')"
            )
        ).all()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def said(refused: DBAPIError) -> psycopg.Error:
    """Return the driver's own error, which says what PostgreSQL said."""
    assert isinstance(refused.orig, psycopg.Error), refused.orig
    return refused.orig


@pytest.fixture
def told(database):
    """Make a function that runs a statement as a role: its SQLSTATE, None where it succeeds."""
    opened = {}

    def ask(role: DatabaseRole, statement: str) -> str | None:
        if role not in opened:
            record = Record(database, role)
            opened[role] = (record, engine_of(record).connect())
        connection = opened[role][1]
        # The roles that read are read-only by default too; here the grant itself is asked.
        connection.execute(text("set transaction read write"))
        try:
            connection.exec_driver_sql(statement)
        except DBAPIError as refused:
            return said(refused).sqlstate
        finally:
            connection.rollback()
        return None

    yield ask
    for record, connection in opened.values():
        connection.close()
        record.close()


def listed(names: str | None, of: list[str]) -> set[str]:
    return set(of) if names == WHOLE else set((names or "").split())


def test_every_table_and_view_stands_in_the_lists(columns):
    assert set(columns) == set(KNOWN)
    for granted in (*READS.values(), INSERTS, UPDATES):
        for table, names in granted.items():
            assert listed(names, columns[table]) <= set(columns[table]), table


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_the_columns_granted_and_no_other(columns, told, role):
    for table, names in columns.items():
        readable = listed(READS[role].get(table), names)
        for name in names:
            expected = None if name in readable else DENIED
            assert told(role, f"select {name} from {table} limit 1") == expected, (table, name)
        expected = None if readable == set(names) else DENIED
        assert told(role, f"select * from {table} limit 1") == expected, table


@pytest.mark.parametrize("role", ROLES)
def test_a_role_writes_the_columns_granted_and_no_other(columns, told, role):
    """What is granted may fail for another reason (a missing value), never for want of a right."""
    for table, names in columns.items():
        denials = (DENIED, *NO_TABLE) if table in VIEWS else (DENIED,)
        may_insert = listed(INSERTS.get(table), names) if role is APP else set()
        may_update = listed(UPDATES.get(table), names) if role is APP else set()
        for name in names:
            state = told(role, f"insert into {table} ({name}) values (default)")
            assert (state not in denials) == (name in may_insert), (table, name, state)
            state = told(role, f"update {table} set {name} = default")
            assert (state not in denials) == (name in may_update), (table, name, state)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_removes_anything_but_answers_kept_for_clients(columns, told, role):
    for table in columns:
        may_delete = role is APP and table in DELETES
        denials = (DENIED, *NO_TABLE) if table in VIEWS else (DENIED,)
        assert told(role, f"delete from {table}") in ((None,) if may_delete else denials), table
        if table not in VIEWS:
            assert told(role, f"truncate {table} cascade") == DENIED, table


DESTRUCTION = [
    "alter table facts.lots add column note text",
    "alter table facts.lots disable trigger all",
    "alter table facts.qc_decisions disable trigger refuse_change",
    "alter table audit.entries owner to current_user",
    "drop table facts.lots",
    "drop trigger refuse_change on facts.lots",
    "drop view public.lots",
    "drop schema audit cascade",
    "create or replace function facts.refuse_change() returns trigger language plpgsql as "
    "$$begin return null; end$$",
    "create or replace view public.lots as select 1",
    "create table public.more (a int)",
    "create table facts.more (a int)",
    "create function public.more() returns int language sql as 'select 1'",
    "create trigger more before insert on facts.lots for each row execute function "
    "facts.refuse_change()",
    "create schema more",
    "create role more",
    "set session_replication_role = replica",
    "set session_authorization = 'postgres'",
    "copy facts.lots to program 'true'",
    "copy facts.lots from '/etc/passwd'",
    "select pg_read_file('/etc/passwd')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/hosts')",
    "select pg_reload_conf()",
    "create extension dblink",
    "select * from pg_authid",
    "select nextval('facts.lots_lot_id_seq')",
    "select setval('facts.lots_lot_id_seq', 1)",
    "select audit.append(null, 'a', 'b', 'c', null, null)",
    "lock table facts.lots in exclusive mode",
    "comment on table facts.lots is 'x'",
    "create rule r as on insert to public.lots do nothing",
]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_takes_the_house_apart(told, role):
    for statement in DESTRUCTION:
        # 22023: PostgreSQL's word for a role that may not be named.
        assert told(role, statement) in (DENIED, "22023"), statement


def test_the_roles_hold_no_power_beyond_the_grants(owner):
    with engine_of(owner).connect() as connection:
        rows = connection.execute(
            text(
                "select rolname, rolsuper or rolcreaterole or rolcreatedb or rolbypassrls "
                "or rolreplication, "
                "exists (select from pg_auth_members where member = pg_roles.oid) from pg_roles "
                "where rolname in ('lotline_app', 'lotline_pipeline', 'lotline_auditor')"
            )
        ).all()
    assert sorted(rows) == [(role, False, False) for role in sorted(ROLES)]


@pytest.fixture
def two_lots(owner, people):
    """Register a lot of 10 kg that gave all of it to another, and return both ids."""
    with engine_of(owner).begin() as connection:
        return connection.execute(
            text(
                "with added as (insert into facts.lots (lot_code, weight_kg, happened_at) values "
                "('P', 10, now()), ('C', 10, now()) returning lot_id), "
                "ids as (select min(lot_id) as p, max(lot_id) as c from added), "
                "linked as (insert into facts.lot_genealogy "
                "(parent_lot_id, child_lot_id, quantity_kg, happened_at) "
                "select p, c, 10, now() from ids) select p, c from ids"
            )
        ).one()


OVER = (
    "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at) "
    "values ({p}, {c}, 1, now())"
)
CIRCLE = OVER.replace("({p}, {c}, 1", "({c}, {p}, null")


@pytest.mark.parametrize("write", [OVER, CIRCLE], ids=["kilograms", "cycle"])
@pytest.mark.parametrize(
    "trick",
    [
        "select 1",
        "select set_config('lotline.as_of', '2000-01-01', true)",
        "create temp table lots (lot_id bigint, lot_code text, weight_kg numeric)",
        "create temp table lot_genealogy (parent_lot_id bigint, child_lot_id bigint)",
        "set local search_path = pg_temp, facts, public",
    ],
    ids=lambda trick: trick[:40],
)
def test_the_guards_see_the_whole_record_whatever_the_app_sets_or_makes(
    told, two_lots, write, trick
):
    p, c = two_lots
    assert told(APP, f"{trick}; {write.format(p=p, c=c)}") == "23514"


@pytest.fixture
def undoable(owner, two_lots):
    """Write a link, a decision and a customer too, for what is written about them."""
    with engine_of(owner).begin() as connection:
        connection.execute(
            text(
                "insert into facts.qc_decisions (lot_id, decision, happened_at) "
                "select min(lot_id), 'HOLD', now() from facts.lots"
            )
        )
        connection.execute(
            text(
                "insert into facts.partners (partner_code, name, role) "
                "values ('C1', 'Customer', 'CUSTOMER')"
            )
        )
        connection.execute(
            text(
                "insert into facts.readings (lot_id, characteristic, value, unit, happened_at) "
                "select min(lot_id), 'ph', 6, 'pH', now() from facts.lots"
            )
        )
        connection.execute(
            text(
                "insert into facts.shipments (shipment_code, lot_id, customer_id, happened_at) "
                "select 'S', (select max(lot_id) from facts.lots), partner_id, now() from partners"
            )
        )
        connection.execute(
            text(
                "insert into facts.movements (lot_id, kind, happened_at) "
                "select min(lot_id), 'SAMPLE', now() from facts.lots"
            )
        )
        connection.execute(
            text("insert into facts.lots (lot_code, happened_at) values ('ALONE', now())")
        )
        connection.execute(
            text("insert into facts.process_versions (name, reason) values ('two', 'ten letters')")
        )
        connection.execute(
            text(
                "insert into facts.productions (production_code, happened_at) values ('P1', now())"
            )
        )
        connection.execute(text(PACKING))
        connection.execute(
            text("insert into facts.places (place_code, name) values ('DOCK', 'Dock')")
        )
        connection.execute(text(MOVE))


@pytest.fixture
def refusal(record):
    """Make a function that tells SQLSTATE and constraint of the app's refusal; None: accepted."""

    def ask(*statements: str) -> tuple[str | None, str | None] | None:
        with engine_of(record).connect() as connection:
            try:
                for statement in statements:
                    connection.exec_driver_sql(statement)
            except DBAPIError as refused:
                fault = said(refused)
                return fault.sqlstate, fault.diag.constraint_name
        return None

    return ask


VOID = (
    "insert into facts.link_voids (link_id, reason) "
    "select max(link_id), 'ten letters' from facts.lot_genealogy"
)
SHIPMENT_VOID = (
    "insert into facts.shipment_voids (shipment_id, reason) "
    "select max(shipment_id), 'ten letters' from facts.shipments"
)
MOVEMENT_VOID = (
    "insert into facts.movement_voids (movement_id, reason) "
    "select max(movement_id), 'ten letters' from facts.movements"
)
READING_VOID = (
    "insert into facts.reading_voids (reading_id, reason) "
    "select max(reading_id), 'ten letters' from facts.readings"
)
PRODUCTION_VOID = (
    "insert into facts.production_voids (production_id, reason) "
    "select max(production_id), 'ten letters' from facts.productions"
)
PACKING = (
    "insert into facts.packings (sscc, kind, lot_id, happened_at) "
    "select '059012345000000018', 'PACKED', min(lot_id), now() from facts.lots"
)
PACKING_VOID = (
    "insert into facts.packing_voids (packing_id, reason) "
    "select max(packing_id), 'ten letters' from facts.packings"
)
PLACE = "insert into facts.places (place_code, name) values ('COLD', 'Cold store')"
MOVE = (
    "insert into facts.moves (lot_id, place_id, happened_at) "
    "select (select min(lot_id) from facts.lots), max(place_id), now() from facts.places"
)
MOVE_VOID = (
    "insert into facts.move_voids (move_id, reason) "
    "select max(move_id), 'ten letters' from facts.moves"
)
LOT_VOID = (
    "insert into facts.lot_voids (lot_id, reason) "
    "select lot_id, 'ten letters' from facts.lots where lot_code = 'ALONE'"
)
WITHDRAWAL = (
    "insert into facts.decision_withdrawals (decision_id, reason) "
    "select max(decision_id), 'ten letters' from facts.qc_decisions"
)
SET_ASIDE = (
    "insert into facts.rows_set_aside (table_name, file, said, reason) "
    "values ('lots', 'lots.csv', 'weight_kg: -1', 'is below 0')"
)
SOUND = {
    "facts.lots": "insert into facts.lots (lot_code, happened_at) values ('N', now())",
    "facts.lot_genealogy": "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, "
    "happened_at) select min(lot_id), max(lot_id), now() from facts.lots",
    "facts.readings": "insert into facts.readings (lot_id, characteristic, value, unit, "
    "happened_at) select min(lot_id), 'ph', 6, 'pH', now() from facts.lots",
    "facts.qc_decisions": "insert into facts.qc_decisions (lot_id, decision, happened_at) "
    "select min(lot_id), 'FAIL', now() from facts.lots",
    "facts.shipments": "insert into facts.shipments (shipment_code, lot_id, customer_id, "
    "happened_at) select 'S', (select max(lot_id) from facts.lots), partner_id, now() "
    "from partners",
    "facts.productions": "insert into facts.productions (production_code, happened_at) "
    "values ('P2', now())",
    "facts.production_inputs": "insert into facts.production_inputs (production_id, lot_id) "
    "select max(production_id), (select min(lot_id) from facts.lots) from facts.productions",
    "facts.production_outputs": "insert into facts.production_outputs (production_id, lot_id) "
    "select max(production_id), (select max(lot_id) from facts.lots) from facts.productions",
    "facts.production_voids": PRODUCTION_VOID,
    "facts.packings": PACKING,
    "facts.packing_voids": PACKING_VOID,
    "facts.places": PLACE,
    "facts.place_revisions": "insert into facts.place_revisions (place_id, name, reason) "
    "select max(place_id), 'Other', 'ten letters' from facts.places",
    "facts.moves": MOVE,
    "facts.move_voids": MOVE_VOID,
    "facts.imports": "insert into facts.imports (files, is_whole, began_at) "
    "values ('lots.csv', true, now())",
    "facts.rows_set_aside": SET_ASIDE,
    "facts.set_aside_ends": f"with new as ({SET_ASIDE} returning row_id) "
    "insert into facts.set_aside_ends (row_id, reason) select row_id, 'ten letters' from new",
    "facts.link_voids": VOID,
    "facts.movements": "insert into facts.movements (lot_id, kind, happened_at) "
    "select min(lot_id), 'WASTE', now() from facts.lots",
    "facts.shipment_voids": SHIPMENT_VOID,
    "facts.movement_voids": MOVEMENT_VOID,
    "facts.reading_voids": READING_VOID,
    "facts.lot_voids": LOT_VOID,
    "facts.lot_corrections": "insert into facts.lot_corrections (lot_id, weight_kg, happened_at, "
    "reason) select min(lot_id), 11, now(), 'ten letters' from facts.lots",
    "facts.decision_withdrawals": WITHDRAWAL,
    "facts.origin_assessments": "insert into facts.origin_assessments (lot_id, decision_ids, "
    "reason) select max(lot_id), array[1], 'ten letters' from facts.lots",
    "facts.finding_settlements": "insert into facts.finding_settlements (breach_id, rule_name, "
    "breach, kind, reason) select repeat('a', 64), 'a rule', '{}', 'EXPLAINED', 'ten letters'",
    "facts.decision_signatures": "insert into facts.decision_signatures (decision_id, user_id, "
    "signed_name, signed_role, meaning, method, signed_hash) select max(decision_id), "
    "(select min(user_id) from users), 'N', 'MANAGER', 'REJECT', 'PASSWORD', sha256('') "
    "from facts.qc_decisions",
    "facts.products": "insert into facts.products (product_code, name) values ('P', 'P')",
    "facts.partners": "insert into facts.partners (partner_code, name, role)"
    " values ('P', 'P', 'SITE')",
    "facts.production_runs": "insert into facts.production_runs (run_code) values ('R')",
    "facts.product_revisions": "with new as (insert into facts.products (product_code, name)"
    " values ('P', 'P') returning product_id) insert into facts.product_revisions"
    " (product_id, name) select product_id, 'Q' from new",
    "facts.partner_revisions": "with new as (insert into facts.partners (partner_code, name, role)"
    " values ('P', 'P', 'SITE') returning partner_id) insert into facts.partner_revisions"
    " (partner_id, name, role) select partner_id, 'Q', 'CUSTOMER;SITE' from new",
    "facts.run_revisions": "with new as (insert into facts.production_runs (run_code)"
    " values ('R') returning run_id) insert into facts.run_revisions (run_id, status)"
    " select run_id, 'COMPLETED' from new",
    "facts.process_versions": "insert into facts.process_versions (name, reason) "
    "values ('other', 'ten letters')",
    "facts.lot_types": "insert into facts.lot_types (lot_type, version_id, name_en, name_hu, "
    "position, origin) values ('N', 1, 'n', 'n', 9, 'MADE')",
    "facts.lot_type_revisions": "insert into facts.lot_type_revisions (lot_type_id, version_id, "
    "name_en, name_hu, position, origin, is_retired) values (1, 1, 'n', 'n', 9, 'MADE', true)",
    "facts.phases": "insert into facts.phases (phase_id, version_id, name_en, name_hu) "
    "values (99, 1, 'n', 'n')",
    "facts.phase_revisions": "insert into facts.phase_revisions (phase_id, version_id, name_en, "
    "name_hu, is_retired) values (1, 1, 'n', 'n', true)",
    "facts.qc_gates": "insert into facts.qc_gates (gate_number, version_id, lot_types, name_en, "
    "name_hu, gate_type, is_ccp) values (99, 1, '{}', 'n', 'n', 'INFO', false)",
    "facts.gate_revisions": "insert into facts.gate_revisions (gate_id, version_id, lot_types, "
    "name_en, name_hu, gate_type, is_ccp, checklist, is_retired) "
    "values (1, 1, '{}', 'n', 'n', 'INFO', false, '[]', true)",
    "facts.gate_limits": "insert into facts.gate_limits (gate_id, characteristic, unit, "
    "upper_bound, version_id) values (1, 'n', 'C', 4, 1)",
    "facts.process_rules": "insert into facts.process_rules (version_id, rule) "
    "values (1, 'ONE_SPECIES')",
    "facts.process_settings": "insert into facts.process_settings (version_id, setting) "
    "select max(version_id), 'warmest_c' from facts.process_versions",
    "facts.decision_words": "insert into facts.decision_words (version_id, decision, name_en, "
    "name_hu, counts_as) select max(version_id), 'WAIVED', 'w', 'w', 'PASS' "
    "from facts.process_versions",
}


@pytest.mark.parametrize("table", FACTS)
def test_a_transaction_that_looks_at_the_past_writes_no_fact(refusal, undoable, table):
    """What it can't see could not be weighed, and its reader would not find what was written."""
    look_back = "select set_config('lotline.as_of', '2000-01-01', true)"

    assert refusal(SOUND[table]) is None
    assert refusal(look_back, SOUND[table]) == ("23514", "facts_are_written_now")


@pytest.mark.parametrize("code", ["A\u200b", " A"], ids=ascii)
def test_the_record_itself_refuses_a_code_with_something_unseen(refusal, code):
    insert = f"insert into facts.lots (lot_code, happened_at) values ('{code}', now())"

    assert refusal(insert) == ("23514", "lot_code_is_printable")


@pytest.mark.parametrize(
    "undoing",
    [
        VOID,
        SHIPMENT_VOID,
        MOVEMENT_VOID,
        READING_VOID,
        PRODUCTION_VOID,
        PACKING_VOID,
        MOVE_VOID,
        LOT_VOID,
        WITHDRAWAL,
    ],
    ids=[
        "link",
        "shipment",
        "movement",
        "reading",
        "production",
        "packing",
        "move",
        "lot",
        "withdrawal",
    ],
)
def test_the_record_itself_undoes_a_fact_only_once(refusal, undoable, undoing):
    assert refusal(undoing) is None
    state, _ = refusal(undoing, undoing)
    assert state == "23505"
