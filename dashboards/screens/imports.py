"""Screen: bring files in, whoever's they are: as read, as mapped, as seen, then at once."""

from dataclasses import replace

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.imports.mappings import ColumnMapping
from dashboards.imports.reading import Reading
from dashboards.screens.importing.acts import PLACE, bring_in, keep, look, seen
from dashboards.screens.importing.chosen import Chosen
from dashboards.screens.importing.columns import draw_sheet
from dashboards.screens.importing.export import draw_export
from dashboards.screens.importing.opened import Opened, opened
from dashboards.screens.importing.options import draw_how, draw_options
from dashboards.screens.importing.outcome import draw_outcome
from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.views.messages import show
from dashboards.views.once import nonce
from dashboards.views.plain import literal
from dashboards.words.imports import (
    IMPORT_BEGIN,
    IMPORT_BUTTON,
    IMPORT_FILES,
    IMPORT_KEEP,
    IMPORT_KEEP_BUTTON,
    IMPORT_LOOK,
    IMPORT_NOT_YOURS,
    IMPORT_TABLES,
    IMPORT_TITLE,
    IMPORT_TWICE,
)

importer = person()


def draw_sheets(files: Opened, mapping: ColumnMapping, name: str, reading: Reading) -> Chosen:
    """Draw every sheet, and return those that are chosen and understood."""
    chosen, is_whole = [], True
    for number, sheet in enumerate(files.sheets):
        layout = draw_sheet(sheet, mapping, f"imports_{hash((files.key, name))}_{number}")
        if layout is not None:
            chosen.append((sheet, layout))
    by_stem: dict[str | None, str] = {}
    for sheet, layout in chosen:
        other = by_stem.setdefault(layout.stem, sheet.shown)
        if other != sheet.shown:
            table = IMPORT_TABLES[layout.stem or ""]
            said = IMPORT_TWICE.format(first=other, second=sheet.shown, table=table)
            st.error(literal(said))
            is_whole = False
    return Chosen((files.key, name), reading, chosen if is_whole else [])


st.title(IMPORT_TITLE)
if not importer.may(Action.IMPORT):
    st.info(IMPORT_NOT_YOURS)
    st.stop()
show(PLACE)
uploaded = st.file_uploader(
    IMPORT_FILES,
    accept_multiple_files=True,
    max_upload_size=config().import_mb,
    key=f"imports_files_{st.session_state.get('imports_round', 0)}",
)
reading, mapping, name = draw_options()
if not uploaded:
    st.info(IMPORT_BEGIN)
    draw_export()
    st.stop()
files = opened(uploaded, replace(reading, sheets=None))
for refused in files.unreadable:
    st.error(literal(f"{refused.file} {refused.reason}"))
chosen = draw_sheets(files, mapping, name, reading)
if chosen.sheets:
    chosen = draw_how(chosen)
    st.button(
        IMPORT_LOOK,
        key="imports_look",
        on_click=look,
        args=(chosen,),
        icon=":material/preview:",
        type="primary" if seen(chosen) is None else "secondary",
    )
    outcome = seen(chosen)
    if outcome is not None:
        is_ready = draw_outcome(outcome)
        used = nonce("imports")
        st.button(
            IMPORT_BUTTON,
            key=f"imports_import_{used}",
            on_click=bring_in,
            args=(chosen, used),
            disabled=not is_ready,
            type="primary",
            icon=":material/upload:",
        )
    with st.form("imports_keep"):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        left.text_input(IMPORT_KEEP, key="imports_keep_name", max_chars=100)
        right.form_submit_button(IMPORT_KEEP_BUTTON, on_click=keep, args=(chosen,))
