"""The trail: who, what and from where is kept with every write, and every tampering is found."""

import json
import os
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from dashboards.commands.authority import Face, Origin, Person
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.people import change_user
from dashboards.commands.voids import Voidable, void_fact
from sql.record.engine import DatabaseRole, Record
from sql.record.transactions import Transaction
from sql.trail.anchor_writing import note_anchor
from sql.trail.anchors import Anchor, UnreadableAnchor, read_anchors
from sql.trail.audit import verify
from sql.trail.guards import GUARDS
from tests.engines import ask, engine_of, undone
from tests.plants import correct_as_known, just_confirmed, link_ids_into
from tests.presence import present

TAMPERS = int(os.environ.get("LOTLINE_TEST_TAMPERS", "150"))
REBUILDS = int(os.environ.get("LOTLINE_TEST_REBUILDS", "10"))
WHY = "scale was read wrong"


@pytest.fixture
def owner(database, written):
    """Open the record as the database's owner, who can switch every guard off."""
    opened = Record(database, DatabaseRole.OWNER)
    yield opened
    opened.close()


@pytest.fixture
def written(record, people) -> dict[str, Person]:
    """Write a little of everything, from several places."""
    manager = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="BEEF", weight_kg=500)
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="SPICE",
            weight_kg=50,
            metadata={"bag": {"colour": "red"}},
        )
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="MIX",
            weight_kg=540,
            parents=[Parent("BEEF", 490), Parent("SPICE", 40), Parent("SPICE", 1)],
        )
    with record.transaction() as transaction:
        link_id = link_ids_into(transaction, 3)[-1]
        void_fact(transaction, by=manager, kind=Voidable.LINK, fact_id=link_id, reason=WHY)
        correct_as_known(
            transaction,
            by=manager,
            lot_code="MIX",
            reason=WHY,
            corrected=Corrected(None, Decimal(530), None, None, datetime.now(UTC)),
        )
        decide(transaction, by=manager, lot_code="MIX", decision="HOLD", notes=WHY)
        decide(
            transaction,
            by=manager,
            lot_code="MIX",
            decision="PASS",
            notes=WHY,
            confirmation=just_confirmed(manager),
        )
        change_user(
            transaction,
            by=people["ADMIN"],
            user_id=people["VIEWER"].user_id,
            role="OPERATOR",
            is_active=True,
        )
    return people


def verification(record: Record, anchors=()):
    with record.snapshot() as snapshot:
        return verify(snapshot, anchors, sees_passwords=True)


def test_what_nobody_touched_is_whole(owner) -> None:
    found = verification(owner)

    assert found.breaks == []
    assert found.length > 40


def test_an_entry_says_who_when_what_why_and_from_where(owner, record, written) -> None:
    manager = written["MANAGER"]
    by = Person(
        manager.user_id,
        manager.email,
        manager.full_name,
        manager.role,
        Origin(Face.API, "10.1.2.3", "abc123"),
    )
    before = datetime.now(UTC) - timedelta(seconds=5)
    with record.transaction() as transaction:
        correct_as_known(
            transaction,
            by=by,
            lot_code="BEEF",
            reason="  label was smudged  ",
            corrected=Corrected(None, "491.5", "3.2", None, datetime.now(UTC)),
        )

    with owner.transaction() as transaction:
        page = transaction.all(
            "audit_page",
            table_name="lot_corrections",
            user_id=None,
            earliest=before,
            latest=None,
            search="491.5",
            page_size=5,
            skipped=0,
        )
    entry = page[0]
    assert len(page) == 1
    assert (entry["written_by"], entry["face"], entry["address"]) == ("Manager", "api", "10.1.2.3")
    assert (entry["action"], entry["lot_code"]) == ("insert", "BEEF")
    assert entry["reason"] == "label was smudged"
    assert (entry["before"]["weight_kg"], entry["after"]["weight_kg"]) == (500, 491.5)
    assert "lotline_app" not in str(entry["after"])


