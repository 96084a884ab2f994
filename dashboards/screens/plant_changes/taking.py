"""Another process in the place of this one: a template, or files; seen before it is taken."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

import streamlit as st

from dashboards.commands.process import Process
from dashboards.commands.process.applying import changes_of
from dashboards.commands.process.differences import Difference
from dashboards.commands.refusals import Refusal
from dashboards.exports.process_files import process_archive
from dashboards.imports.archives import files_within
from dashboards.imports.process_folder import (
    TEMPLATES,
    process_of_files,
    read_process,
    template_names,
)
from dashboards.imports.reading import Unreadable
from dashboards.screens.plant_changes.saving import apply
from dashboards.sessions.connections import config, record
from dashboards.views.plain import literal, literal_lines
from dashboards.words import plant as words

NAME, REASON, ROUND = "plant_files_name", "plant_template_reason", "plant_files_round"
FILES = "files"
MOST_BYTES = 1 << 24  # a process is some kilobytes; 16 MB are no process


def draw_files(in_force: Process) -> None:
    """Draw the button that packs the process in force, as files that are taken here too."""
    st.caption(words.PLANT_FILES_SAYS)
    st.download_button(
        words.PLANT_FILES_BUTTON,
        data=partial(process_archive, in_force),
        file_name=f"{in_force.name}.zip",
        mime="application/zip",
        key="plant_files_download",
        on_click="ignore",
        icon=":material/download:",
    )


def draw_taking() -> None:
    """Draw the choice of another process, what it would change, and the button that takes it."""
    with st.expander(words.PLANT_TAKING):
        st.caption(words.PLANT_TEMPLATE)
        chosen = st.selectbox(
            words.PLANT_TAKEN_FROM,
            [*template_names(), FILES],
            index=None,
            key="plant_template",
            format_func=lambda name: words.PLANT_FROM_FILES if name == FILES else name,
            placeholder=words.PLANT_CHOOSE,
        )
        wanted = _of_files() if chosen == FILES else chosen and read_process(TEMPLATES / chosen)
        changes = _seen(wanted) if wanted else None
        st.text_input(words.PLANT_REASON, key=REASON)
        st.button(
            words.PLANT_TAKE,
            key="plant_take",
            on_click=take,
            args=(wanted,),
            disabled=not changes,
        )


def take(wanted: Process) -> None:
    """Take a whole process as the plant's; what was chosen goes when it is taken."""
    if apply(wanted, st.session_state[REASON]):
        st.session_state["plant_template"] = None
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.session_state.pop(NAME, None)


def _of_files() -> Process | None:
    """Let files be chosen, and read them as a process; None: there are none, or they are wrong."""
    uploaded = st.file_uploader(
        words.PLANT_FILES,
        accept_multiple_files=True,
        max_upload_size=config().import_mb,
        key=f"plant_files_{st.session_state.get(ROUND, 0)}",
    )
    if not uploaded:
        return None
    name = st.text_input(
        words.PLANT_FILES_NAME, value=PurePath(uploaded[0].name).stem, key=NAME, max_chars=100
    )
    try:
        return process_of_files(name, _unpacked(uploaded))
    except Refusal as problem:
        st.error(literal_lines(str(problem)))
    except Unreadable as problem:
        st.error(literal(f"{uploaded[0].name} {problem}"))
    return None


def _unpacked(uploaded: Sequence[Any]) -> list[tuple[str, bytes]]:
    """Return uploaded files, those of an archive one by one."""
    found: list[tuple[str, bytes]] = []
    for file in uploaded:
        raw = file.getvalue()
        found += files_within(raw, MOST_BYTES) or [(file.name, raw)]
    return found


def _seen(wanted: Process) -> Sequence[Difference] | None:
    """Say what a process would change; None: it can't be taken, and why is said."""
    try:
        with record().snapshot() as reading:
            changes = changes_of(reading, wanted)
    except Refusal as problem:
        st.error(literal_lines(str(problem)))
        return None
    st.markdown(words.PLANT_WOULD.format(count=len(changes)) if changes else words.PLANT_SAME)
    for change in changes:
        st.markdown(f"- {literal(str(change))}")
    return changes
