"""Fixtures: an empty record to fill with years of a plant, and a report of what was measured."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sql.record.engine import DatabaseRole, Record
from tests.benchmarks.report import Report
from tests.databases import Databases, served

REPORT = Report()


@pytest.fixture
def report() -> Report:
    """Return the report that is printed when the benchmarks have run."""
    return REPORT


def pytest_terminal_summary(terminalreporter) -> None:
    """Print every figure of the run in one table."""
    if REPORT.figures:
        terminalreporter.write_line("")
        for line in REPORT.lines():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """Run a server that is as durable as the product's, and return its home."""
    with served() as home:
        yield home


@pytest.fixture(scope="session")
def databases(server: Path) -> Iterator[Databases]:
    """Open that server's databases."""
    opened = Databases(server)
    yield opened
    opened.close()


@pytest.fixture
def empty_record(databases):
    """Open a fresh database's record as its owner and as the app sees it."""
    with databases.copied() as address:
        opened = Record(address, DatabaseRole.OWNER), Record(address, DatabaseRole.APP)
        yield opened
        for record in opened:
            record.close()
