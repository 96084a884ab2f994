"""Fixtures of genealogies that are drawn at random and undone."""

from collections.abc import Iterator

import pytest

from sql.record.engine import DatabaseRole, Record


@pytest.fixture(scope="module")
def owner(databases) -> Iterator[Record]:
    """Open a database into which plants are written past every guard; each is undone."""
    with databases.copied() as address:
        opened = Record(address, DatabaseRole.OWNER)
        yield opened
        opened.close()
