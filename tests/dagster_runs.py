"""Dagster's jobs run in this process, without the log that Dagster keeps of a run.

Writing and reading back that log takes Dagster as long as our steps take for a small plant. What a
run did is told by its result, which Dagster collects as the run goes; who asks for the log itself
(`dagster_pages`, the terminal) has a whole instance.
"""

from typing import Any

import dagster as dg
from dagster._core.events.log import EventLogEntry
from dagster._core.instance import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage

from pipelines.definitions import defs

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class Unwritten(InMemoryEventLogStorage):
    """Takes every event and keeps none."""

    def store_event(self, event: EventLogEntry) -> None:
        """Let it pass: those who handle events have seen it."""


def execute(job: str = "refresh", **options: Any) -> dg.ExecuteInProcessResult:
    """Run a job, with Dagster's own options, on the plant that the environment names."""
    with dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),
        run_storage=InMemoryRunStorage(),
        event_storage=Unwritten(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    ) as instance:
        return defs.resolve_job_def(job).execute_in_process(
            instance=instance, raise_on_error=False, run_config=QUIET, **options
        )
