"""Screen: what every check said last about the record, and the way to a new run."""

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.pipeline_runs import ask_for_run
from dashboards.commands.refusals import Refusal
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import acting, person
from dashboards.views.downloads import csv_button
from dashboards.views.findings import csv_rows, moment_of, ordered, state_words, tally, typed
from dashboards.views.last_run import draw_last_run
from dashboards.views.messages import say, say_problem, show
from dashboards.views.tables import table
from dashboards.words import (
    EVERY_CHECK_PASSED,
    NEVER_LOOKED,
    NO_ROW_BREAKS_IT,
    NO_ROW_BROKE_IT,
    NO_RUN,
    NOTHING_FAILED_THEN,
)
from sql.errors import RecordUnavailable
from sql.warehouse.check_results import Result, Results, State, read_results

viewer = person()
zone = config().zone


def run_now() -> None:
    """Ask the pipeline for a run."""
    try:
        with acting() as (transaction, by):
            ask_for_run(transaction, by=by)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="data_quality")
    else:
        say(
            "success",
            "Asked. The pipeline picks it up within a minute; a run takes about as "
            "long again. Come back to this screen then.",
            place="data_quality",
        )


def facts_since(results: Results) -> int | None:
    """Count the facts that came after the oldest record a check spoke of; None: another record."""
    moments = [result.looked_at for result in results.checks if result.looked_at is not None]
    if not moments:
        return 0
    oldest = min(moments, key=lambda moment: moment.audit_length)
    with record().snapshot() as snapshot:
        return snapshot.value(
            "facts_not_looked_at", looked_until=oldest.audit_length, head=oldest.audit_head
        )


def draw_check(result: Result, position: int, *, is_of_now: bool) -> None:
    """Draw one check: how it stands, what a breach means, and the rows to mend."""
    name, found = result.check.name.replace("_", " "), result.finding
    is_broken = result.state is State.FAILED
    with st.expander(
        f"{state_words(result, zone, is_of_now=is_of_now)} · {name} · {result.check.table}",
        expanded=is_broken and position < 3,
    ):
        st.text(result.check.description)
        if found is None:
            st.caption(NEVER_LOOKED)
            return
        if not is_broken:
            is_sure = result.is_current and is_of_now
            then = NO_ROW_BROKE_IT.format(moment=moment_of(result, zone))
            st.caption(NO_ROW_BREAKS_IT if is_sure else then)
            return
        rows = found.rows
        if len(rows) < found.breaches_count:
            st.caption(f"The first {len(rows):,} of {found.breaches_count:,} breaches.")
        if not rows:
            return
        table(typed(rows), list(rows[0]), zone, key=f"findings_{position}")
        csv_button(
            "These rows as CSV",
            rows,
            list(rows[0]),
            file_name=f"{result.check.name}.csv",
            key=f"findings_csv_{position}",
        )


def draw_results(results: Results) -> None:
    """Draw what every check said last, failures first."""
    since = facts_since(results)
    is_of_now = since == 0
    draw_last_run(results, since, zone)
    tiles = tally(results.checks, is_of_now=is_of_now)
    for column, (label, count) in zip(st.columns(len(tiles)), tiles.items(), strict=True):
        column.metric(label, count, border=True)
    only_failed = st.toggle("Failed checks only", value=True, key="findings_only_failed")
    checks = ordered(results.checks, only_failed=only_failed)
    if not checks:
        is_all_well = is_of_now and all(one.state is State.PASSED for one in results.checks)
        say_so = st.success if is_all_well else st.info
        say_so(EVERY_CHECK_PASSED if is_all_well else NOTHING_FAILED_THEN)
    for position, result in enumerate(checks):
        draw_check(result, position, is_of_now=is_of_now)
    rows = csv_rows(results.checks)
    csv_button(
        "All findings as CSV", rows, list(rows[0]), file_name="findings.csv", key="findings_csv"
    )


st.title("Data quality")
show("data_quality")
if viewer.may(Action.RUN_PIPELINE):
    st.button("Run now", key="run_now", on_click=run_now, icon=":material/play_arrow:")
else:
    st.caption("A manager or an administrator asks for a run between the regular ones.")
last = read_results(config().home)
if last is None:
    st.info(NO_RUN)
else:
    draw_results(last)
