"""Dagster's own pages, on a socket that only this account may open.

Run as `python -m pipelines.pages SOCKET WORKSPACE PREFIX HEADER` behind the app's front door, which
knows who asks. Dagster on a port of its own would let anybody start a run who reaches the port, or
whose page a browser on this machine shows.
"""

import sys
from pathlib import Path
from typing import Any

import dagster as dg
import uvicorn
from dagster._core.workspace.context import WorkspaceProcessContext, WorkspaceRequestContext
from dagster._core.workspace.load_target import WorkspaceFileTarget, WorkspaceLoadTarget
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

from sql.private import bound_socket, keep_to_owner

STOP_PATIENCE_SECONDS = 5
POLL_MILLISECONDS = 2000
DATABASE_PATIENCE = (15_000, 3_600, 20)  # Dagster's own: ms a statement, s a connection, overflow


class PagesContext(WorkspaceProcessContext):
    """Dagster's workspace, which for each request may be changed or only looked at."""

    def __init__(
        self, instance: dg.DagsterInstance, workspace: WorkspaceLoadTarget, header: str
    ) -> None:
        """Load the workspace.

        Args:
            instance: Where runs are kept.
            workspace: What Dagster shows.
            header: Says `yes` where the person may act; anything else: look only.
        """
        self._header = header
        super().__init__(instance, workspace, __version__, read_only=True)

    def create_request_context(self, source: Any = None) -> WorkspaceRequestContext:
        """Return what one request sees, with the rights that the front door gave it."""
        return WorkspaceRequestContext(
            instance=self.instance,
            current_workspace=self.get_current_workspace(),
            process_context=self,
            version=self.version,
            source=source,
            read_only=source is None or source.headers.get(self._header) != "yes",
        )


def pages_server(context: PagesContext, prefix: str) -> uvicorn.Server:
    """Make the server of Dagster's pages; it listens on the sockets that `run` is given.

    Args:
        context: What is served.
        prefix: The pages' path under the app's address.
    """
    config = uvicorn.Config(
        create_app_from_workspace_process_context(context, prefix, POLL_MILLISECONDS),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_PATIENCE_SECONDS,
    )
    return uvicorn.Server(config)


def serve(socket: Path, workspace: str, prefix: str, header: str) -> None:
    """Serve Dagster's pages until SIGINT or SIGTERM.

    Args:
        socket: Where to listen; made anew, for this account only.
        workspace: The file that says where our code answers.
        prefix: See `pages_server`.
        header: See `PagesContext`.
    """
    with dg.DagsterInstance.get() as instance:
        instance.optimize_for_webserver(*DATABASE_PATIENCE)
        target = WorkspaceFileTarget([workspace])
        with PagesContext(instance, target, header) as context, bound_socket(socket) as bound:
            pages_server(context, prefix).run(sockets=[bound])


if __name__ == "__main__":
    keep_to_owner()
    serve(Path(sys.argv[1]), *sys.argv[2:])