def test_a_changed_person_is_kept_with_old_and_new_and_no_password(owner, written) -> None:
    with owner.transaction() as transaction:
        entries = transaction.all(
            "audit_page",
            table_name="users",
            user_id=None,
            earliest=None,
            latest=None,
            search=None,
            page_size=50,
            skipped=0,
        )
    newest = entries[0]

    assert (newest["before"]["role"], newest["after"]["role"]) == ("VIEWER", "OPERATOR")
    assert newest["written_by"] == "Admin"
    assert "argon2" not in str([dict(entry) for entry in entries])


def test_what_was_refused_or_rolled_back_leaves_no_entry(record, owner, written) -> None:
    length = verification(owner).length
    with pytest.raises(ZeroDivisionError), record.transaction() as transaction:
        register_lot(transaction, by=written["MANAGER"], lot_code="HALF")
        raise ZeroDivisionError

    assert verification(owner).length == length


def _tables(transaction: Transaction) -> list[tuple[str, str]]:
    """List every table of the trail and the facts with its key."""
    tables = [
        ("audit.entries", "entry_id"),
        ("users", "user_id"),
        ("facts.lots", "lot_id"),
        ("facts.lot_genealogy", "link_id"),
        ("facts.link_voids", "void_id"),
        ("facts.lot_corrections", "correction_id"),
        ("facts.qc_decisions", "decision_id"),
        ("facts.decision_signatures", "signature_id"),
        ("facts.qc_gates", "gate_id"),
        ("facts.lot_types", "lot_type_id"),
    ]
    return [table for table in tables if _rows(transaction, *table)]


def _run(transaction: Transaction, statement: str, **values):
    return ask(transaction, statement, **values)


def _rows(transaction: Transaction, table: str, key: str) -> list[int]:
    return [row[0] for row in _run(transaction, f"select {key} from {table} order by 1")]


OTHER = {
    "bigint": "coalesce({0}, 0) + 1000",
    "text": "coalesce({0}, '') || 'x'",
    "jsonb": "coalesce({0}, '{{}}') || '{{\"x\": 1}}'",
    "bytea": "sha256({0})",
    "numeric": "coalesce({0}, 0) + 1",
    "boolean": "not {0}",
    "timestamp with time zone": "coalesce({0}, now()) - interval '1 microsecond'",
    "ARRAY": "coalesce({0}, '{{}}') || '{{x}}'",
    "integer": "coalesce({0}, 0) + 1000",
    "date": "coalesce({0}, current_date) - 1",
}


def _tamper(transaction: Transaction, chance: random.Random) -> tuple[str, int, str]:
    """Change, remove or add one row as the owner, with every guard off; give which and how."""
    table, key = chance.choice(_tables(transaction))
    row_id = chance.choice(_rows(transaction, table, key))
    kind = chance.choice(["change"] * 6 + ["remove", "add"])
    if kind == "remove":
        _run(transaction, f"delete from {table} where {key} = :id", id=row_id)
        return table, row_id, kind
    columns = [
        (row[0], row[1])
        for row in _run(
            transaction,
            "select column_name, data_type from information_schema.columns where is_generated = "
            "'NEVER' and table_schema || '.' || table_name = :name and data_type <> 'xid8'",
            name=table if "." in table else f"public.{table}",
        )
    ]
    if kind == "add":
        names = ", ".join(name for name, _type in columns if name != key)
        _run(
            transaction,
            f"create temp table twin on commit drop as select * from {table} where {key} = :id",
            id=row_id,
        )
        _run(
            transaction,
            f"insert into {table} ({key}, {names}) overriding system value "
            f"select {key} + 1000, {names} from twin",
            id=row_id,
        )
        return table, row_id + 1000, kind
    name, data_type = chance.choice([column for column in columns if column[0] != key])
    value = OTHER[data_type].format(name)
    _run(transaction, f"update {table} set {name} = {value} where {key} = :id", id=row_id)
    return table, row_id, f"{kind} {name}"


