"""The label of the open lot: its code to scan and to type, and the label to print."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboards.exports.lot_label import label, picture_svg
from dashboards.views.code_picture import code_picture
from dashboards.words.searches import LABEL_HELP, LABEL_PRINT, LABEL_TITLE


def draw_label(lot: Mapping[str, Any]) -> None:
    """Draw the short code of the lot's label, and what prints it."""
    with st.expander(LABEL_TITLE.format(code=lot["label_code"]), icon=":material/qr_code_2:"):
        code_picture(picture_svg(lot["label_code"]), lot["label_code"], width=160)
        st.caption(LABEL_HELP)
        st.download_button(
            LABEL_PRINT,
            data=lambda: label(lot),
            file_name=f"label-{lot['label_code']}.pdf",
            mime="application/pdf",
            key="lot_label_pdf",
            on_click="ignore",
            icon=":material/print:",
        )
