"""Dagster's own pages as the product serves them, in this process, with nothing in their workspace.

A plant's workspace takes half a minute to load; what may be asked, and what Dagster then does to
its storage, is the same without one.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dagster as dg
from dagster._core.workspace.load_target import EmptyWorkspaceTarget

from dashboards.serving.dagster_door import MAY_ACT, PREFIX
from pipelines.pages import PagesContext, pages_server
from sql.private import bound_socket

# Changes what Dagster keeps, and needs no workspace.
MUTATION = 'mutation { setConcurrencyLimit(concurrencyKey: "attack", limit: 1) }'
QUERY = "{ canBulkTerminate }"
SUBSCRIPTION = "subscription { locationStateChangeEvents { event { message } } }"


@contextmanager
def dagster_behind(socket: Path) -> Iterator[dg.DagsterInstance]:
    """Serve the pages on a socket for the block, and yield what they keep things in."""
    with ExitStack() as stack:
        instance = stack.enter_context(dg.instance_for_test())
        context = stack.enter_context(PagesContext(instance, EmptyWorkspaceTarget(), MAY_ACT))
        server = pages_server(context, PREFIX)
        # Signals are for the first thread, which is the test's.
        bound = stack.enter_context(bound_socket(socket))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield instance
        server.should_exit = True
        thread.join(10)


def was_changed(instance: dg.DagsterInstance) -> bool:
    """Tell whether somebody changed what the pages keep, and undo it."""
    keys = instance.event_log_storage.get_concurrency_keys()
    for key in keys:
        instance.event_log_storage.delete_concurrency_limit(key)
    return bool(keys)
