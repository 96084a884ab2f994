"""How the files of the import screen are read, and how they are taken."""

from dataclasses import replace

import streamlit as st

from dashboards.commands.import_mappings import kept_mappings
from dashboards.imports.code_pages import CODE_PAGES
from dashboards.imports.mappings import ColumnMapping, mapping_of
from dashboards.imports.reading import Reading, reading_of
from dashboards.screens.importing.chosen import Chosen
from dashboards.sessions.connections import config, record
from dashboards.words.imports import (
    DECIMAL_SIGNS,
    IMPORT_BY_NAME,
    IMPORT_CODE_PAGE,
    IMPORT_DECIMAL,
    IMPORT_FOUND_OUT,
    IMPORT_MAPPING,
    IMPORT_SEPARATOR,
    IMPORT_SET_ASIDE,
    IMPORT_SET_ASIDE_HELP,
    IMPORT_WHOLE,
    IMPORT_WHOLE_HELP,
    SEPARATOR_SIGNS,
)


def draw_options() -> tuple[Reading, ColumnMapping, str]:
    """Draw how the files are read, and return it with the chosen mapping and its name."""
    with record().snapshot() as reading_record:
        kept = kept_mappings(reading_record)
    first, second, third, fourth = st.columns(4)
    name = first.selectbox(
        IMPORT_MAPPING,
        [None, *kept],
        format_func=lambda one: IMPORT_BY_NAME if one is None else one,
        key="imports_mapping",
    )
    mapping = mapping_of(kept[name]["mapping"]) if name else ColumnMapping()
    pages = [None, *(page for page in CODE_PAGES if page not in ("utf-16-le", "utf-16-be"))]
    page = second.selectbox(
        IMPORT_CODE_PAGE,
        pages,
        format_func=lambda one: IMPORT_FOUND_OUT if one is None else CODE_PAGES[one],
        key="imports_code_page",
    )
    separator = third.selectbox(
        IMPORT_SEPARATOR,
        [None, *SEPARATOR_SIGNS],
        format_func=lambda one: IMPORT_FOUND_OUT if one is None else SEPARATOR_SIGNS[one],
        key="imports_separator",
    )
    decimal = fourth.selectbox(
        IMPORT_DECIMAL,
        [None, *DECIMAL_SIGNS],
        format_func=lambda one: IMPORT_FOUND_OUT if one is None else DECIMAL_SIGNS[one],
        key="imports_decimal",
    )
    reading = reading_of(
        config(),
        code_page=page or mapping.code_page,
        separator=separator,
        decimal=decimal or mapping.decimal,
    )
    return reading, mapping, name or ""


def draw_how(chosen: Chosen) -> Chosen:
    """Draw how an export is taken that comes every day, and return the choice with it."""
    left, right = st.columns(2)
    is_whole = left.checkbox(IMPORT_WHOLE, key="imports_whole", help=IMPORT_WHOLE_HELP)
    sets_aside = right.checkbox(
        IMPORT_SET_ASIDE, key="imports_set_aside", help=IMPORT_SET_ASIDE_HELP
    )
    return replace(chosen, is_whole=is_whole, sets_aside=sets_aside)
