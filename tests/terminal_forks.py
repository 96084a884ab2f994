"""A process that has loaded the `lotline` command and starts it by forking, as often as it is told.

Each run is a process of its own, with its own arguments, environment, folder and files, and begins
at the command's entry point; what it is spared is loading the same modules again. Modules that
start threads (polars, pyarrow, duckdb) are left to it: a fork would lose their threads.

It reads one JSON object a line and writes one exit code a line (`terminal`).
"""

import importlib
import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

LOADED = ("dashboards.terminal.main", "dashboards.commands.people", "alembic.command", "numba")
THREADS = Path("/proc/self/task")


def serve() -> None:
    """Start a command for each line, and say how it ended."""
    for module in LOADED:
        importlib.import_module(module)
    assert not THREADS.exists() or len(list(THREADS.iterdir())) == 1, "a fork would lose a thread"
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(
    arguments: list[str], environment: dict[str, str], folder: str, files: list[str]
) -> NoReturn:
    """Run the command in this process, and end it as a started one would have ended."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["lotline", *arguments]
    streams = []
    for number, (file, mode) in enumerate(zip(files, ("rb", "wb", "wb"), strict=True)):
        with open(file, mode) as opened:
            os.dup2(opened.fileno(), number)
        streams.append(TextIOWrapper(os.fdopen(number, mode), encoding="utf-8"))
    sys.stdin, sys.stdout, sys.stderr = streams
    # What it raises ends this process as it ends any other: the interpreter tells it, and exits.
    sys.exit(importlib.import_module("dashboards.terminal.main").main())
