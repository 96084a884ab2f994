"""Brings a whole plant up and down: the record, the app with its API, the pipeline's clock."""

import signal
import time
from collections.abc import Callable
from types import FrameType

from dashboards.demo.load import load_demo
from dashboards.serving.children import Child, end, start
from dashboards.serving.dagster_door import PREFIX
from dashboards.serving.dagster_home import bring_up_to_date, dagster_home
from dashboards.serving.dagster_parts import DagsterParts
from dashboards.serving.one_plant import only_one
from dashboards.serving.ports import is_answered, require_free
from dashboards.serving.process_to_begin_with import begin_with
from sql.record.engine import DatabaseRole
from sql.record.logs import keep_short
from sql.record.opening import open_record
from sql.settings import Settings
from sql.warehouse.editions import current_edition_id


def bring_up(
    config: Settings,
    *,
    host: str,
    port: int,
    empty: bool,
    process: str | None = None,
    say: Callable[[str], None],
) -> int:
    """Serve until a signal comes, then stop everything and return the exit code.

    Args:
        config: The settings.
        host: Address the app listens on.
        port: Port of the app and the API.
        empty: Don't load the demo plant into an empty embedded database.
        process: The process that a plant without lots begins with: a template's name, or a folder;
            None: the one it has.
        say: Takes each line for the person who started it.

    Raises:
        AlreadyUp: Another process serves this home.
        PortTaken: Somebody listens on the port.
        NoSuchProcess, ImportRejected, ProcessRefused: The process can't be taken.
        SettingsIncomplete, RecordUnavailable, RecordUnsuitable, EmbeddedFailed: As they say.
    """
    with only_one(config.home, f"http://{host}:{port}"):
        require_free(host, port, "--port")
        config.signing_key  # noqa: B018 - refuses to start without one
        say("Starting the record …")
        open_record(config, DatabaseRole.OWNER).close()
        if process is not None:
            begin_with(config, process, say)
        bring_up_to_date(dagster_home(config), say)
        return _serve(config, host, port, empty=empty, say=say)


def _serve(
    config: Settings, host: str, port: int, *, empty: bool, say: Callable[[str], None]
) -> int:
    """Start every part, and stop them all when a signal comes or one of them ends."""
    stop = _StopSignal()
    server = start("dashboards.serving.server", host, str(port), config=config)
    dagster = DagsterParts(config, say)
    try:
        if config.is_embedded and not empty:
            load_demo(config, say)
        if current_edition_id(config.home) is None:
            say("Making the first edition …")
            start("pipelines.run", "refresh", config=config).wait()
        while server.poll() is None and not stop.came and not is_answered(host, port):
            time.sleep(0.1)
        if server.poll() is None and not stop.came:
            say(f"Lotline is up: http://{host}:{port}   API docs: http://{host}:{port}/api/docs")
            say(f"Dagster, in half a minute: http://{host}:{port}{PREFIX}/   Stop with Ctrl-C.")
        return _watch(server, dagster, stop, say)
    finally:
        end([server, *dagster.running()])


class _StopSignal:
    """Remembers that somebody asked us to stop."""

    def __init__(self) -> None:
        self.came = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.came = True


def _watch(
    server: Child, dagster: DagsterParts, stop: _StopSignal, say: Callable[[str], None]
) -> int:
    """Wait for the signal to stop; a server that ends by itself ends the whole."""
    while not stop.came:
        if server.poll() is not None:
            say(f"The app ended by itself (exit {server.returncode}); stopping.")
            return 1
        dagster.keep_running()
        keep_short(dagster.log)
        time.sleep(0.2)
    say("Stopping …")
    return 0
