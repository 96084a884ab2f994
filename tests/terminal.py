"""The `lotline` command, run in a process of its own."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOTLINE = Path(sys.executable).with_name("lotline")


def lotline(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command, forked from a process that has loaded it, and return how it ended.

    Loading takes many times longer than most of what tests ask. Tests that are about the start
    itself, or about a terminal, run `LOTLINE`, as a person does.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
        files[0].write_text(given, encoding="utf-8")
        order = {
            "arguments": arguments,
            "environment": dict(os.environ),
            "folder": os.getcwd(),
            "files": [str(file) for file in files],
        }
        forks = _forks()
        assert forks.stdin and forks.stdout
        forks.stdin.write(json.dumps(order) + "\n")
        forks.stdin.flush()
        code = int(forks.stdout.readline())
        said, complained = (file.read_text(encoding="utf-8") for file in files[1:])
    return subprocess.CompletedProcess(arguments, code, said, complained)


@cache
def _forks() -> subprocess.Popen[str]:
    """Start the process that forks; it ends with this one."""
    forks = subprocess.Popen(
        [sys.executable, "-P", "-c", "from tests.terminal_forks import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )
    atexit.register(forks.communicate)
    return forks
