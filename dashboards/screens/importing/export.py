"""The plant's own files to take away, as an import takes them."""

import streamlit as st

from dashboards.commands.authority import Action, require
from dashboards.exports.plant_files import plant_archive
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import acting_person
from dashboards.words.imports import EXPORT_BUTTON, EXPORT_SAYS, EXPORT_TITLE


def draw_export() -> None:
    """Draw the button that packs what stands in the record when somebody presses it."""
    st.divider()
    st.header(EXPORT_TITLE)
    st.caption(EXPORT_SAYS)
    st.download_button(
        EXPORT_BUTTON,
        data=_packed,
        file_name="lotline-export.zip",
        mime="application/zip",
        key="imports_export",
        on_click="ignore",
        icon=":material/download:",
    )


def _packed() -> bytes:
    """Pack the files as they are at this moment."""
    require(acting_person(), Action.IMPORT)
    with record().snapshot() as snapshot:
        return plant_archive(snapshot, config().zone)
