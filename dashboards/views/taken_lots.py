"""Which lots went in: a search, a choice, and the kilograms taken of each; of one form.

Every key begins with the form's prefix, so that a form left is forgotten with its list of lots.
"""

import streamlit as st

from dashboards.commands import values
from dashboards.commands.lots import Parent
from dashboards.commands.refusals import BadValue
from dashboards.sessions.connections import record
from dashboards.views.expiry import expiry_box, expiry_reason
from dashboards.views.messages import say_problem
from dashboards.views.new_lot_form import describe
from dashboards.views.number_fields import number_field, number_typed
from dashboards.views.scans import lot_scanned, text_scanned
from dashboards.views.unit_fields import quantity_typed, unit_fields, unit_typed
from dashboards.words import TAKEN_LABEL
from dashboards.words import taking as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Row

# Of how many lots that match, the newest and the first to expire, those with something left are
# offered.
NEWEST = 200


def taken_lots(prefix: str) -> list[str]:
    """Return the codes of the lots on a form's list, to be added to and emptied."""
    return st.session_state.setdefault(f"{prefix}_parents", [])


def taken_typed(prefix: str) -> list[Parent]:
    """Return what was typed about each lot on the list.

    Raises:
        BadValue: A quantity can't be taken; names its field.
    """
    return [
        Parent(
            code,
            number_typed(f"{prefix}_kg_{code}", read=values.moved_kg),
            expiry_reason(f"{prefix}_{code}"),
            quantity_typed(f"{prefix}_{code}_").typed(),
            unit_typed(f"{prefix}_{code}_"),
        )
        for code in taken_lots(prefix)
    ]


def add_taken(prefix: str, place: str) -> None:
    """Put the chosen lot on the list of what went in; say in a place why it can't be."""
    st.session_state[f"{prefix}_saved"] = None
    try:
        typed = st.session_state[f"{prefix}_parent"] or ""
        chosen = lot_scanned(typed, "parent_lot_code") or None
    except (BadValue, RecordUnavailable) as unclear:
        say_problem(unclear, place=place)
        return
    if chosen is not None and chosen not in taken_lots(prefix):
        taken_lots(prefix).append(chosen)
    st.session_state[f"{prefix}_parent"] = None


def draw_taken_lots(prefix: str, place: str, *, has_units: bool = False) -> dict[str, Row | None]:
    """Draw the search for lots, and how much is taken of each that is on the list; return these.

    Args:
        prefix: What the form's keys begin with.
        place: Where it is said why a lot can't be put on the list.
        has_units: Whether it may be said in a unit other than kilograms.
    """
    search, choose, add = st.columns([2, 4, 1], vertical_alignment="bottom")
    typed = search.text_input(
        words.FIND, key=f"{prefix}_parent_search", placeholder=words.FIND_HELP
    )
    with record().snapshot() as snapshot:
        found = snapshot.all("lots_to_take_from", search=text_scanned(typed) or None, newest=NEWEST)
        taken = {code: snapshot.one("lot_shown", lot_code=code) for code in taken_lots(prefix)}
    names = {lot["lot_code"]: describe(lot) for lot in found}
    choose.selectbox(
        words.CHOOSE,
        list(names),
        index=None,
        key=f"{prefix}_parent",
        format_func=lambda code: names.get(code) or code,
        placeholder=words.CHOOSE_HELP.format(count=len(names)),
        accept_new_options=True,
    )
    add.button(
        words.ADD,
        key=f"{prefix}_parent_add",
        on_click=add_taken,
        args=(prefix, place),
        width="stretch",
    )
    for code, lot in taken.items():
        st.text(words.NOT_IN_RECORD.format(code=code) if lot is None else describe(lot))
        widths = [3, 2, 1, 1] if has_units else [6, 1]
        quantity, *own, remove = st.columns(widths, vertical_alignment="bottom")
        number_field(quantity, TAKEN_LABEL, key=f"{prefix}_kg_{code}", read=values.moved_kg)
        if has_units:
            unit_fields(*own, prefix=f"{prefix}_{code}_", unit=lot["unit"] if lot else None)
        remove.button(
            words.REMOVE,
            key=f"{prefix}_remove_{code}",
            on_click=taken_lots(prefix).remove,
            args=(code,),
            width="stretch",
        )
        if lot is not None and lot["is_expired"]:
            expiry_box(f"{prefix}_{code}")
    return taken
