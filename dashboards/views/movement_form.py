"""The form for what else happens to a lot, and what is said of its balance; acts are elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.commands import values
from dashboards.commands.movement_values import GOT_BY_PARTNER, REASONED, STAYS
from dashboards.reader.parts import percent
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.lot_forms import submit
from dashboards.views.number_fields import number_field
from dashboards.views.partner_names import partner_names
from dashboards.views.passwords import password_field
from dashboards.views.place_choice import place_choice
from dashboards.views.plain import literal
from dashboards.views.unit_fields import unit_fields
from dashboards.words import SIGN_HERE, how_much, kilograms
from dashboards.words import movements as words
from sql.movements import Band, MovementKind, quantity_check

Row = Mapping[str, Any]
REJECTED = "rejected"


def move_form(
    lot: Row,
    lines: Sequence[Row],
    partners: Iterable[Row],
    places: Sequence[Row],
    *,
    on_click: Callable[[str], None],
) -> None:
    """Draw the choice of what happened, and the fields that go with it.

    Args:
        lot: The lot, with its disposition.
        lines: Its shipment lines, each with what came back of it.
        partners: Whom something may be sent back or given to.
        places: Where it may leave, or be put when it comes back.
        on_click: Acts, with the form's nonce.
    """
    kind = st.selectbox(
        words.MOVE_KIND,
        list(MovementKind),
        index=None,
        key="move_kind",
        format_func=words.MOVEMENT_KINDS.__getitem__,
        placeholder=words.MOVE_NO_KIND,
    )
    if kind is None:
        return
    st.caption(words.MOVEMENT_HINTS[kind])
    if kind == MovementKind.RETURNED and not lines:
        st.info(words.MOVE_NOTHING_SHIPPED)
        return
    with st.form("move"):
        quantity, reason = st.columns([2, 3])
        if kind == MovementKind.COUNTED:
            number_field(quantity, words.MOVE_FOUND_KG, key="move_kg", read=values.weight_kg)
        else:
            number_field(quantity, words.MOVE_KG, key="move_kg", read=values.moved_kg)
        unit_fields(*st.columns([3, 2]), prefix="move_", unit=lot["unit"])
        asked = words.MOVE_WHY if kind in REASONED else words.MOVE_WHY_OR_NOT
        reason.text_input(asked, key="move_reason")
        _draw_with_whom(kind, lines, partners)
        if places and kind not in STAYS:
            is_return = kind == MovementKind.RETURNED
            label = words.MOVE_PLACE_TO if is_return else words.MOVE_PLACE_LEFT
            place_choice(st, places, key="move_place", label=label)
        floor_time_fields("move")
        if kind == MovementKind.DESTROYED and lot["disposition"] == REJECTED:
            password_field(SIGN_HERE, "move_password", "current-password")
        submit(words.MOVE_SAVE, "move", on_click)


def _draw_with_whom(kind: MovementKind, lines: Sequence[Row], partners: Iterable[Row]) -> None:
    """Draw the shipment that something came back of, or who got it."""
    if kind == MovementKind.RETURNED:
        said = {line["shipment_id"]: _line_said(line) for line in lines}
        st.selectbox(
            words.MOVE_LINE,
            list(said),
            index=0 if len(said) == 1 else None,
            key="move_line",
            format_func=said.__getitem__,
        )
    if kind in GOT_BY_PARTNER:
        names = partner_names(partners)
        is_supplier = kind == MovementKind.SENT_BACK
        st.selectbox(
            words.MOVE_GOT_BY_SUPPLIER if is_supplier else words.MOVE_GOT_BY,
            list(names),
            index=None,
            key="move_partner",
            format_func=names.__getitem__,
        )


def _line_said(line: Row) -> str:
    """Say a shipment's line, and what came back of it."""
    is_back = line["returned_kg"] or line["returned_quantity"]
    said = words.MOVE_LINE_SAID if is_back else words.MOVE_LINE_UNTOUCHED
    return said.format(
        shipment=line["shipment_code"],
        customer=line["customer_name"],
        shipped=how_much(line["quantity"], line["unit"], line["quantity_kg"]),
        returned=how_much(line["returned_quantity"] or None, line["unit"], line["returned_kg"]),
    )


def draw_undecided(lot: Row) -> None:
    """Say what came back of the lot and waits for a decision."""
    if lot["undecided_kg"] is not None:
        kg = kilograms(lot["undecided_kg"] if not lot["undecided_unknown_count"] else None)
        text = words.RETURN_UNDECIDED.format(kg=kg[:1].upper() + kg[1:])
        st.warning(text, icon=":material/assignment_return:")


def accounted_said(lot: Row, band: Band) -> str:
    """Say which part of a lot is accounted for, and whether that is within the band."""
    ratio = lot["accounted_ratio"]
    if ratio is None:
        return words.ACCOUNTED_UNKNOWN
    if ratio == 0 and not lot["is_counted"]:
        return words.ACCOUNTED_NOTHING
    check = quantity_check(ratio, lot["is_counted"], band)
    said = words.ACCOUNTED_SAID.format(percent=percent(ratio), check=words.QUANTITY_CHECKS[check])
    difference = lot["counted_difference_kg"]
    if not difference:
        return literal(said)
    return literal(
        said
        + " "
        + words.COUNT_DIFFERENCE.format(
            kg=kilograms(abs(difference)), more="more" if difference > 0 else "less"
        )
    )
