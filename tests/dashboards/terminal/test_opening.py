"""What a reading command does with a record that isn't there, or is of another shape: it says so.

It never makes or migrates one.
"""

import subprocess
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from dashboards.commands.lots import register_lot
from dashboards.terminal.main import lotline as group
from sql.record.shape import newest_revision
from tests.databases import Databases, libpq
from tests.terminal import lotline

READERS = [["trace", "X"], ["refresh"], ["check"], ["audit", "verify"], ["backup", "FILE"]]


def one_line(ended: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that a command which could not begin has said."""
    assert ended.returncode == 2
    (said,) = ended.stderr.splitlines()
    return said


def revision_of(database: str) -> str:
    """Read the revision that a database says it has."""
    with psycopg.connect(libpq(database)) as connection:
        (found,) = connection.execute("select version_num from alembic_version").fetchone() or [""]
    return found


def run_as_owner(database: str, statement: bytes) -> None:
    """Run a statement as the database's owner."""
    with psycopg.connect(libpq(database)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("reader", READERS, ids=" ".join)
def test_a_reader_in_a_fresh_home_says_what_to_run_and_makes_nothing(
    settings, tmp_path, monkeypatch, reader
) -> None:
    home = tmp_path / "fresh"
    monkeypatch.delenv("LOTLINE_DATABASE_URL")
    monkeypatch.setenv("LOTLINE_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    said = one_line(lotline(*reader))

    assert "no record" in said and "lotline migrate" in said
    assert not (home / "data").exists() and not Path("FILE").exists()


@pytest.mark.parametrize("reader", READERS, ids=" ".join)
def test_a_reader_of_an_older_record_names_migrate_and_leaves_it_as_it_is(
    settings, database, tmp_path, monkeypatch, reader
) -> None:
    run_as_owner(database, b"update alembic_version set version_num = '0001'")
    monkeypatch.chdir(tmp_path)

    said = one_line(lotline(*reader))

    assert "0001" in said and newest_revision() in said and "lotline migrate" in said
    assert revision_of(database) == "0001"


def test_a_record_newer_than_this_lotline_is_neither_read_nor_migrated(settings, database) -> None:
    run_as_owner(database, b"update alembic_version set version_num = '9999'")

    for command in (["trace", "X"], ["migrate"], ["audit", "verify"]):
        assert "older than the record" in one_line(lotline(*command))
    assert revision_of(database) == "9999"


def test_an_empty_database_holds_no_record_until_it_is_migrated(
    settings, databases: Databases, monkeypatch
) -> None:
    with databases.copied("template1") as empty:
        monkeypatch.setenv("LOTLINE_DATABASE_URL", empty)
        assert "lotline migrate" in one_line(lotline("trace", "X"))

        assert newest_revision() in lotline("migrate").stdout
        assert revision_of(empty) == newest_revision()
        assert lotline("trace", "X").returncode == 1, "there is a record now, and no such lot"
        assert lotline("migrate").returncode == 0, "the second time there is nothing to do"


def test_a_database_that_is_not_there_is_said_with_the_way_out(settings, monkeypatch) -> None:
    address = str(settings.database_url)
    monkeypatch.setenv("LOTLINE_DATABASE_URL", address.replace("/test_", "/nowhere_"))

    said = one_line(lotline("trace", "X"))

    assert "holds no record" in said and "LOTLINE_DATABASE_URL" in said


def test_a_trace_reads_as_the_app_and_not_as_the_owner(settings, database, record, people) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="BEEF", weight_kg=5)
    assert "BEEF" in CliRunner().invoke(group, ["trace", "BEEF"]).output

    run_as_owner(database, b"revoke select on lots from lotline_app")
    refused = CliRunner().invoke(group, ["trace", "BEEF"]).exception

    assert isinstance(refused, psycopg.errors.InsufficientPrivilege)
