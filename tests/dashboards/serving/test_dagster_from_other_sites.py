"""A page of another site in a real browser, whose person is signed in here, changes nothing."""

import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from playwright.sync_api import expect, sync_playwright
from websockets.sync.client import connect
from websockets.typing import Origin

from dashboards.serving.dagster_door import QUESTIONS
from dashboards.serving.dagster_home import dagster_socket
from sql.settings import Settings
from tests.dagster_pages import MUTATION, QUERY, dagster_behind, was_changed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 30_000

# What a page of another site can have a browser send: pictures, forms, requests, sockets, frames.
ATTACKS = """
const at = {target}, query = {query};
const asked = JSON.stringify({{query}});
const tries = [];
const picture = new Image();
tries.push(new Promise(end => {{ picture.onload = picture.onerror = end; }}));
picture.src = at + "?query=" + encodeURIComponent(query);
for (const credentials of ["include", "omit"])
  for (const [mode, type] of [["no-cors", "text/plain"], ["no-cors", "application/graphql"],
                              ["cors", "application/json"], ["cors", "text/plain"]])
    for (const method of ["POST", "GET"])
      tries.push(fetch(at + "?query=" + encodeURIComponent(query), {{
        method, mode, credentials, headers: {{"Content-Type": type}},
        body: method == "POST" ? asked : undefined,
      }}).catch(() => null));
for (const enctype of ["text/plain", "application/x-www-form-urlencoded"]) {{
  const frame = document.createElement("iframe"), form = document.createElement("form");
  frame.name = "f" + enctype; document.body.append(frame, form);
  Object.assign(form, {{action: at, method: "POST", enctype, target: frame.name}});
  const field = document.createElement("input");
  field.name = enctype == "text/plain" ? asked.slice(0, -1) + ',"a":"' : "query";
  field.value = enctype == "text/plain" ? '"}}' : query;
  form.append(field); form.submit();
  tries.push(new Promise(end => {{ frame.onload = end; setTimeout(end, 3000); }}));
}}
tries.push(new Promise(end => {{
  const socket = new WebSocket(at.replace("http", "ws"), "graphql-ws");
  socket.onopen = () => {{
    socket.send(JSON.stringify({{type: "start", id: "1", payload: {{query}}}}));
    setTimeout(end, 500);
  }};
  socket.onerror = socket.onclose = end;
}}));
Promise.all(tries).then(() => {{ document.title = "done"; }});
"""

ASKED = """
text => fetch("/dagster/graphql", {
  method: "POST",
  body: JSON.stringify({query: text}),
  headers: {"Content-Type": "application/json"},
}).then(answer => answer.json())
"""


@pytest.fixture
def instance(settings):
    with dagster_behind(dagster_socket(settings)) as kept:
        yield kept


@pytest.fixture
def address(settings, record, people, instance):
    """Serve a plant, with Dagster's pages behind it, and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboards.serving.server", "127.0.0.1", str(port)], env=os.environ
    )
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2)
            break
        except OSError:
            assert time.monotonic() < deadline and server.poll() is None
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)


@pytest.fixture
def other_site(address):
    """Serve a page of another site: of another name, and of the same name on another port."""
    page = f"<!doctype html><body><script>{_attacks(address)}</script>".encode()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site.server_port
        site.shutdown()


def _attacks(address: str) -> str:
    return ATTACKS.format(target=json.dumps(address + QUESTIONS), query=json.dumps(MUTATION))


def require_room_for_strangers(address: str, count: int) -> None:
    """Open so many sockets: the page of the person who just signed in is no stranger's any more."""
    with ExitStack() as opened:
        for _socket in range(count):
            way = connect(f"{address.replace('http', 'ws')}/_stcore/stream", origin=Origin(address))
            opened.enter_context(way)


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
def test_only_our_own_page_acts_and_shows_dagster(address, instance, other_site) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE_MS)
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"{address}/dagster/")
        expect(page.get_by_text("Sign in to Lotline first")).to_be_visible()
        page.goto(address)
        page.get_by_label("E-mail").fill("manager@demo.example")
        page.get_by_label("Password", exact=True).fill("lotline-demo")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        link = page.get_by_role("link", name="Pipeline (Dagster)")
        expect(link).to_have_attribute("href", "/dagster/")
        page.wait_for_function("fetch('/dagster/server_info').then(answer => answer.ok)")
        require_room_for_strangers(address, Settings.model_fields["strangers_per_address"].default)

        for host in ("localhost", "127.0.0.1"):
            stranger = context.new_page()
            stranger.goto(f"http://{host}:{other_site}/")
            expect(stranger).to_have_title("done")
            assert not was_changed(instance), host
            stranger.goto(f"{address}{QUESTIONS}?query={quote(MUTATION)}")
            assert not was_changed(instance), host
            stranger.close()

        refused = []
        page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/dagster/")
        expect(page.get_by_text("Deployment").first).to_be_visible()
        assert page.evaluate(ASKED, QUERY) == {"data": {"canBulkTerminate": True}}
        assert page.evaluate(ASKED, MUTATION)["data"] is not None
        assert was_changed(instance)
        assert [said for said in refused if "Content Security Policy" in said] == []
        if os.environ.get("SHOT"):
            page.screenshot(path=os.environ["SHOT"])
            print(refused)
        browser.close()
