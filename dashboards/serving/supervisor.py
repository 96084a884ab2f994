"""Brings a whole plant up and down: the record, the app with its API, the pipeline's clock.

The processes started here end with this one, by Ctrl-C, a signal or a crash: Linux tells them.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from dashboards.demo.load import load_demo
from sql.errors import SettingsIncomplete
from sql.record.engine import DatabaseRole, open_record
from sql.settings import Settings
from sql.warehouse.editions import current_edition_id

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
STOP_PATIENCE_SECONDS = 15
DAGSTER_YAML = """\
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    dequeue_interval_seconds: 1
retention:
  sensor:
    purge_after_days: 2
"""


class PortTaken(SettingsIncomplete):
    """Another program listens on the port."""


def bring_up(
    config: Settings,
    *,
    host: str,
    port: int,
    dagster_port: int,
    empty: bool,
    say: Callable[[str], None],
) -> int:
    """Serve until a signal comes, then stop everything; gives the exit code.

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
    _require_free(host, port, "--port")
    _require_free(host, dagster_port, "--dagster-port")
    config.signing_key  # noqa: B018 - refuses to start without one
    say("Starting the record …")
    open_record(config, DatabaseRole.OWNER).close()
    stop = _StopSignal()
    children = [_start("dashboards.serving.server", host, str(port), config=config)]
    try:
        if config.is_embedded and not empty:
            load_demo(config, say)
        if current_edition_id(config.home) is None:
            say("Making the first edition …")
            _start("pipelines.run", "refresh", config=config).wait()
        children.append(_start_dagster(config, host, dagster_port))
        say(f"Lotline is up: http://{host}:{port}   API docs: http://{host}:{port}/api/docs")
        say(f"Dagster, in half a minute: http://{host}:{dagster_port}   Stop with Ctrl-C.")
        return _watch(children, stop, say)
    finally:
        _end(children)


class _StopSignal:
    """Remembers that somebody asked us to stop."""

    def __init__(self) -> None:
        self.came = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.came = True


def _require_free(host: str, port: int, option: str) -> None:
    """Refuse a port on which somebody listens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise PortTaken(
                f"Port {port} on {host} can't be used ({taken.strerror}). Choose another: "
                f"lotline up {option} {port + 1}"
            ) from taken


def _environment(config: Settings) -> dict[str, str]:
    """Give a child our environment with the folders made absolute and telemetry off."""
    dagster_home = Path(os.environ.get("DAGSTER_HOME") or config.home / "dagster").absolute()
    dagster_home.mkdir(parents=True, exist_ok=True)
    if not (dagster_home / "dagster.yaml").exists():
        (dagster_home / "dagster.yaml").write_text(DAGSTER_YAML, encoding="utf-8")
    return os.environ | {
        "LOTLINE_HOME": str(config.home),
        "DAGSTER_HOME": str(dagster_home),
        "PYTHONWARNINGS": "ignore",
        "GX_ANALYTICS_ENABLED": "false",
    }


def _start(module: str, *arguments: str, config: Settings) -> subprocess.Popen[bytes]:
    """Start one of our own modules as a child in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=_environment(config),
        cwd=ROOT,
        process_group=0,
        preexec_fn=_end_with_parent,
    )


def _start_dagster(config: Settings, host: str, port: int) -> subprocess.Popen[bytes]:
    """Start Dagster's pages and its clock; what it says goes to a log file."""
    log = config.home / "dagster.log"
    with log.open("ab") as output:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "dagster",
                "dev",
                "--host",
                host,
                "--port",
                str(port),
                "-w",
                str(ROOT / "workspace.yaml"),
                "--log-level",
                "warning",
            ],
            env=_environment(config),
            cwd=ROOT,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=_end_with_parent,
        )


def _end_with_parent() -> None:
    """Ask the kernel to end the child when we die, and give signals their usual meaning."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


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


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Stop every child gently, then for good, and whatever it had started itself."""
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_PATIENCE_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        # Dagster's own children are in its process group and may outlive it.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
