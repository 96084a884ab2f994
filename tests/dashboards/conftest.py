"""Fixtures: the app served as people use it, a page of a real browser, and quicker screens.

The tests of a module share a served plant and a browser, which take longer to start than most of
what they do; each has a page, a session and facts of its own.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner

from dashboards.commands.authority import Person
from dashboards.commands.lots import register_lot
from sql.record.engine import DatabaseRole, Record
from tests.browsers import ARGUMENTS, CHROMIUM, PATIENCE_MS, wait_for
from tests.databases import WITH_PEOPLE, Databases


@pytest.fixture(scope="session", autouse=True)
def components_scanned_once() -> Iterator[None]:
    """Read once what every installed package brings to screens; Streamlit would for each test."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@dataclass(frozen=True)
class Served:
    """A served plant: where its app answers, and where its record is."""

    address: str
    database: str


@pytest.fixture(scope="module")
def served(
    databases: Databases, everybody: dict[str, Person], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a plant with one received lot, BEEF-1, to the tests of a module."""
    with databases.copied(WITH_PEOPLE) as database:
        record = Record(database, DatabaseRole.APP)
        with record.transaction() as transaction:
            by = everybody["OPERATOR"]
            register_lot(transaction, by=by, lot_code="BEEF-1", lot_type="RAW", weight_kg=500)
        record.close()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {
            "LOTLINE_DATABASE_URL": database,
            "LOTLINE_HOME": str(tmp_path_factory.mktemp("served") / "home"),
            "LOTLINE_SECRET_KEY": "a key for tests, long enough to be taken",
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "dashboards.serving.server", "127.0.0.1", str(port)],
            env=os.environ | environment,
        )
        wait_for(f"http://127.0.0.1:{port}/api/health", server)
        yield Served(f"http://127.0.0.1:{port}", database)
        server.terminate()
        server.wait(20)


@pytest.fixture
def address(served: Served) -> str:
    """Return the address of the module's served app."""
    return served.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser for the tests of a module."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of a person of its own: no cookie, nothing stored."""
    with browser.new_context(viewport={"width": 1400, "height": 1000}) as person:
        opened = person.new_page()
        opened.set_default_timeout(PATIENCE_MS)
        yield opened
