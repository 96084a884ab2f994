"""What an import would do, as the import screen shows it: by table, by cause, to be confirmed."""

from typing import Any

import streamlit as st

from dashboards.commands.import_tables import TABLES
from dashboards.exports.csv_text import csv_text
from dashboards.imports.preview import Preview
from dashboards.imports.refused_lines import FIRST_LINES, causes
from dashboards.views.plain import literal
from dashboards.words.imports import (
    DECIMAL_EACH,
    DECIMAL_SIGNS,
    IMPORT_ASIDE,
    IMPORT_CONFIRM,
    IMPORT_COUNTS,
    IMPORT_HELD,
    IMPORT_NOTHING_NEW,
    IMPORT_ON_SCREEN,
    IMPORT_ONE_VALUE,
    IMPORT_PASSED,
    IMPORT_REFUSED,
    IMPORT_REFUSED_FILE,
    IMPORT_SPOILT,
    IMPORT_TABLES,
    IMPORT_TO_CORRECT,
    IMPORT_VALUES,
)

CONFIRMED = "imports_confirmed"
_COLUMNS = ["file", "line", "column", "value", "reason"]


def draw_outcome(seen: Preview) -> bool:
    """Draw what an import would do; tells whether it may be done as it stands."""
    plan = seen.plan
    if plan.rows:
        st.dataframe([_counts(seen, stem) for stem in TABLES if stem in plan.rows], hide_index=True)
    if seen.refused:
        st.error(IMPORT_REFUSED.format(count=_values(len(seen.refused))))
        _draw_causes(seen.refused, "imports_refused")
        st.download_button(
            IMPORT_REFUSED_FILE,
            data=lambda: _file(seen.refused),
            file_name="refused.csv",
            mime="text/csv",
            key="imports_refused_file",
            on_click="ignore",
            icon=":material/download:",
        )
        return False
    if plan.corrections:
        st.warning(IMPORT_TO_CORRECT.format(count=_values(len(plan.corrections))))
        _draw_causes(plan.corrections, "imports_corrections")
        st.checkbox(IMPORT_CONFIRM, key=CONFIRMED)
    if plan.aside:
        st.warning(IMPORT_ASIDE.format(count=_values(len(plan.aside))))
        _draw_causes(plan.aside, "imports_aside")
    if plan.held:
        st.warning(IMPORT_HELD.format(count=f"{len(plan.held):,}"))
        _draw_lines(plan.held, "imports_held")
    for cells, words in ((seen.passed_over, IMPORT_PASSED), (seen.spoilt, IMPORT_SPOILT)):
        if cells:
            with st.expander(words.format(count=_values(len(cells)))):
                _draw_causes(cells, f"imports_{words[8:14]}")
    if not any(plan.added.values()) and not plan.corrections and not plan.aside:
        st.info(IMPORT_NOTHING_NEW)
        return False
    return not plan.corrections or bool(st.session_state.get(CONFIRMED))


def _counts(seen: Preview, stem: str) -> dict[str, Any]:
    """Count a table's rows by what becomes of them."""
    plan = seen.plan
    new = plan.added[stem]
    first = ", ".join(str(line) for line in new[:FIRST_LINES])
    figures = {
        "table": IMPORT_TABLES[stem],
        "rows": plan.rows[stem],
        "new": len(new),
        "corrected": plan.corrected[stem],
        "voided": plan.voided.get(stem, 0),
        "aside": plan.aside_rows.get(stem, 0),
        "known": plan.known(stem),
        "refused": plan.refused[stem],
        "first": first + (", …" if len(new) > FIRST_LINES else ""),
        "decimals": ", ".join(
            sorted(DECIMAL_SIGNS.get(sign, DECIMAL_EACH) for sign in seen.decimals.get(stem, ()))
        ),
    }
    return {IMPORT_COUNTS[name]: value for name, value in figures.items()}


def _draw_causes(cells: Any, key: str) -> None:
    """Draw a line for each cause, in a box that scrolls."""
    _draw_lines(causes(cells), key)


def _draw_lines(lines: Any, key: str) -> None:
    """Draw lines in a box that scrolls."""
    with st.container(height=min(40 + 40 * len(lines), 320), key=key):
        st.markdown("\n".join(f"- {literal(_on_screen(str(line)))}" for line in lines))


def _on_screen(said: str) -> str:
    """Say the way out as the screen has it, where a refusal says how a terminal takes it."""
    for in_terminal, here in IMPORT_ON_SCREEN.items():
        said = said.replace(in_terminal, here)
    return said


def _file(cells: Any) -> bytes:
    rows = [{name: getattr(cell, name) for name in _COLUMNS} for cell in cells]
    rows = [{**row, "reason": _on_screen(row["reason"])} for row in rows]
    return csv_text(rows, _COLUMNS).encode("utf-8-sig")


def _values(count: int) -> str:
    return IMPORT_ONE_VALUE if count == 1 else IMPORT_VALUES.format(count=count)
