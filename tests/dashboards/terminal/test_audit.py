"""`lotline audit verify`, `backup`, `restore`, `user password` and `trace --as-of`, as typed."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.sign_in import sign_in
from dashboards.terminal.main import lotline
from sql.errors import MomentAhead
from sql.record.engine import DatabaseRole, Record
from sql.trail.anchor_writing import note_anchor
from tests.engines import engine_of


@pytest.fixture
def typed(settings, record, people):
    """Make a function that types a `lotline` command against a small plant."""
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="BEEF", weight_kg=500)
        note_anchor(transaction, settings.anchors)
    return lambda *words: CliRunner().invoke(lotline, [str(word) for word in words])


def owner(database: str, statement: str) -> None:
    opened = Record(database, DatabaseRole.OWNER)
    with engine_of(opened).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text(statement))
    opened.close()


def test_a_whole_trail_is_said_to_be_tamper_evident_and_no_more(typed) -> None:
    said = typed("audit", "verify")

    assert said.exit_code == 0, said.output
    assert "tamper-evident, not tamper-proof" in said.output and "1 anchors" in said.output


def test_the_first_broken_entry_is_named(typed, database) -> None:
    owner(database, "update audit.entries set reason = 'x' where entry_id = 30")
    said = typed("audit", "verify")

    assert said.exit_code == 1
    assert "the first: Entry 30 (" in said.output


def test_a_cut_tail_is_named_by_the_anchor_file(typed, database) -> None:
    owner(database, "delete from facts.lots")
    owner(
        database,
        "delete from audit.entries where entry_id = (select max(entry_id) from audit.entries)",
    )
    said = typed("audit", "verify")

    assert said.exit_code == 1 and "The tail is cut" in said.output


def test_an_unreadable_anchor_is_said(typed, settings) -> None:
    settings.anchors.write_text("what?\n", encoding="utf-8")
    said = typed("audit", "verify")

    assert said.exit_code == 1 and "Line 1 of" in said.output


def test_a_backup_is_not_restored_over_the_record(typed, tmp_path) -> None:
    assert typed("backup", tmp_path / "b.zip").exit_code == 0
    said = typed("restore", tmp_path / "b.zip")

    assert said.exit_code != 0 and "isn't empty" in str(said.exception)


def test_a_forgotten_password_is_set_anew(typed, record) -> None:
    said = typed("user", "password", "viewer@demo.example", "--password", "stroopwafel op maandag")

    assert said.exit_code == 0
    with record.transaction() as transaction:
        assert sign_in(transaction, email="viewer@demo.example", password="lotline-demo") is None
        assert sign_in(transaction, email="viewer@demo.example", password="stroopwafel op maandag")


def test_a_trace_as_of_a_moment_leaves_out_what_came_later(typed, record, people) -> None:
    before = datetime.now(UTC).isoformat()
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="MIX",
            weight_kg=10,
            parents=[Parent("BEEF", 10)],
        )

    assert "MIX" in typed("trace", "BEEF").output
    answer, since = typed("trace", "BEEF", "--as-of", before).output.split("Since then", 1)
    assert "MIX" not in answer
    assert "MIX" in since
    assert typed("trace", "MIX", "--as-of", before).exit_code != 0


def test_a_trace_as_of_a_moment_to_come_is_refused(typed) -> None:
    said = typed("trace", "BEEF", "--as-of", "2999-01-01T00:00Z")

    assert said.exit_code == 1 and isinstance(said.exception, MomentAhead)
    assert "lies ahead" in str(said.exception)


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-24T10:00", "99"])
def test_a_moment_without_its_offset_is_refused(typed, moment) -> None:
    said = typed("trace", "BEEF", "--as-of", moment)

    assert said.exit_code == 2 and "Traceback" not in said.output
