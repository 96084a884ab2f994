"""What the import screen does: looks, imports once, and keeps how files are read."""

from typing import Any

import streamlit as st

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.import_mappings import save_mapping
from dashboards.commands.import_plan import Plan
from dashboards.commands.refusals import Refusal
from dashboards.imports.preview import Preview, preview
from dashboards.imports.taking import import_tables
from dashboards.screens.importing.chosen import Chosen
from dashboards.screens.importing.opened import close
from dashboards.screens.importing.outcome import CONFIRMED
from dashboards.sessions.connections import record
from dashboards.sessions.current import acting, acting_person
from dashboards.views.messages import say, say_problem
from dashboards.views.once import write_once
from dashboards.words.imports import (
    IMPORT_ASIDE_COUNT,
    IMPORT_CORRECTED,
    IMPORT_DONE,
    IMPORT_DONE_NOTHING,
    IMPORT_HELD,
    IMPORT_KEPT,
    IMPORT_LOOKING,
    IMPORT_TABLES,
    IMPORT_VOIDED,
    IMPORT_WRITING,
)
from sql.errors import RecordUnavailable

PLACE = "imports"
_SEEN = "imports_seen"


def seen(chosen: Chosen) -> Preview | None:
    """Return what was seen of just this choice."""
    kept = st.session_state.get(_SEEN)
    return kept[1] if kept is not None and kept[0] == chosen.fingerprint else None


def look(chosen: Chosen) -> None:
    """Find out what would come in."""
    st.session_state.pop(CONFIRMED, None)
    try:
        by = acting_person()
        with st.spinner(IMPORT_LOOKING):
            tables, wrong, rejections = chosen.tables()
            found = preview(
                record(),
                tables,
                by=by,
                zone=chosen.reading.zone,
                wrong=wrong,
                rejections=rejections,
                is_whole=chosen.is_whole,
                sets_aside=chosen.sets_aside,
            )
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=PLACE)
    else:
        st.session_state[_SEEN] = (chosen.fingerprint, found)


def bring_in(chosen: Chosen, used: str) -> None:
    """Import what was chosen, once; where the record refuses, show why."""
    bar = st.progress(0.0)
    told: list[str] = []
    plan = Plan()
    tables, wrong, rejections = chosen.tables()
    corrects = bool(st.session_state.get(CONFIRMED))

    def progress(stem: str, _rows: int) -> None:
        told.append(stem)
        share = min(len(told) / (2 * len(tables) or 1), 1.0)
        bar.progress(share, IMPORT_WRITING.format(table=IMPORT_TABLES[stem]))

    def write(transaction: Any, by: Any) -> dict[str, Any]:
        return import_tables(
            transaction,
            tables,
            by=by,
            zone=chosen.reading.zone,
            wrong=wrong,
            rejections=rejections,
            corrects=corrects,
            is_whole=chosen.is_whole,
            sets_aside=chosen.sets_aside,
            progress=progress,
            plan=plan,
        )

    asked = {"files": chosen.fingerprint, "corrects": corrects}
    try:
        answer = write_once("imports", used, asked=asked, write=write)
    except ImportRejected as refused:
        bar.empty()
        st.session_state[_SEEN] = (chosen.fingerprint, Preview(refused=refused.rejections))
        return
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=PLACE)
        return
    added = {stem: rows for stem, rows in answer.body.items() if rows}
    bar.empty()
    counts = [f"{IMPORT_TABLES[stem]} {rows:,}" for stem, rows in added.items()]
    if corrected := sum(plan.corrected.values()):
        counts.append(IMPORT_CORRECTED.format(count=f"{corrected:,}"))
    if voided := sum(plan.voided.values()):
        counts.append(IMPORT_VOIDED.format(count=f"{voided:,}"))
    if plan.aside:
        counts.append(IMPORT_ASIDE_COUNT.format(count=f"{len(plan.aside):,}"))
    if plan.held:
        counts.append(IMPORT_HELD.format(count=f"{len(plan.held):,}"))
    say(
        "success",
        IMPORT_DONE.format(counts=", ".join(counts)) if counts else IMPORT_DONE_NOTHING,
        place=PLACE,
    )
    st.session_state["imports_round"] = st.session_state.get("imports_round", 0) + 1
    st.session_state.pop(_SEEN, None)
    close()


def keep(chosen: Chosen) -> None:
    """Keep how the chosen files are read under the typed name."""
    name = st.session_state["imports_keep_name"]
    try:
        with acting() as (transaction, by):
            save_mapping(transaction, by=by, name=name, mapping=chosen.mapping().as_json())
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=PLACE)
    else:
        say("success", IMPORT_KEPT.format(name=name.strip()), place=PLACE)
