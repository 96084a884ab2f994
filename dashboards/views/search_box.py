"""The search box: says how it read the input, and offers lots where it isn't sure which is meant.

Which lot is meant is for `sql.genealogy.lot_choice` to decide.
"""

from datetime import datetime

import streamlit as st

from dashboards.sessions.connections import config, record
from dashboards.views.plain import literal
from dashboards.views.tables import table
from dashboards.words import LABEL_NOTES, LABEL_PARTS
from sql.genealogy import lot_choice as lot_search
from sql.genealogy.labels import LabelKind, Reading
from sql.genealogy.search import Found
from sql.record.transactions import Row

MATCH_COLUMNS = [
    "lot_code",
    "matched_by",
    "lot_type",
    "product_code",
    "disposition",
    "supplier_name",
    "supplier_lot_code",
    "happened_at",
]
PLACEHOLDER = "Scan or type: lot, supplier's lot, product, GTIN, pallet, document, or a part"


def keep_in_address(key: str) -> None:
    """Keep what was typed in the address, so that the page can be bookmarked and sent."""
    typed = st.session_state[key].strip()
    if typed:
        st.query_params["lot"] = typed
    else:
        st.query_params.pop("lot", None)


def choose_lot(typed: str, as_of: datetime | None) -> str | None:
    """Return the code of the lot that is surely meant; else draw the lots it may be, return None.

    Args:
        typed: What was typed or scanned; not empty.
        as_of: The moment asked about; None: now.
    """
    with record().snapshot(as_of=as_of) as snapshot:
        meant = lot_search.lot_meant(snapshot, typed)
    if meant.reading is None or meant.found is None:
        return meant.lot_code
    _say_reading(meant.reading)
    if meant.sure is not None:
        _say_sure(meant.sure, meant.reading)
    else:
        _offer(meant.found)
    return meant.lot_code


def _say_reading(reading: Reading) -> None:
    """Say how the input was read, and what is uncertain about it."""
    if reading.kind is LabelKind.SCAN:
        parts = (f"{LABEL_PARTS.get(name, f'AI {name}')} {value}" for name, value in reading.parts)
        st.caption(literal(f"Read as a GS1 label: {', '.join(parts)}"))
    elif reading.kind is not LabelKind.TEXT:
        st.caption(literal(f"Read as {LABEL_PARTS[reading.kind]} {reading.typed}"))
    for note in reading.notes:
        st.warning(LABEL_NOTES[note], icon=":material/barcode_scanner:")


def _say_sure(lot: Row, reading: Reading) -> None:
    """Say which lot is shown for what was typed."""
    st.caption(literal(f"Found {lot['lot_code']} by {LABEL_PARTS[lot['matched_by']]}."))
    if reading.gtin and not lot["is_of_gtin"] and lot["matched_by"] in ("lot_code", "lot"):
        st.warning(LABEL_NOTES["other_product"], icon=":material/barcode_scanner:")


def _offer(found: Found) -> None:
    """Draw the lots that match, each to be chosen, or what to do when none does."""
    if not found.lots:
        st.warning(
            "Nothing matches: no lot, supplier's lot, product, GTIN, pallet or document. "
            "Type less of it, or look at the Lots screen."
        )
        return
    shown = len(found.lots)
    more = f"The first {shown:,} of {found.count:,} that match; type more to see fewer. "
    st.text(("" if found.count == shown else more) + "Choose a lot to trace it.")
    rows = [{**lot, "matched_by": LABEL_PARTS[lot["matched_by"]]} for lot in found.lots]
    table(rows, MATCH_COLUMNS, config().zone, key="search_matches", select=_choose)
    st.session_state["search_offered"] = [lot["lot_code"] for lot in found.lots]


def _choose() -> None:
    """Put the chosen lot into the address, which the next run traces."""
    chosen = st.session_state["search_matches"].selection.rows
    if chosen:
        st.query_params["lot"] = st.session_state["search_offered"][chosen[0]]
