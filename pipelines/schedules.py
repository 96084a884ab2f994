"""When the pipeline runs by itself: nightly, hourly for the checks, and when the record changed."""

from contextlib import closing

import dagster as dg

from pipelines.resources import ANEW
from sql.errors import NoEdition, RecordUnavailable
from sql.record.engine import DatabaseRole
from sql.record.opening import open_record
from sql.settings import settings
from sql.warehouse.editions import current_edition
from sql.warehouse.fingerprint import build_fingerprint

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Copy the record, build every model, check it, and publish an edition.",
)

check_the_record = dg.define_asset_job(
    "check_the_record",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(["edition", "current"]),
    description="Check the record as it is now; publishes nothing.",
)

# From nothing: what a year of small steps might have got wrong would end with the day.
nightly = dg.ScheduleDefinition(
    name="nightly",
    job=refresh,
    tags={ANEW: "true"},
    cron_schedule="0 2 * * *",
    execution_timezone=settings().timezone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

hourly_checks = dg.ScheduleDefinition(
    name="hourly_checks",
    job=check_the_record,
    cron_schedule="30 * * * *",
    execution_timezone=settings().timezone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=10,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Runs when the record holds what the current edition did not see, when an update "
    "brought other models, or on request.",
)
def record_changed(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for one run when there is something new and none is under way.

    What is new is asked of the audit trail, which has an entry for every write, in the order of
    commits: whatever changed alone is seen, and no clock is asked. The cursor remembers what was
    asked for, so that a run which ends without an edition is not repeated until something changes
    again.
    """
    runs = context.instance.get_runs(dg.RunsFilter(statuses=UNDER_WAY), limit=1)
    if runs:
        return dg.SkipReason("A run is under way.")
    try:
        change = _what_changed()
    except RecordUnavailable as down:
        return dg.SkipReason(str(down))
    if change is None:
        return dg.SkipReason("The edition holds everything the record does.")
    if change == context.cursor:
        return dg.SkipReason("This change was run already and gave no edition; see its checks.")
    context.update_cursor(change)
    return dg.RunRequest()


def _what_changed() -> str | None:
    """Name the state of the record, and of our models, that no edition holds yet; None: it does."""
    config = settings()
    try:
        about = current_edition(config.home).about
    except NoEdition:
        about = None
    with (
        closing(open_record(config, DatabaseRole.PIPELINE)) as record,
        record.snapshot() as snapshot,
    ):
        (moment,) = snapshot.all("record_as_of")
        copied = (about or {}).get("audit_length") or 0
        (news,) = snapshot.all("news", length=copied, head=(about or {}).get("audit_head", ""))
    is_known = (
        about is not None
        and (about["cluster"], about["database"]) == (moment["cluster"], moment["database"])
        and news["is_continued"]
        and news["newest"] <= copied
        and about.get("build_fingerprint") == build_fingerprint()
    )
    if is_known:
        return None
    return f"{moment['cluster']}:{moment['database']}:{news['newest']}:{build_fingerprint()}"