def test_every_single_row_tampered_with_is_found_and_named(owner) -> None:
    """By the owner, with all triggers and constraints off."""
    chance = random.Random(20261124)
    for _ in range(TAMPERS):
        with undone(owner) as transaction:
            ask(transaction, "set local session_replication_role = replica")
            for constraint in _unique_and_checks(transaction):
                ask(transaction, constraint)
            table, row_id, how = _tamper(transaction, chance)
            found = verify(transaction, sees_passwords=True).breaks

            name = table.rpartition(".")[2]
            if table == "audit.entries":
                # Of the newest entry nothing is left but the fact that it spoke of.
                assert row_id in {b.entry_id for b in found} or (how == "remove" and found), (
                    table,
                    row_id,
                    how,
                    found,
                )
            else:
                assert (name, row_id) in {(b.table_name, b.row_id) for b in found}, (
                    table,
                    row_id,
                    how,
                    found,
                )


def _unique_and_checks(transaction: Transaction) -> list[str]:
    """Return statements that drop what would stop a clumsy forger."""
    found = ask(
        transaction,
        "select format('alter table %s drop constraint %I cascade', conrelid::regclass, "
        "conname) from pg_constraint where contype in ('u', 'c') and connamespace in "
        "('facts'::regnamespace, 'audit'::regnamespace, 'public'::regnamespace) "
        "and conrelid <> 0",
    )
    return [row[0] for row in found]


def _anchor(owner: Record) -> Anchor:
    with owner.transaction() as transaction:
        head = present(transaction.one("audit_head"))
    return Anchor(head["length"], head["head"], datetime.now(UTC), "the test's memory")


def test_a_cut_tail_is_found_by_the_anchor(owner) -> None:
    """Facts and entries both gone: the chain alone sees nothing wrong."""
    anchor, chance = _anchor(owner), random.Random(7)
    for _ in range(REBUILDS):
        with undone(owner) as transaction:
            ask(transaction, "set local session_replication_role = replica")
            kept = chance.randrange(anchor.length)
            _cut(transaction, kept)
            alone = verify(transaction).breaks
            found = verify(transaction, [anchor]).breaks

            assert alone == []
            assert [b.entry_id for b in found] == [kept + 1] and "cut" in found[0].text


def _cut(transaction: Transaction, kept: int) -> None:
    """Remove the newest entries, and undo in the facts what they speak of."""
    gone = _run(
        transaction,
        "select table_name, row_id, action, before from audit.entries where entry_id > :kept "
        "order by entry_id desc",
        kept=kept,
    ).fetchall()
    for table, row_id, action, before in gone:
        key, place = KEYS[table]
        if action == "update":
            _run(
                transaction,
                f"update {place} set role = :role, is_active = :on where {key} = :id",
                role=before["role"],
                on=before["is_active"],
                id=row_id,
            )
        else:
            _run(transaction, f"delete from {place} where {key} = :id", id=row_id)
    _run(transaction, "delete from audit.entries where entry_id > :kept", kept=kept)


KEYS = {
    "users": ("user_id", "users"),
    "lots": ("lot_id", "facts.lots"),
    "lot_genealogy": ("link_id", "facts.lot_genealogy"),
    "link_voids": ("void_id", "facts.link_voids"),
    "lot_corrections": ("correction_id", "facts.lot_corrections"),
    "qc_decisions": ("decision_id", "facts.qc_decisions"),
    "decision_signatures": ("signature_id", "facts.decision_signatures"),
    "phases": ("phase_id", "facts.phases"),
    "qc_gates": ("gate_id", "facts.qc_gates"),
    "gate_limits": ("limit_id", "facts.gate_limits"),
    "process_versions": ("version_id", "facts.process_versions"),
    "lot_types": ("lot_type_id", "facts.lot_types"),
    "process_rules": ("rule_id", "facts.process_rules"),
    "process_settings": ("setting_id", "facts.process_settings"),
    "decision_words": ("decision_word_id", "facts.decision_words"),
}


