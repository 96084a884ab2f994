"""One database for a whole file, where making one for each test would cost more than the tests.

A file that takes it overrides `database` and `people`; what its tests commit carries names of
their own, and what they write in `transaction` is rolled back.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboards.commands.authority import Person
from dashboards.commands.people import add_user
from sql.record import embedded
from sql.record.engine import DatabaseRole, Record
from sql.vocabulary import Role
from tests.conftest import PASSWORD


@pytest.fixture(scope="module")
def kept_database(server: Path) -> Iterator[str]:
    """Give the address of a database that the tests of a file share."""
    name = f"test_{uuid4().hex}"
    maintenance = Record(embedded.address(server, "postgres"), DatabaseRole.OWNER)
    engine = maintenance.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name} template {embedded.DATABASE}"))
    yield embedded.address(server, name)
    with engine.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    maintenance.close()


@pytest.fixture(scope="module")
def kept_people(kept_database: str) -> dict[str, Person]:
    """Give one person of each role, by role; all sign in with PASSWORD."""
    record, persons = Record(kept_database, DatabaseRole.APP), {}
    for role in Role:
        email = f"{role.lower()}@demo.example"
        with record.transaction() as transaction:
            user_id = add_user(
                transaction,
                by=None,
                email=email,
                full_name=role.title(),
                role=role,
                password=PASSWORD,
            )
        persons[role.value] = Person(user_id, email, role.title(), role)
    record.close()
    return persons
