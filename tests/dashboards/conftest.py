"""Fixtures: the app served as people use it, a page of a real browser, and quicker screens."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner

from dashboards.commands.lots import register_lot
from tests.browsers import ARGUMENTS, CHROMIUM, PATIENCE_MS, wait_for


@pytest.fixture(scope="session", autouse=True)
def components_scanned_once() -> Iterator[None]:
    """Read once what every installed package brings to screens; Streamlit would for each test."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


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
