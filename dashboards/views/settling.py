"""The form that settles a finding: which breach, and why; what it does is the screen's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.views.lot_forms import submit
from dashboards.words import (
    REASON_LABEL,
    SETTLE_HOW,
    SETTLE_SAVE,
    SETTLE_TITLE,
    SETTLE_WHICH,
    SETTLEMENTS,
)
from sql.vocabulary import SettlementKind
from sql.warehouse.check_results import Result, State
from sql.warehouse.findings import breach_ids
from sql.warehouse.rules import Severity
from sql.warehouse.settlements import Settlement


@dataclass(frozen=True)
class Breach:
    """One breach that may be settled, or opened again."""

    table: str
    rule: str
    row: Mapping[str, Any]
    settlement: Settlement | None


def breaches_to_settle(
    results: Iterable[Result], settlements: Mapping[str, Settlement]
) -> dict[str, Breach]:
    """Return every kept breach of a rule that doesn't block, by what names it."""
    return {
        breach: Breach(found.table, found.name, row, settlements.get(breach))
        for result in results
        for found in [result.finding]
        if found is not None
        and result.state is State.FAILED
        and result.check.severity is not Severity.BLOCKS
        for row, breach in zip(found.rows, breach_ids(found), strict=True)
    }


def named(breach: Breach) -> str:
    """Name a breach for a choice: its lot, its rule, and what tells it from others."""
    lot = breach.row.get("lot_code", "")
    rest = ", ".join(
        f"{name} {value}"
        for name, value in breach.row.items()
        if name != "lot_code" and value is not None
    )
    mark = "" if breach.settlement is None else f" ({SETTLEMENTS[breach.settlement.kind]})"
    return f"{lot} · {breach.rule.replace('_', ' ')} · {rest}{mark}"


def settle_form(breaches: Mapping[str, Breach], on_click: Callable[[str], None]) -> None:
    """Draw the form, folded away; nothing where there is no breach to settle."""
    if not breaches:
        return
    with st.expander(SETTLE_TITLE), st.form("settle"):
        st.selectbox(
            SETTLE_WHICH,
            list(breaches),
            index=None,
            key="settle_breach",
            format_func=lambda breach: named(breaches[breach]),
        )
        st.segmented_control(
            SETTLE_HOW,
            [kind.value for kind in SettlementKind],
            default=SettlementKind.EXPLAINED.value,
            required=True,
            key="settle_kind",
            format_func=SETTLEMENTS.__getitem__,
        )
        st.text_input(REASON_LABEL, key="settle_reason")
        submit(SETTLE_SAVE, "settle", on_click)
