"""Screen: search the audit trail, and verify it."""

from datetime import datetime

import streamlit as st

from dashboards.commands.authority import Action, require
from dashboards.commands.refusals import Refusal
from dashboards.reader.signs import number
from dashboards.sessions.connections import auditors_record, config
from dashboards.sessions.current import acting_person, person, presser
from dashboards.views.audit import draw_rows, verification_of
from dashboards.views.audit_search import audit_search
from dashboards.views.downloads import csv_bytes
from dashboards.views.messages import say_problem, show
from dashboards.words import trail as words
from sql.errors import RecordUnavailable
from sql.trail.audit import verify
from sql.trail.kept_anchors import all_anchors

PAGE_SIZE = 100
MOST_EXPORTED = 100_000
EXPORTED = [
    "entry_id",
    "recorded_at",
    "written_by",
    "face",
    "address",
    "action",
    "table_name",
    "row_id",
    "lot_code",
    "reason",
    "before",
    "after",
    "hash",
]

reader = person()
zone = config().zone


def first_page() -> None:
    """Start at the newest entries again, because the search changed."""
    st.session_state["audit_page"] = 1


def check() -> None:
    """Verify the whole trail now."""
    try:
        require(acting_person(), Action.READ_AUDIT)
        verify_all()
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="audit")


def verify_all() -> None:
    """Verify every entry and fact, and keep the verdict for the drawing."""
    with (
        st.spinner(words.VERIFYING),
        auditors_record().snapshot() as snapshot,
    ):
        st.session_state["audit_verdict"] = verify(snapshot, all_anchors(config()))
    st.session_state["audit_verified_at"] = datetime.now(zone)


def draw_entries(wanted: dict) -> None:
    """Draw one page of the entries found, and what the ticked one changed."""
    page = st.session_state.get("audit_page", 1)
    with auditors_record().snapshot() as snapshot:
        found = snapshot.all(
            "audit_page", **wanted, page_size=PAGE_SIZE, skipped=(page - 1) * PAGE_SIZE
        )
    if not found:
        st.info(words.NO_ENTRY)
        return
    total = found[0]["found_count"]
    noun = words.ENTRY if total == 1 else words.ENTRIES
    st.caption(words.NEWEST_FIRST.format(count=number(total), entries=noun))
    draw_rows(found, zone)
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key="audit_page")
    draw_export(wanted, total)


def draw_export(wanted: dict, total: int) -> None:
    """Draw the download of everything found, or say why it must be narrower."""
    if total > MOST_EXPORTED:
        most = number(MOST_EXPORTED)
        st.caption(words.NARROW.format(most=most))
        return

    by = presser()

    def rows() -> list:
        require(by(), Action.READ_AUDIT)
        with auditors_record().snapshot() as snapshot:
            return snapshot.all("audit_page", **wanted, page_size=MOST_EXPORTED, skipped=0)

    st.download_button(
        words.ENTRIES_CSV,
        data=lambda: csv_bytes(rows(), EXPORTED, zone),
        file_name="audit-trail.csv",
        mime="text/csv",
        key="audit_csv",
        on_click="ignore",
        icon=":material/download:",
    )


st.title(words.TITLE)
if not reader.may(Action.READ_AUDIT):
    st.info(words.NOT_READER)
    st.stop()
st.caption(words.LEAD)
show("audit")
st.button(
    words.VERIFY,
    key="audit_verify",
    on_click=check,
    icon=":material/verified_user:",
)
if "audit_verdict" in st.session_state:
    verification_of(st.session_state["audit_verdict"], st.session_state["audit_verified_at"])
with auditors_record().snapshot() as reading:
    writers = reading.all("audit_people")
    kinds = [row["table_name"] for row in reading.all("audited_tables")]
draw_entries(audit_search(writers, kinds, zone, on_change=first_page))
