"""One process for people and programs: the Streamlit app, the JSON API under /api, Dagster's pages.

What may come in at all is decided at the front door (`front_door`); here the parts are put together
and served.
"""

import asyncio
import gc
import logging
import resource
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config as streamlit_config

from dashboards.api.application import create_api
from dashboards.serving.anchoring import keep_anchors
from dashboards.serving.api_first import ApiFirst
from dashboards.serving.dagster_door import DagsterDoor
from dashboards.serving.dagster_home import dagster_socket
from dashboards.serving.front_door import FrontDoor
from dashboards.serving.session_cookie import close_session, open_session
from dashboards.serving.streamlit_door import StreamlitDoor
from dashboards.serving.upload_door import UploadDoor
from dashboards.sessions import connections
from sql.private import keep_to_owner

SCRIPT = Path(__file__).parents[1] / "app.py"
CODE_READER = Path(__file__).parent / "zxing"
STOP_PATIENCE_SECONDS = 5
SWITCH_SECONDS = 0.0005
FILES_OPEN = 10_240  # what every system allows


def create_app() -> st.App:
    """Make the application of the plant the environment names.

    Raises:
        SettingsIncomplete: A setting can't be used, or the signing key is missing.
    """
    config = connections.config()
    streamlit_config.set_option("server.maxUploadSize", config.import_mb)
    api = create_api(config, limiter=connections.limiter())
    return st.App(
        SCRIPT,
        routes=[
            Route("/session/open", open_session, methods=["POST"]),
            Route("/session/close", close_session, methods=["POST"]),
            # Lots is where the app begins, so its own address is the root.
            Route("/lots", to_lots),
            # Reads codes in a camera's pictures; a page asks for it when its camera is opened.
            Mount("/zxing", StaticFiles(directory=CODE_READER)),
        ],
        middleware=[
            Middleware(FrontDoor, hosts=config.hosts, screens=screen_names()),
            Middleware(DagsterDoor, socket=dagster_socket(config)),
            Middleware(ApiFirst, api=api),
            Middleware(UploadDoor, most_mb=config.import_mb),
            Middleware(StreamlitDoor),
        ],
        lifespan=_pool,
    )


def screen_names() -> list[str]:
    """List the screens' names, which are their paths."""
    folder = SCRIPT.with_name("screens")
    return sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")


def to_lots(request: Request) -> Response:
    """Send whoever asks for /lots to the root, with the lot they asked for."""
    return RedirectResponse(f"/?{request.url.query}", status_code=307)


def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM, in one process.

    Raises:
        SettingsIncomplete: A setting can't be used, or the signing key is missing.
    """
    # Requests wait for one another's turn at the record, not for a thread's turn at Python.
    sys.setswitchinterval(SWITCH_SECONDS)
    _allow_many_files()
    proxies = connections.config().trusted_proxies
    uvicorn.run(
        create_app(),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=STOP_PATIENCE_SECONDS,
    )


def _allow_many_files() -> None:
    """Raise how many files may be open: each page takes four, so the usual 1,024 hold some 250."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_OPEN if most == resource.RLIM_INFINITY else min(FILES_OPEN, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


@asynccontextmanager
async def _pool(_app: st.App) -> AsyncIterator[None]:
    """Keep anchors while the server runs; close the record's connections when it ends.

    What stands once the server has started stays to its end, so the collector need not look through
    it again and again: that was a fifth of a trace.
    """
    gc.collect()
    gc.freeze()
    anchoring = asyncio.create_task(keep_anchors())
    yield
    anchoring.cancel()
    if connections.record.cache_info().currsize:
        connections.record().close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    keep_to_owner()
    serve(sys.argv[1], int(sys.argv[2]))
