"""What there is: the assets, checks, jobs, schedules and sensors of the code location."""

import dagster as dg

from pipelines import (
    agreement,
    contract_checks,
    copies,
    genealogy,
    publication,
    quality,
    rules,
    schedules,
)
from pipelines.passing import IN_MEMORY, WithinARun
from pipelines.resources import PlantResource

defs = dg.Definitions(
    assets=[*copies.assets, *genealogy.assets, *quality.assets, *publication.assets],
    asset_checks=[
        *contract_checks.checks,
        *rules.checks,
        *agreement.checks,
    ],
    jobs=[schedules.refresh, schedules.check_the_record],
    schedules=[schedules.nightly, schedules.hourly_checks],
    sensors=[schedules.record_changed],
    resources={"plant": PlantResource(), IN_MEMORY: WithinARun()},
    # One process a run: it holds the working file, which only one process may write.
    executor=dg.in_process_executor,
)
