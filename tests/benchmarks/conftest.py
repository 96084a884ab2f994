"""Fixtures: an empty record to fill with years of a plant, and a report of what was measured."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from sql.record import embedded
from sql.record.engine import DatabaseRole, Record
from tests.benchmarks.report import Report

REPORT = Report()


@pytest.fixture
def report() -> Report:
    """Give the report that is printed when the benchmarks have run."""
    return REPORT


def pytest_terminal_summary(terminalreporter) -> None:
    """Print every figure of the run in one table."""
    if REPORT.figures:
        terminalreporter.write_line("")
        for line in REPORT.lines():
            terminalreporter.write_line(line)


@pytest.fixture
def empty_record(server):
    """Give a fresh database's record as its owner and as the app sees it."""
    maintenance = Record(embedded.address(server, "postgres"), DatabaseRole.OWNER)
    engine = maintenance.engine.execution_options(isolation_level="AUTOCOMMIT")
    name = f"bench_{uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(text(f"create database {name} template {embedded.DATABASE}"))
    address = embedded.address(server, name)
    opened = Record(address, DatabaseRole.OWNER), Record(address, DatabaseRole.APP)
    yield opened
    for record in opened:
        record.close()
    with engine.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    maintenance.close()
