"""Brings a whole plant up and down: the record, the app with its API, the pipeline's clock."""

import signal
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from dashboards.demo.load import load_demo
from dashboards.serving.children import end, start, start_dagster
from dashboards.serving.dagster_home import bring_up_to_date, dagster_home
from dashboards.serving.ports import require_free
from sql.record.engine import DatabaseRole
from sql.record.opening import open_record
from sql.settings import Settings
from sql.warehouse.editions import current_edition_id


def bring_up(
    config: Settings,
    *,
    host: str,
    port: int,
    dagster_port: int,
    empty: bool,
    say: Callable[[str], None],
) -> int:
    """Serve until a signal comes, then stop everything and return the exit code.

    Args:
        config: The settings.
        host: Address the app listens on.
        port: Port of the app and the API.
        dagster_port: Port of Dagster's pages.
        empty: Don't load the demo plant into an empty embedded database.
        say: Takes each line for the person who started it.

    Raises:
        PortTaken: Somebody listens on one of the ports.
        SettingsIncomplete, RecordUnavailable, RecordUnsuitable, EmbeddedFailed: As they say.
    """
    require_free(host, port, "--port")
    require_free(host, dagster_port, "--dagster-port")
    config.signing_key  # noqa: B018 - refuses to start without one
    say("Starting the record …")
    open_record(config, DatabaseRole.OWNER).close()
    bring_up_to_date(dagster_home(config), say)
    stop = _StopSignal()
    children = [start("dashboards.serving.server", host, str(port), config=config)]
    try:
        if config.is_embedded and not empty:
            load_demo(config, say)
        if current_edition_id(config.home) is None:
            say("Making the first edition …")
            start("pipelines.run", "refresh", config=config).wait()
        children.append(start_dagster(config, host, dagster_port))
        say(f"Lotline is up: http://{host}:{port}   API docs: http://{host}:{port}/api/docs")
        say(f"Dagster, in half a minute: http://{host}:{dagster_port}   Stop with Ctrl-C.")
        return _watch(children, stop, say)
    finally:
        end(children)


class _StopSignal:
    """Remembers that somebody asked us to stop."""

    def __init__(self) -> None:
        self.came = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.came = True


def _watch(
    children: list[subprocess.Popen[bytes]], stop: _StopSignal, say: Callable[[str], None]
) -> int:
    """Wait for the signal to stop; a child that ends by itself ends the whole."""
    while not stop.came:
        for child in children:
            if child.poll() is not None:
                say(f"A part of Lotline ended by itself (exit {child.returncode}); stopping.")
                return 1
        time.sleep(0.2)
    say("Stopping …")
    return 0