def test_a_chain_rebuilt_from_any_entry_on_is_found_by_the_anchor(owner) -> None:
    """Every hash right, every fact in line: only the anchor remembers."""
    anchor, chance = _anchor(owner), random.Random(8)
    for _ in range(REBUILDS):
        with undone(owner) as transaction:
            ask(transaction, "set local session_replication_role = replica")
            changed = chance.randrange(1, anchor.length + 1)
            _run(
                transaction,
                "update audit.entries set reason = 'as always' where entry_id = :id",
                id=changed,
            )
            _rebuild(transaction, changed)
            alone = verify(transaction).breaks
            found = verify(transaction, [anchor]).breaks

            assert alone == []
            assert len(found) == 1 and "rebuilt" in found[0].text


def _rebuild(transaction: Transaction, start: int) -> None:
    _run(
        transaction,
        f"""
        do $$
        declare
            entry audit.entries;
            previous bytea;
        begin
            select hash into previous from audit.entries where entry_id = {start} - 1;
            for entry in
                select * from audit.entries where entry_id >= {start} order by entry_id
            loop
                previous := sha256(
                    coalesce(previous, sha256('lotline'))
                    || convert_to(audit.content(entry), 'UTF8')
                );
                update audit.entries set hash = previous where entry_id = entry.entry_id;
            end loop;
        end
        $$
        """,
    )


def test_a_guard_switched_off_is_named(owner) -> None:
    with engine_of(owner).begin() as connection:
        connection.execute(text("alter table facts.lots disable trigger refuse_change"))

    assert [b.text for b in verification(owner).breaks] == [
        "The guard refuse_change on lots is switched off."
    ]


@pytest.mark.parametrize(
    ("table", "trigger"),
    [
        ("lots", "note_inserts"),
        ("lot_genealogy", "guard_cycles"),
        ("entries", "refuse_change"),
    ],
)
def test_a_guard_that_is_gone_is_named(owner, table, trigger) -> None:
    schema = "audit" if table == "entries" else "facts"
    with engine_of(owner).begin() as connection:
        connection.execute(text(f"drop trigger {trigger} on {schema}.{table}"))

    assert [b.text for b in verification(owner).breaks] == [
        f"The guard {trigger} on {table} is gone."
    ]


def test_the_guards_looked_for_are_those_that_the_migrations_make(owner) -> None:
    with owner.snapshot() as snapshot:
        standing = {(row["table_name"], row["trigger_name"]) for row in snapshot.all("guards")}

    assert standing == {(table, name) for table, names in GUARDS.items() for name in names}


@pytest.mark.parametrize(
    "statement", ["delete from {}", "truncate {} cascade", "update {} set recorded_at = now()"]
)
@pytest.mark.parametrize("table", ["facts.lots", "facts.lot_genealogy", "audit.entries"])
def test_even_the_owner_is_refused_while_the_guards_stand(owner, table, statement) -> None:
    from sqlalchemy.exc import IntegrityError

    with (
        pytest.raises(IntegrityError, match="append-only"),
        engine_of(owner).begin() as connection,
    ):
        connection.execute(text(statement.format(table)))


def test_an_anchor_is_noted_once_per_change_and_read_back(owner, record, written, tmp_path) -> None:
    file = tmp_path / "elsewhere" / "anchors.jsonl"
    with record.transaction() as transaction:
        assert note_anchor(transaction, file)
        assert not note_anchor(transaction, file)
        register_lot(transaction, by=written["MANAGER"], lot_code="MORE")
    with record.transaction() as transaction:
        assert note_anchor(transaction, file)

    first, second = read_anchors(file)
    assert isinstance(first, Anchor) and isinstance(second, Anchor)
    assert second.length == first.length + 1
    assert verification(owner, [first, second]).breaks == []
    assert verification(owner, [first, second]).anchors_checked == 2


@pytest.fixture
def noted(owner, record, tmp_path):
    """Write a file with one anchor; return it and a function that adds one after a new lot."""
    file = tmp_path / "anchors.jsonl"

    def one_more(by: Person, lot_code: str) -> None:
        with record.transaction() as transaction:
            register_lot(transaction, by=by, lot_code=lot_code)
            assert note_anchor(transaction, file)

    with record.transaction() as transaction:
        assert note_anchor(transaction, file)
    return file, one_more


