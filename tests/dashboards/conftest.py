"""Fixtures: the app served as people use it, and a page of a real browser."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from dashboards.commands.lots import register_lot
from tests.browsers import ARGUMENTS, CHROMIUM, PATIENCE_MS, wait_for


@pytest.fixture
def address(settings, record, people) -> Iterator[str]:
    """Serve a plant with one received lot and return the app's address."""
    with record.transaction() as transaction:
        register_lot(
            transaction, by=people["OPERATOR"], lot_code="BEEF-1", lot_type="RAW", weight_kg=500
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboards.serving.server", "127.0.0.1", str(port)], env=os.environ
    )
    wait_for(f"http://127.0.0.1:{port}/api/health", server)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)


@pytest.fixture
def page() -> Iterator[Page]:
    """Open a browser's page that notes every request that leaves this machine."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        opened = browser.new_page(viewport={"width": 1400, "height": 1000})
        opened.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield opened
        browser.close()
