"""Screen: what the last run's checks found in the record, and the way to a new run."""

from datetime import datetime

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.pipeline_runs import ask_for_run
from dashboards.commands.refusals import Refusal
from dashboards.sessions.connections import config, edition
from dashboards.sessions.current import acting, person
from dashboards.views.downloads import csv_button
from dashboards.views.findings import (
    Check,
    csv_rows,
    is_blocked,
    ordered,
    state_words,
    tally,
    typed,
)
from dashboards.views.messages import say, say_problem, show
from dashboards.views.tables import local, table
from dashboards.words import NO_EDITION
from sql.errors import NoEdition, RecordUnavailable
from sql.warehouse.findings import read_findings

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


def draw_edition(report: dict) -> None:
    """Say whether the run published an edition, or which one is kept."""
    try:
        built_at = local(edition().about["built_at"], zone)
    except NoEdition:
        if is_blocked(report["checks"]):
            st.error("✕ No edition was published yet: mend what blocks below, then run again.")
        else:
            st.info(NO_EDITION)
        return
    if report["published"]:
        st.success(f"✓ The run published an edition; boards read the one of {built_at}.")
    elif is_blocked(report["checks"]):
        st.error(
            f"✕ A blocking check failed, so nothing was published: boards still read the "
            f"last good edition, of {built_at}. Mend what blocks below, then run again."
        )
    else:
        st.info(f"The checks ran alone; boards read the edition of {built_at}.")


def draw_tally(report: dict) -> None:
    """Draw when the run was and how its checks ended."""
    st.caption(
        f"Last run: {local(datetime.fromisoformat(report['ran_at']), zone)}, on the record "
        f"as of {local(datetime.fromisoformat(report['record_as_of']), zone)}."
    )
    for column, (label, count) in zip(st.columns(3), tally(report["checks"]).items(), strict=True):
        column.metric(label, count, border=True)


def draw_check(check: Check, position: int) -> None:
    """Draw one check: its state, what a breach means, and the rows to mend."""
    name = check["name"].replace("_", " ")
    with st.expander(
        f"{state_words(check)} · {name} · {check['table']}",
        expanded=not check["passed"] and position < 3,
    ):
        st.text(check["description"])
        if check["passed"]:
            st.caption("✓ No row breaks it.")
            return
        rows = check["rows"]
        if len(rows) < check["breaches_count"]:
            st.caption(f"The first {len(rows):,} of {check['breaches_count']:,} breaches.")
        if not rows:
            return
        table(typed(rows), list(rows[0]), zone, key=f"findings_{position}")
        csv_button(
            "These rows as CSV",
            rows,
            list(rows[0]),
            file_name=f"{check['name']}.csv",
            key=f"findings_csv_{position}",
        )


def draw_report(report: dict) -> None:
    """Draw the whole report, failures first."""
    draw_edition(report)
    draw_tally(report)
    only_failed = st.toggle("Failed checks only", value=True, key="findings_only_failed")
    checks = ordered(report["checks"], only_failed=only_failed)
    if not checks:
        st.success("✓ Every check passed. Switch the filter off to see them all.")
    for position, check in enumerate(checks):
        draw_check(check, position)
    rows = csv_rows(report["checks"])
    if rows:
        csv_button(
            "All findings as CSV", rows, list(rows[0]), file_name="findings.csv", key="findings_csv"
        )


st.title("Data quality")
show("data_quality")
if viewer.may(Action.RUN_PIPELINE):
    st.button("Run now", key="run_now", on_click=run_now, icon=":material/play_arrow:")
else:
    st.caption("A manager or an administrator asks for a run between the regular ones.")
last = read_findings(config().home)
if last is None:
    st.info("No run has ended yet. Press **Run now**, or run `lotline refresh`.")
else:
    draw_report(last)
