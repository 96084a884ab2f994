"""Fixtures: a real PostgreSQL, a fresh database a test that needs one, and people to act."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboards.commands.authority import Person
from dashboards.commands.people import add_user
from sql.record import embedded
from sql.record.engine import DatabaseRole, Record, open_record
from sql.record.transactions import Transaction
from sql.settings import Settings
from sql.vocabulary import Role

PASSWORD = "lotline-demo"
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """Give the home of one embedded server that all tests of this process share."""
    with tempfile.TemporaryDirectory(prefix="lotline-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        open_record(Settings(home=home, database_url=None), DatabaseRole.OWNER).close()
        yield home
        embedded.drop_lease(home)
        _wait_until_stopped(home)


def _wait_until_stopped(home: Path) -> None:
    """Take the keeper's lock, which it holds until its server has ended."""
    with embedded._locked(embedded.find_place(home).base / "keeper.lock"):
        pass


@pytest.fixture
def database(server: Path) -> Iterator[str]:
    """Give the address of a fresh database with the record's tables in it."""
    name = f"test_{uuid4().hex}"
    maintenance = Record(embedded.address(server, "postgres"), DatabaseRole.OWNER)
    engine = maintenance.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name} template {embedded.DATABASE}"))
    yield embedded.address(server, name)
    with engine.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    maintenance.close()


@pytest.fixture
def settings(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give the settings of a plant of its own, and set the environment to them."""
    values = {
        "LOTLINE_DATABASE_URL": database,
        "LOTLINE_HOME": str(tmp_path / "home"),
        "LOTLINE_SECRET_KEY": "a key for tests, long enough to be taken",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    os.makedirs(tmp_path / "dagster")
    return Settings()


@pytest.fixture
def record(database: str) -> Iterator[Record]:
    """Give the record of a fresh database in the app's role."""
    opened = Record(database, DatabaseRole.APP)
    yield opened
    opened.close()


@pytest.fixture
def transaction(record: Record) -> Iterator[Transaction]:
    """Give an open transaction that is rolled back when the test ends."""
    with record.engine.connect() as connection:
        begun = connection.begin()
        yield Transaction(connection)
        begun.rollback()


@pytest.fixture
def people(record: Record) -> dict[str, Person]:
    """Give one person of each role, by role; all sign in with PASSWORD."""
    persons = {}
    with record.transaction() as transaction:
        for role in Role:
            email = f"{role.lower()}@demo.example"
            user_id = add_user(
                transaction,
                by=None,
                email=email,
                full_name=role.title(),
                role=role,
                password=PASSWORD,
            )
            persons[role.value] = Person(user_id, email, role.title(), role)
    return persons


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real input data; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of shared real data is not beside this project")
    return SHARED
