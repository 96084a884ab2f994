"""Fixtures: a real PostgreSQL, a fresh database a test that needs one, and people to act.

A test's database is a copy of a template: with people in it where the test asks for `people`, with
an empty record otherwise. Tests that ask for `transaction` and for no database share one of each:
what they write is rolled back.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from dashboards.commands.authority import Person
from sql.record.engine import DatabaseRole, Record
from sql.record.transactions import Transaction
from sql.settings import Settings
from tests.databases import (
    BARE,
    PASSWORD,
    WITH_PEOPLE,
    Databases,
    add_everybody,
    quick_place,
    served,
)
from tests.engines import undone

__all__ = ["PASSWORD"]
SHARED = Path(__file__).resolve().parents[2] / "shared"

# An example may meet a busy machine; what a test may last in all is pytest's to bound.
hypothesis_settings.register_profile("lotline", deadline=None)
hypothesis_settings.load_profile("lotline")


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """Run one embedded server that all tests of this process share, and return its home."""
    with served(quick_place()) as home:
        maintenance = Databases(home)
        maintenance.forgo_durability()
        maintenance.close()
        yield home


@pytest.fixture(scope="session")
def databases(server: Path) -> Iterator[Databases]:
    """Open the server's databases, to be copied."""
    opened = Databases(server)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def everybody(databases: Databases) -> dict[str, Person]:
    """Make the template that has people in it, and return them by role."""
    record = Record(databases.create(WITH_PEOPLE), DatabaseRole.APP)
    people = add_everybody(record)
    record.close()
    return people


@pytest.fixture
def people(everybody: dict[str, Person]) -> dict[str, Person]:
    """Return one person of each role, by role; all sign in with PASSWORD."""
    return dict(everybody)


@pytest.fixture
def template(request: pytest.FixtureRequest) -> str:
    """Name the database that this test's own is a copy of."""
    if "people" not in request.fixturenames:
        return BARE
    request.getfixturevalue("everybody")
    return WITH_PEOPLE


@pytest.fixture
def database_name() -> str:
    """Name this test's own database; empty: by a name that no other has."""
    return ""


@pytest.fixture
def database(databases: Databases, template: str, database_name: str) -> Iterator[str]:
    """Return the address of a fresh database with the record's tables in it."""
    with databases.copied(template, database_name) as address:
        yield address


@pytest.fixture
def settings(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Make the settings of a plant of its own, and set the environment to them."""
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
    """Open the record of a fresh database in the app's role."""
    opened = Record(database, DatabaseRole.APP)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def common_record(databases: Databases) -> Iterator[Callable[[str], Record]]:
    """Make a function that opens the one copy of a template which nobody commits to."""
    with ExitStack() as opened:

        @cache
        def copy_of(template: str) -> Record:
            record = Record(opened.enter_context(databases.copied(template)), DatabaseRole.APP)
            opened.callback(record.close)
            return record

        yield copy_of


@pytest.fixture
def transaction(
    request: pytest.FixtureRequest, common_record: Callable[[str], Record], template: str
) -> Iterator[Transaction]:
    """Open a transaction that is rolled back when the test ends.

    It is of the test's own database where the test has one.
    """
    has_own = "database" in request.fixturenames
    record = request.getfixturevalue("record") if has_own else common_record(template)
    with undone(record) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real input data; skip the test where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of shared real data is not beside this project")
    return SHARED
