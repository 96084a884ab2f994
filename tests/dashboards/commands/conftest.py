"""One database for a whole file, where making one for each test would cost more than the tests.

A file that takes it overrides `database`; what its tests commit carries names of their own, and
what they write in `transaction` is rolled back.
"""

from collections.abc import Iterator

import pytest

from dashboards.commands.authority import Person
from tests.databases import WITH_PEOPLE, Databases


@pytest.fixture(scope="module")
def kept_database(databases: Databases, everybody: dict[str, Person]) -> Iterator[str]:
    """Return the address of a database that the tests of a file share, with people in it."""
    with databases.copied(WITH_PEOPLE) as address:
        yield address
