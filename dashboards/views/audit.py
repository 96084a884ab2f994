"""Entries of the audit trail as people read them: which field, from what, to what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.reader.signs import number
from dashboards.views.columns import heading
from dashboards.views.parts import part_for
from dashboards.views.states import checklist_words
from dashboards.views.tables import chosen_rows, table
from dashboards.words import plural
from dashboards.words import trail as words
from dashboards.words.nouns import BREAK
from sql.amounts import without_spare_zeros
from sql.trail.findings import Verification

ENTRIES = [
    "entry_id",
    "recorded_at",
    "written_by",
    "action",
    "table_name",
    "lot_code",
    "reason",
    "face",
    "address",
]
SHOWN_BREAKS = 20


def table_name(name: str) -> str:
    """Say a table as people call what is in it."""
    return words.TABLES.get(name, name)


def in_words(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return entries with their table and action as people say them."""
    return [
        {
            **entry,
            "table_name": table_name(entry["table_name"]),
            "action": words.ACTIONS[entry["action"]],
        }
        for entry in entries
    ]


def changes(entry: Mapping[str, Any], zone: ZoneInfo) -> list[dict[str, str]]:
    """Return a row for each field that the entry set or changed, in words; times in the zone."""
    before, after = entry["before"] or {}, entry["after"] or {}
    return [
        {
            "field": heading(name),
            "old": _said(name, before.get(name), zone),
            "new": _said(name, after.get(name), zone),
        }
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


@part_for(Action.READ_AUDIT)
def draw_rows(entries: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> None:
    """Draw entries as a table, and what the ticked one changed."""
    ticked = table(
        in_words(entries), ENTRIES, zone, key="audit_table", height="content", select="rerun"
    )
    for at in chosen_rows(ticked, len(entries)):
        entry = entries[at]
        st.markdown(words.ENTRY_TITLE.format(entry_id=number(entry["entry_id"])))
        table(changes(entry, zone), ["field", "old", "new"], zone, key="audit_change")
        st.caption(words.ENTRY_HASH.format(hash=entry["hash"]))


def verification_of(found: Verification, verified_at: datetime) -> None:
    """Draw what a verification found: whole, or every break."""
    when = f"{verified_at:%Y-%m-%d %H:%M:%S}"
    if not found.breaks:
        skipped = (
            words.SKIPPED.format(count=number(found.anchors_skipped))
            if found.anchors_skipped
            else ""
        )
        st.success(
            words.WHOLE.format(
                when=when,
                entries=number(found.length),
                anchors=number(found.anchors_checked),
                skipped=skipped,
                head=(found.head or "")[:16],
            )
        )
        return
    st.error(words.NOT_WHOLE.format(when=when, breaks=plural(len(found.breaks), BREAK)))
    for broken in found.breaks[:SHOWN_BREAKS]:
        st.text(broken.text)
    if len(found.breaks) > SHOWN_BREAKS:
        st.caption(words.MORE_BREAKS.format(count=number(len(found.breaks) - SHOWN_BREAKS)))


def _said(name: str, value: Any, zone: ZoneInfo) -> str:
    """Say a value as the tables do, an empty one as nothing."""
    if value is None:
        return ""
    if name.endswith("_at"):
        return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float):
        return f"{without_spare_zeros(Decimal(repr(value))):f}"
    return str(checklist_words(value) if name == "checklist" and _is_ticked(value) else value)


def _is_ticked(value: Any) -> bool:
    """Tell a decision's checklist from a gate's, which nobody has ticked."""
    return isinstance(value, list) and all("is_ticked" in point for point in value)
