"""The processes of a plant: the server, pipeline runs and Dagster.

They end with the one that started them, by Ctrl-C, a signal or a crash: Linux tells them.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from dashboards.serving.dagster_home import dagster_home
from sql.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
STOP_PATIENCE_SECONDS = 15
Child = subprocess.Popen[bytes]


def start(module: str, *arguments: str, config: Settings) -> Child:
    """Start one of our own modules as a child in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=_environment(config),
        cwd=ROOT,
        process_group=0,
        preexec_fn=_end_with_parent,
    )


def start_logged(program: Sequence[str | Path], log: Path, config: Settings) -> Child:
    """Start a program as a child in a process group of its own; what it says goes to a file."""
    with log.open("ab") as output:
        return subprocess.Popen(
            program,
            env=_environment(config),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=_end_with_parent,
        )


def end(children: Sequence[Child]) -> None:
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


def _environment(config: Settings) -> dict[str, str]:
    """Prepare a child's environment: ours, with absolute folders and telemetry off."""
    return os.environ | {
        "LOTLINE_HOME": str(config.home),
        "DAGSTER_HOME": str(dagster_home(config)),
        "PYTHONWARNINGS": "ignore",
        "GX_ANALYTICS_ENABLED": "false",
    }


def _end_with_parent() -> None:
    """Ask the kernel to end the child when we die, and restore the usual meaning of signals."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
