"""The fields of a part of the process, and what was typed into them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.commands.process import Kind, Part, Process
from dashboards.commands.process.guards import WORDS
from dashboards.commands.process.writing import points_of
from dashboards.exports.process_files import cell_text
from dashboards.words.plant import (
    CHECKLIST_EN,
    CHECKLIST_HU,
    PLANT_FIELDS,
    PLANT_NO,
    PLANT_NONE,
    PLANT_REASON,
    PLANT_WHATEVER,
    PLANT_WORDS,
    PLANT_YES,
)

NEW = "new"
# What names a part of another kind: (kind, column) -> where its choices are.
_NAMED = {
    ("gates", "phase_number"): "phases",
    ("limits", "gate_number"): "gates",
    ("limits", "lot_type"): "lot_types",
    ("rules", "lot_type"): "lot_types",
    ("rules", "input_lot_type"): "lot_types",
}


def slot(kind: str, column: str, of: str) -> str:
    """Name the place where a field is kept; another part has fields of its own."""
    return f"plant_{kind}_{column}_{of}"


def part_fields(
    process: Process, kind: Kind, part: Part | None, of: str, products: Sequence[str]
) -> None:
    """Draw the fields of a part; what names one that there is can't be changed.

    Args:
        process: What the part may name.
        kind: What kind of part it is.
        part: As it is; None: a new one.
        of: Which part, for the fields' places.
        products: The codes that a limit may be for.
    """
    places = st.columns(3)
    for at, column in enumerate(kind.columns):
        choices = _choices(process, kind.name, column, products)
        value = None if part is None else part[column]
        _field(
            places[at % 3],
            PLANT_FIELDS[column],
            key=slot(kind.name, column, of),
            value=value,
            choices=choices,
            is_fixed=part is not None and column in kind.key,
        )
    if kind.name == "gates":
        _checklist_fields(process, part, of)
    st.text_input(PLANT_REASON, key=slot(kind.name, "reason", of))


def _checklist_fields(process: Process, part: Part | None, of: str) -> None:
    """Draw a gate's checklist as two lists of lines."""
    points = [] if part is None else points_of(process, part["gate_number"])
    left, right = st.columns(2)
    for place, label, language in ((left, CHECKLIST_EN, "en"), (right, CHECKLIST_HU, "hu")):
        text = "\n".join(point[language] or "" for point in points)
        place.text_area(label, value=text, key=slot("gates", f"points_{language}", of))


def _choices(
    process: Process, kind: str, column: str, products: Sequence[str]
) -> Mapping[str, str] | None:
    """Return what may be chosen, by what is kept, in words; None: it is typed."""
    if column == "is_ccp":
        return {"no": PLANT_NO, "yes": PLANT_YES}
    if (kind, column) in WORDS:
        return {word.value: PLANT_WORDS.get(word, word) for word in WORDS[kind, column]}
    if column == "product_code":
        return {code: code for code in products}
    if (kind, column) == ("gates", "lot_types"):
        return _named(process, "lot_types")
    if (kind, column) in _NAMED:
        return _named(process, _NAMED[kind, column])
    return None


def _named(process: Process, kind: str) -> dict[str, str]:
    return {
        cell_text(key[0]): f"{cell_text(key[0])} · {part['name_en']}"
        for key, part in process.of(kind).items()
    }


def _field(
    place: Any,
    label: str,
    *,
    key: str,
    value: Any,
    choices: Mapping[str, str] | None,
    is_fixed: bool,
) -> None:
    """Draw one field: several choices, one, or text."""
    shown: Callable[[str], str] = lambda name: (choices or {}).get(name, name)  # noqa: E731
    if choices is None:
        place.text_input(label, value=cell_text(value), key=key, disabled=is_fixed)
    elif label == PLANT_FIELDS["lot_types"]:
        place.multiselect(
            label,
            list(choices),
            default=[one for one in value or () if one in choices],
            key=key,
            format_func=shown,
            placeholder=PLANT_WHATEVER,
        )
    else:
        names = list(choices)
        now = cell_text(value)
        place.selectbox(
            label,
            names,
            index=names.index(now) if now in names else None,
            key=key,
            format_func=shown,
            placeholder=PLANT_NONE,
            disabled=is_fixed,
        )
