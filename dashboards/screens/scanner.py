"""Screen: set up this terminal's hand scanner by a card, and see whether its camera can be used."""

import streamlit as st

from dashboards.exports.calibration_card import CARD_IN_BRACKETS, card_pdf, card_svg
from dashboards.screens.scanning.calibrating import ARRIVED, KEYS_TOLD, Arrived, keys_field
from dashboards.sessions.current import person
from dashboards.views.code_picture import code_picture
from dashboards.views.plain import literal
from dashboards.views.scanner import keep_terminal, terminal
from dashboards.words.scanning import (
    CAMERA_HERE,
    CAMERA_TITLE,
    CAMERA_WORDS,
    CARD_ARRIVED,
    CARD_HELP,
    CARD_NAME,
    CARD_PRINT,
    CARD_TITLE,
    CARD_WAITING,
    KEYS,
    SCANNER_LEAD,
    SCANNER_TITLE,
    TERMINAL_KEYS,
)


def choose_keys() -> None:
    """Keep how this terminal reads a scanner's keys, as a person says."""
    chosen = st.session_state[KEYS_TOLD] = st.session_state[keys_field()]
    keep_terminal({"keys": chosen})


def draw_arrived(arrived: Arrived | None) -> None:
    """Say what arrived of the card, and what it means."""
    if arrived is None:
        st.info(CARD_WAITING, icon=":material/barcode_scanner:")
        return
    st.markdown(CARD_ARRIVED.format(text=arrived.text.replace("`", "'")))
    draw = {"success": st.success, "error": st.error, "warning": st.warning, "info": st.info}
    draw[arrived.kind](literal(arrived.words))


person()
st.title(SCANNER_TITLE)
st.markdown(SCANNER_LEAD)
st.markdown(f"## {CARD_TITLE}")
st.markdown(CARD_HELP)
code_picture(card_svg(), CARD_IN_BRACKETS, width=480)
st.download_button(
    CARD_PRINT,
    data=lambda: card_pdf(CARD_NAME),
    file_name="calibration-card.pdf",
    mime="application/pdf",
    key="scanner_card_pdf",
    on_click="ignore",
    icon=":material/print:",
)
came: Arrived | None = st.session_state.get(ARRIVED)
draw_arrived(came)
told = terminal()
if told:
    kept = told.get("keys")
    known = st.session_state.get(KEYS_TOLD, kept)
    st.radio(
        TERMINAL_KEYS,
        list(KEYS),
        index=list(KEYS).index(known) if known in KEYS else 0,
        format_func=KEYS.__getitem__,
        key=keys_field(),
        on_change=choose_keys,
    )
st.markdown(f"## {CAMERA_TITLE}")
if told.get("has_camera") is False:
    st.warning(CAMERA_WORDS["needs_https"], icon=":material/no_photography:")
else:
    st.caption(CAMERA_HERE)
