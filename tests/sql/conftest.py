"""Fixtures: empty working files with the record's tables in them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sql.warehouse.working_file import Warehouse
from tests import plants


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """Open a working file whose copied tables are all empty."""
    with closing(plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest")) as opened:
        yield opened


@pytest.fixture(scope="module")
def warehouse_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Open a working file for one plant that all tests of a module only read."""
    path = tmp_path_factory.mktemp("plant") / "working.duckdb"
    with closing(plants.empty_warehouse(path, "Europe/Budapest")) as opened:
        yield opened
