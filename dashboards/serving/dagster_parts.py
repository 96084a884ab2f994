"""Dagster's processes: our code, the pages behind the front door, and the clock.

Each listens on a socket that only our account may open, and is started again when it ends: a
pipeline that fails takes nobody's app away.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dashboards.serving.children import Child, end, start_logged
from dashboards.serving.dagster_door import MAY_ACT, PREFIX
from dashboards.serving.dagster_home import code_socket, dagster_home, dagster_log, dagster_socket
from dashboards.serving.ports import is_listened_on
from sql.private import own_folder, require_own_folder
from sql.settings import Settings

CODE, PAGES, CLOCK = "code", "pages", "clock"
START_AGAIN_SECONDS = 5
Program = Sequence[str | Path]


class DagsterParts:
    """Dagster's processes, started in order and again whenever one ends.

    Attributes:
        log: The file to which they write.
    """

    def __init__(
        self,
        config: Settings,
        say: Callable[[str], None],
        programs: Mapping[str, Program] | None = None,
    ) -> None:
        """Prepare; nothing is started before `keep_running`.

        Args:
            config: The settings.
            say: Takes a line when a part ended by itself.
            programs: What is run as code, pages and clock; None: Dagster's own.
        """
        self.log = dagster_log(config)
        self._config = config
        self._say = say
        self._programs = dagster_programs(config) if programs is None else programs
        self._running: dict[str, Child] = {}
        self._not_before = dict.fromkeys(self._programs, 0.0)

    def running(self) -> list[Child]:
        """List the processes there are."""
        return list(self._running.values())

    def keep_running(self) -> None:
        """Start what isn't running: the code first, and the rest as soon as it answers."""
        for name, program in self._programs.items():
            child = self._running.get(name)
            if child is not None and child.poll() is not None:
                self._note_end(name, child)
            if name not in self._running and self._may_start(name):
                self._running[name] = start_logged(program, self.log, self._config)

    def _may_start(self, name: str) -> bool:
        """Tell whether a part's turn has come."""
        is_due = time.monotonic() >= self._not_before[name]
        return is_due and (name == CODE or is_listened_on(code_socket(self._config)))

    def _note_end(self, name: str, child: Child) -> None:
        """Forget a part that ended, with whatever it had started; say so."""
        end([child])
        del self._running[name]
        self._not_before[name] = time.monotonic() + START_AGAIN_SECONDS
        self._say(
            f"Dagster's {name} ended by itself (exit {child.returncode}) and is started again; "
            f"{self.log} says more."
        )


def dagster_programs(config: Settings) -> Mapping[str, Program]:
    """Say how Dagster's processes are started, and write the workspace that they share."""
    code, pages = code_socket(config), dagster_socket(config)
    require_own_folder(code.parent)
    workspace = own_folder(dagster_home(config)) / "workspace.yaml"
    at = {"grpc_server": {"socket": str(code), "location_name": "lotline"}}
    # JSON is YAML too.
    workspace.write_text(json.dumps({"load_from": [at]}), encoding="utf-8")
    folder = Path(sys.executable).parent
    quiet = ["--log-level", "warning"]
    module = ["-m", "pipelines.definitions", "--location-name", "lotline"]
    return {
        CODE: [folder / "dagster", "api", "grpc", "--socket", code, *module, *quiet],
        PAGES: [sys.executable, "-m", "pipelines.pages", pages, workspace, PREFIX, MAY_ACT],
        CLOCK: [folder / "dagster-daemon", "run", "-w", workspace, *quiet],
    }
