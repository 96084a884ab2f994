"""The plant's own files to take away, as an import takes them."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboards.commands.authority import Action, Person, require
from dashboards.exports.plant_files import plant_archive
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import presser
from dashboards.words.imports import EXPORT_BUTTON, EXPORT_SAYS, EXPORT_TITLE


def draw_export() -> None:
    """Draw the button that packs what stands in the record when somebody presses it."""
    st.divider()
    st.header(EXPORT_TITLE)
    st.caption(EXPORT_SAYS)
    st.download_button(
        EXPORT_BUTTON,
        data=partial(_packed, presser()),
        file_name="lotline-export.zip",
        mime="application/zip",
        key="imports_export",
        on_click="ignore",
        icon=":material/download:",
    )


def _packed(by: Callable[[], Person]) -> bytes:
    """Pack the files as they are at this moment, for whoever may import at this moment."""
    require(by(), Action.IMPORT)
    with record().snapshot() as snapshot:
        return plant_archive(snapshot, config().zone)
