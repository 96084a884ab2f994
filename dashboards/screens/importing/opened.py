"""The files of the import screen, opened once for as long as they are read alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.commands.import_files import Rejection
from dashboards.imports.files import sheets_of, unpacked
from dashboards.imports.given import Sheet, of_file
from dashboards.imports.reading import Reading, Unreadable

_KEPT = "imports_opened"


@dataclass(frozen=True)
class Opened:
    """Files as they were opened.

    Attributes:
        key: Of which files, read how.
        sheets: Their sheets, hidden ones too.
        unreadable: The files that can't be read, and why.
    """

    key: tuple
    sheets: Sequence[Sheet]
    unreadable: Sequence[Rejection]


def opened(files: Sequence[Any], reading: Reading) -> Opened:
    """Open uploaded files, or return them as they were opened before."""
    key = (tuple(file.file_id for file in files), reading)
    kept = st.session_state.get(_KEPT)
    if kept is not None and kept.key == key:
        return kept
    sheets: list[Sheet] = []
    unreadable = []
    for one in unpacked(((file.name, file.getvalue()) for file in files), reading):
        if isinstance(one, Rejection):
            unreadable.append(one)
            continue
        try:
            found = sheets_of(*one, reading)
            sheets += [sheet for sheet in found if sheet.first_rows(1)]
        except Unreadable as why:
            unreadable.append(of_file(one[0], str(why)))
    now = Opened(key, sheets, unreadable)
    st.session_state[_KEPT] = now
    return now


def close() -> None:
    """Forget the files."""
    st.session_state.pop(_KEPT, None)
