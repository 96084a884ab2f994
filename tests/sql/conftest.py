"""Fixtures: an empty working file with the record's tables in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sql.warehouse.working_file import Warehouse
from tests import plants


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """Give a working file whose copied tables are all empty."""
    opened = Warehouse(tmp_path / "working.duckdb", "Europe/Budapest")
    plants.empty(opened)
    yield opened
    opened.close()