@pytest.mark.parametrize("cut_at", [1, 9, 40, 120, -2, -1])
def test_an_anchor_cut_off_by_a_crash_spoils_neither_the_next_nor_the_verification(
    owner, noted, written, cut_at
) -> None:
    file, one_more = noted
    one_more(written["MANAGER"], "MORE")
    first, last = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(first + last[:cut_at])
    assert verification(owner, read_anchors(file)).breaks == []

    one_more(written["MANAGER"], "AFTER")
    found = verification(owner, read_anchors(file))

    assert found.breaks == []
    assert found.anchors_checked == (3 if cut_at == -1 else 2)


@pytest.mark.parametrize(
    "line",
    [
        b"what?",
        b"\xff\xfe",
        b"[]",
        b"7",
        b"{}",
        b'{"length": 1}',
        b"[" * 100_000,
        b'{"length": Infinity, "head": "", "taken_at": ""}',
    ],
)
def test_a_line_that_is_no_anchor_is_a_break_and_the_rest_is_held_against(
    owner, noted, written, line
) -> None:
    file, one_more = noted
    with file.open("ab") as anchors:
        anchors.write(line + b"\n")
    one_more(written["MANAGER"], "MORE")
    found = verification(owner, read_anchors(file))

    assert [b.text[:6] for b in found.breaks] == ["Line 2"]
    assert found.anchors_checked == 2
    assert sum(isinstance(kept, UnreadableAnchor) for kept in read_anchors(file)) == 1


def test_anchors_of_another_database_are_counted_and_not_compared(owner, noted, written) -> None:
    """One home served the demo first, whose trail was longer."""
    file, one_more = noted
    ours = json.loads(file.read_text())
    other = ours | {"database": "demo", "length": 10**6}
    moved = ours | {"cluster": "1", "head": "00"}
    with file.open("a") as anchors:
        anchors.write(json.dumps(other) + "\n" + json.dumps(moved) + "\n")
    found = verification(owner, read_anchors(file))

    assert (found.breaks, found.anchors_checked, found.anchors_skipped) == ([], 1, 2)
    with owner.transaction() as transaction:
        assert not note_anchor(transaction, file), "nothing new in this database"


def test_an_anchor_that_names_no_database_is_held_against_this_one(owner, noted) -> None:
    file, _one_more = noted
    ours = json.loads(file.read_text())
    old = {name: ours[name] for name in ("length", "head", "taken_at")} | {"length": 10**6}
    file.write_text(json.dumps(old) + "\n")

    assert "The tail is cut" in verification(owner, read_anchors(file)).breaks[0].text


@pytest.mark.parametrize("role", list(DatabaseRole))
def test_every_role_reads_which_database_this_is(database, role) -> None:
    opened = Record(database, role)
    with opened.snapshot() as snapshot:
        identity = present(snapshot.one("record_identity"))
    opened.close()

    assert identity["cluster"].isdigit() and identity["database"] in database


def test_every_table_that_keeps_facts_is_in_the_trail(owner) -> None:
    """A new table is either audited and verified, or stands here with the reason why not."""
    not_audited = {
        "sessions": "technical, ends by itself",
        "given_answers": "copies of answers",
        "alembic_version": "Alembic's own",
        "entries": "the trail itself",
        "turns": "when each writer began and ended, noted by triggers alone",
    }
    with owner.transaction() as transaction:
        tables = {
            row[0]
            for row in _run(
                transaction,
                "select table_name from information_schema.tables where table_type = "
                "'BASE TABLE' and table_schema in ('public', 'facts', 'audit')",
            )
        }
        audited = {
            row[0]
            for row in _run(
                transaction,
                "select relname from pg_trigger inner join pg_class on tgrelid = "
                "pg_class.oid where tgname = 'note_inserts'",
            )
        }
    from sql.queries import RECORD_QUERIES, load_queries

    checked = load_queries(RECORD_QUERIES)["facts_against_trail"]

    assert tables == audited | set(not_audited)
    assert {name for name in audited if f"'{name}'" in checked} == audited
