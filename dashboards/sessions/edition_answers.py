"""What a serving process has read from an edition, kept so that drawing again reads nothing.

An edition never changes, so its answers are kept under its id; a new edition has another id and is
read at once. Nothing of the record, and nothing that depends on who asks, is ever kept here.
"""

from typing import Any

import polars as pl
import streamlit as st

from sql.warehouse.editions import Edition

MOST_KEPT = 200


def answer(edition: Edition, query: str, **parameters: Any) -> pl.DataFrame:
    """Return the rows of an edition's named query, read once for each set of parameters.

    Raises:
        EditionOutdated: An earlier version made the edition, without a table or column of it.
    """
    return _kept(edition.about["edition_id"], query, parameters, edition)


@st.cache_data(max_entries=MOST_KEPT, show_spinner=False)
def _kept(
    edition_id: str, query: str, parameters: dict[str, Any], _edition: Edition
) -> pl.DataFrame:
    return _edition.named(query, **parameters)
