"""The form that restates a lot's values, filled with what is known now."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands import values
from dashboards.views.columns import DAY_FORMAT
from dashboards.views.confirming import confirm_box
from dashboards.views.correction_times import day_and_minute
from dashboards.views.lot_forms import Row, submit
from dashboards.views.number_fields import number_field, number_shown
from dashboards.views.partner_names import partner_names
from dashboards.views.unit_fields import unit_fields
from dashboards.words import (
    REASON_LABEL,
    TEMPERATURE_LABEL,
    WEIGHED_SO,
    WEIGHED_SO_HELP,
    WEIGHT_LABEL,
    column_heading,
    type_words,
)
from dashboards.words.correcting import AS_IT_SHOULD_READ, CORRECT, DAY, NONE, PRODUCT, TIME, USE_BY
from sql.stretches import put_together

_KNOWN = ("lot_code", "correction_id", "happened_at", "happened_until")


def correct_form(
    lot: Row,
    lists: Mapping[str, Iterable[Row]],
    zone: ZoneInfo,
    on_click: Callable[[str], None],
) -> None:
    """Draw the form that restates a lot's values, filled with what is known now.

    Args:
        lot: As its page shows it.
        lists: `products_known`, `suppliers_known`, `runs_known` and `lot_types_known`.
        zone: In which its time is typed.
        on_click: Called with the click's nonce when somebody corrects.
    """
    names = {row["product_code"]: row["name"] for row in lists["products_known"]}
    if lot["product_code"] is not None:
        names.setdefault(lot["product_code"], lot["product_name"])  # it may be retired since
    suppliers = partner_names(lists["suppliers_known"])
    if lot["supplier_code"] is not None:
        suppliers.setdefault(lot["supplier_code"], lot["supplier_name"])
    types = {lot["lot_type"]: lot["type_name"]} if lot["lot_type"] is not None else {}
    types |= {row["lot_type"]: row["name_en"] for row in lists["lot_types_known"]}
    going_on = [row["run_code"] for row in lists["runs_known"]]
    runs = list(dict.fromkeys([*filter(None, [lot["run_code"]]), *going_on]))
    known = {name: lot[name] for name in _KNOWN}
    if st.session_state.get("correct_known") != known or "correct_day" not in st.session_state:
        # Another lot, one corrected meanwhile, or a form that was not drawn for a while.
        st.session_state.update(_as_known(lot, zone))
        st.session_state["correct_known"] = known
    with st.form("correct"):
        st.caption(AS_IT_SHOULD_READ)
        left, right = st.columns(2)
        number_field(left, WEIGHT_LABEL, key="correct_weight_kg")
        number_field(
            right, TEMPERATURE_LABEL, key="correct_temperature_c", read=values.temperature_c
        )
        unit_fields(left, right, prefix="correct_")
        if lot["quantity"] is not None:
            st.checkbox(WEIGHED_SO, key="correct_weighed_so", help=WEIGHED_SO_HELP)
        left.selectbox(
            PRODUCT,
            list(names),
            key="correct_product",
            placeholder=NONE,
            format_func=lambda code: f"{code} · {names[code]}",
        )
        right.date_input(USE_BY, key="correct_expires_on", format=DAY_FORMAT)
        left.selectbox(
            column_heading("supplier_name"),
            list(suppliers),
            key="correct_supplier",
            placeholder=NONE,
            format_func=suppliers.__getitem__,
        )
        right.text_input(column_heading("supplier_lot_code"), key="correct_supplier_lot")
        left.selectbox(column_heading("run_code"), runs, key="correct_run", placeholder=NONE)
        right.text_input(column_heading("printed_code"), key="correct_printed_code")
        left.selectbox(
            column_heading("lot_type"),
            list(types),
            key="correct_lot_type",
            placeholder=NONE,
            format_func=lambda code: type_words(code, types[code]),
        )
        left, right = st.columns(2)
        left.date_input(DAY, key="correct_day", format=DAY_FORMAT)
        right.time_input(TIME, key="correct_time", step=60)
        st.text_input(REASON_LABEL, key="correct_reason")
        confirm_box("correct")
        submit(CORRECT, "correct", on_click)


def _as_known(lot: Row, zone: ZoneInfo) -> dict[str, Any]:
    """Return what the form of correction shows of a lot, by field."""
    day, minute = day_and_minute(put_together(lot), zone)
    return {
        "correct_weight_kg": number_shown(lot["weight_kg"]),
        "correct_temperature_c": number_shown(lot["temperature_c"]),
        "correct_quantity": number_shown(lot["quantity"]),
        "correct_unit": lot["unit"],
        "correct_weighed_so": False,
        "correct_product": lot["product_code"],
        "correct_expires_on": lot["expires_on"],
        "correct_supplier": lot["supplier_code"],
        "correct_supplier_lot": lot["supplier_lot_code"] or "",
        "correct_run": lot["run_code"],
        "correct_printed_code": lot["printed_code"] or "",
        "correct_lot_type": lot["lot_type"],
        "correct_day": day,
        "correct_time": minute,
    }
