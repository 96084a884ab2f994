"""Fixtures: a whole pipeline run, in this process, on a plant of its own."""

from collections.abc import Callable

import dagster as dg
import pytest

from pipelines.definitions import defs
from sql.settings import Settings


@pytest.fixture
def run(settings: Settings) -> Callable[..., dg.ExecuteInProcessResult]:
    """Make a function that runs a job and tells how it ended."""

    def execute(
        job: str = "refresh", tags: dict[str, str] | None = None
    ) -> dg.ExecuteInProcessResult:
        return defs.resolve_job_def(job).execute_in_process(
            raise_on_error=False,
            tags=tags,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )

    return execute
