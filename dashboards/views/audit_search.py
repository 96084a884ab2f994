"""What narrows the audit trail: any text, what it is about, who wrote, and from which days."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.audit import table_name
from dashboards.views.columns import DAY_FORMAT
from dashboards.views.scans import text_scanned
from dashboards.words import trail as words
from sql.record.transactions import Row


def audit_search(
    people: Iterable[Row], tables: Sequence[str], zone: ZoneInfo, *, on_change: Callable[[], None]
) -> dict[str, Any]:
    """Draw the search and return what it asks for, as the query of the trail takes it.

    Args:
        people: Who ever wrote, with user_id and full_name.
        tables: What entries may be about.
        zone: In which days are meant.
        on_change: Called when the search changed.
    """
    names = {row["user_id"]: row["full_name"] for row in people}
    typed, what, who, days = st.columns([4, 3, 3, 3])
    search = typed.text_input(
        words.SEARCH,
        key="audit_search",
        on_change=on_change,
        placeholder=words.SEARCH_FOR,
    )
    chosen_table = what.selectbox(
        words.WHAT,
        tables,
        index=None,
        key="audit_what",
        placeholder=words.ALL,
        format_func=table_name,
        on_change=on_change,
    )
    user_id = who.selectbox(
        words.WHO,
        list(names),
        index=None,
        key="audit_who",
        placeholder=words.ANYBODY,
        format_func=names.__getitem__,
        on_change=on_change,
    )
    span = days.date_input(
        words.DAYS, value=[], key="audit_days", on_change=on_change, format=DAY_FORMAT
    )
    first, last = (span[0], span[-1]) if span else (None, None)
    return {
        "search": text_scanned(search) or None,
        "table_name": chosen_table,
        "user_id": user_id,
        "earliest": first and datetime.combine(first, time(), zone),
        "latest": last and datetime.combine(last + timedelta(days=1), time(), zone),
    }
