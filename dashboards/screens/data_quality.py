"""Screen: what every check said last about the record, and the way to a new run."""

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.pipeline_runs import ask_for_run
from dashboards.commands.refusals import Refusal
from dashboards.commands.settlements import settle_finding
from dashboards.reader.signs import number
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import acting, person
from dashboards.views.check_drawn import draw_check
from dashboards.views.downloads import csv_button
from dashboards.views.findings import ordered, tally
from dashboards.views.findings_csv import csv_rows
from dashboards.views.last_run import draw_last_run
from dashboards.views.messages import say, say_problem, show
from dashboards.views.once import write_once
from dashboards.views.settling import breaches_to_settle, settle_form
from dashboards.words import (
    EVERY_CHECK_PASSED,
    NO_RUN,
    NOTHING_FAILED_THEN,
    SETTLE_CHOOSE,
    SETTLED_NOW,
)
from dashboards.words import data_quality as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction
from sql.warehouse.check_results import Results, State, read_results
from sql.warehouse.findings import breach_ids
from sql.warehouse.settlements import Settlement, settlements_of

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
            words.RUN_ASKED,
            place="data_quality",
        )


def known_since(results: Results) -> tuple[int | None, dict[str, Settlement]]:
    """Ask the record what came after the checks, and what somebody settled.

    Returns:
        How many facts came after the oldest record that a check spoke of (None: it was another
        record); and the settlements that stand, by breach.
    """
    moments = [result.looked_at for result in results.checks if result.looked_at is not None]
    found = [result.finding for result in results.checks if result.finding is not None]
    with record().snapshot() as snapshot:
        ids = [breach for finding in found for breach in breach_ids(finding)]
        settlements = settlements_of(snapshot, ids)
        if not moments:
            return 0, settlements
        oldest = min(moments, key=lambda moment: moment.audit_length)
        since = snapshot.value(
            "facts_not_looked_at", looked_until=oldest.audit_length, head=oldest.audit_head
        )
    return since, settlements


def settle(used: str) -> None:
    """Settle the chosen finding, or open it again."""
    typed = st.session_state
    breach = typed.get("settle_breaches", {}).get(typed["settle_breach"])
    if breach is None:
        say("warning", SETTLE_CHOOSE, place="data_quality")
        return
    said = {"kind": typed["settle_kind"], "reason": typed["settle_reason"]}

    def write(transaction: Transaction, by: Person) -> dict:
        about = {"table": breach.table, "rule": breach.rule, "row": breach.row}
        return {"id": settle_finding(transaction, by=by, **about, **said)}

    try:
        write_once("settle", used, asked={"breach": typed["settle_breach"], **said}, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="data_quality")
        return
    typed["settle_breach"], typed["settle_reason"] = None, ""
    say("success", SETTLED_NOW, place="data_quality")


def draw_results(results: Results) -> None:
    """Draw what every check said last, failures first."""
    since, settlements = known_since(results)
    is_of_now = since == 0
    draw_last_run(results, since, zone)
    tiles = tally(results.checks, settlements, is_of_now=is_of_now)
    for column, (label, count) in zip(st.columns(len(tiles)), tiles.items(), strict=True):
        column.metric(label, number(count), border=True, height="stretch")
    only_failed = st.toggle(words.ONLY_FAILED, value=True, key="findings_only_failed")
    checks = ordered(results.checks, only_failed=only_failed)
    if not checks:
        is_all_well = is_of_now and all(one.state is State.PASSED for one in results.checks)
        say_so = st.success if is_all_well else st.info
        say_so(EVERY_CHECK_PASSED if is_all_well else NOTHING_FAILED_THEN)
    for position, result in enumerate(checks):
        draw_check(result, position, zone, settlements, is_of_now=is_of_now)
    if viewer.may(Action.CORRECT):
        st.session_state["settle_breaches"] = breaches_to_settle(results.checks, settlements)
        settle_form(st.session_state["settle_breaches"], settle)
    rows = csv_rows(results.checks, settlements, zone)
    csv_button(
        words.FINDINGS_CSV, rows, list(rows[0]), file_name="findings.csv", key="findings_csv"
    )


st.title(words.TITLE)
show("data_quality")
if viewer.may(Action.RUN_PIPELINE):
    st.button(words.RUN_NOW, key="run_now", on_click=run_now, icon=":material/play_arrow:")
else:
    st.caption(words.NOT_RUNNER)
last = read_results(config().home)
if last is None:
    st.info(NO_RUN)
else:
    draw_results(last)
