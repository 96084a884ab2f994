"""The `lotline` command, run in a process of its own as a person runs it."""

import subprocess
import sys
from pathlib import Path

LOTLINE = Path(sys.executable).with_name("lotline")


def lotline(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would and return how it ended."""
    return subprocess.run(
        [LOTLINE, *arguments], capture_output=True, text=True, timeout=120, input=given, check=False
    )
