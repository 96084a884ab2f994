"""One pipeline run from the terminal: `python -m pipelines.run refresh|check [--anew]`.

Says each table as it is done, then what the checks found. Exit 0: all well; 1: a blocking
check failed, so the last good edition stays (refresh), or there are errors (check).
"""

import logging
import os
import sys
from contextlib import closing, suppress

import dagster as dg

from pipelines.definitions import defs
from pipelines.resources import ANEW
from pipelines.said_results import errors_in, say_results
from sql.errors import LotlineError, RecordUnavailable
from sql.private import keep_to_owner
from sql.record.opening import open_to_read
from sql.settings import Settings, settings
from sql.warehouse.check_results import Results, read_results
from sql.warehouse.editions import current_edition_id
from sql.warehouse.findings import breach_ids
from sql.warehouse.settlements import Settlement, settlements_of

JOBS = {"refresh": "refresh", "check": "check_the_record"}


class _Progress(logging.Handler):
    """Prints a line for each table as it is built."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print what was materialized; everything else Dagster logs stays in Dagster."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is None or not event.is_step_materialization:
            return
        made = event.event_specific_data.materialization
        rows = made.metadata.get("dagster/row_count")
        table = ".".join(made.asset_key.path)
        counted = f"{rows.value:>12,} rows" if rows else f"{'view':>12}"
        print(f"  {table:<28} {counted}", flush=True)


def _progress_printer(_context: dg.InitLoggerContext) -> logging.Logger:
    """Make a logger that prints progress and nothing else."""
    logger = logging.Logger("lotline.progress")
    logger.addHandler(_Progress())
    return logger


progress_logger = dg.LoggerDefinition(
    _progress_printer, description="A line a table, for the terminal."
)


def run(kind: str, config: Settings, *, anew: bool = False) -> int:
    """Run one job here and now and return the exit code.

    Args:
        kind: `refresh` or `check`.
        config: The settings; with DAGSTER_HOME set, Dagster's pages show the run too.
        anew: Copy and build everything from nothing, not just what changed.

    Raises:
        RecordUnsuitable: The record isn't there yet, or is of another shape; says what to run.
    """
    open_to_read(config).close()
    job = dg.Definitions(
        **{"assets": defs.assets, "asset_checks": defs.asset_checks, "resources": defs.resources},
        jobs=defs.jobs,
        executor=defs.executor,
        loggers={"progress": progress_logger},
    ).resolve_job_def(JOBS[kind])
    with _instance() as instance:
        ended = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"progress": {}}},
            tags={ANEW: "true"} if anew else None,
        )
    results = read_results(config.home)
    settlements = _settlements(results, config)
    say_results(results, settlements, ended.run_id)
    _say_end(kind, ended, config)
    is_well = results is not None and not errors_in(results, settlements)
    return 0 if ended.success and (is_well or kind == "refresh") else 1


def _settlements(results: Results | None, config: Settings) -> dict[str, Settlement]:
    """Read which of the breaches somebody settled, by breach; none where the record went away."""
    found = [one.finding for one in results.checks if one.finding] if results else []
    ids = [breach for one in found for breach in breach_ids(one)]
    with (
        suppress(RecordUnavailable),
        closing(open_to_read(config)) as record,
        record.snapshot() as snapshot,
    ):
        return settlements_of(snapshot, ids)
    return {}


def _instance() -> dg.DagsterInstance:
    """Return the plant's Dagster instance where there is one, else one that is forgotten."""
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance.ephemeral()


def _say_end(kind: str, ended: dg.ExecuteInProcessResult, config: Settings) -> None:
    """Print why a run failed, and which edition is current now."""
    current = current_edition_id(config.home)
    if ended.success and kind == "refresh":
        print(f"Edition {current} is published.")
    if ended.success:
        return
    for event in ended.get_step_failure_events():
        error = event.step_failure_data.error
        cause = error.cause if error and error.cause else error
        print(f"{event.step_key}: {str(cause.message if cause else '').strip()}", file=sys.stderr)
    kept = f"Edition {current} stays." if current else "There is no edition."
    print(f"The run failed, so nothing was published. {kept}", file=sys.stderr)


if __name__ == "__main__":
    keep_to_owner()
    try:
        sys.exit(run(sys.argv[1], settings(), anew="--anew" in sys.argv[2:]))
    except LotlineError as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
