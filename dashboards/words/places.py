"""What people read of places, in the language they read."""

# ruff: noqa: F401 - what is imported here is what others read from here

from collections.abc import Mapping
from typing import Any

from dashboards.words import how_much, in_each_unit
from dashboards.words.english.places import (
    MOVE_NAMED,
    MOVED_ALL,
    MOVES_TITLE,
    NOT_YET,
    PLACE,
    PLACE_ADD,
    PLACE_ADDED,
    PLACE_CHANGE,
    PLACE_CHANGE_WHICH,
    PLACE_CHANGED,
    PLACE_CHOOSE,
    PLACE_CODE,
    PLACE_FORM,
    PLACE_FROM,
    PLACE_HISTORY_WHICH,
    PLACE_KG,
    PLACE_KIND,
    PLACE_LEFT,
    PLACE_MOVE,
    PLACE_MOVED,
    PLACE_NAME,
    PLACE_NEW,
    PLACE_NO_CHOICE,
    PLACE_NONE,
    PLACE_RECEIVED,
    PLACE_RETIRED,
    PLACE_SITE,
    PLACE_TO,
    PLACE_WHY,
    PLACES_SAID,
    PLACES_TITLE,
    STANDS,
    STANDS_PART,
    STANDS_UNKNOWN,
    STOOD,
    STOOD_NOWHERE,
    STOOD_SAID,
    STOOD_TITLE,
)
from sql.amounts import Amount
from sql.genealogy.flows import At
from sql.genealogy.stand_rows import stand_rows
from sql.genealogy.standing_places import Counts
from sql.unit_amounts import InUnit


def moved_words(move: Mapping[str, Any]) -> str:
    """Say how much was moved."""
    if move["quantity_kg"] is None and move["quantity"] is None:
        return MOVED_ALL
    return how_much(move["quantity"], move["unit"], move["quantity_kg"])


def stands_words(stands: Mapping[At, Amount], counts: Counts | None) -> str:
    """Say where a lot stands, and how much of it."""
    return STANDS.format(places=_places(stands, counts))


def stood_words(stands: Mapping[At, Amount], counts: Counts | None, at: str) -> str:
    """Say where a lot stood at a moment; of one that was all gone, that it stood nowhere."""
    return STOOD.format(at=at, places=_places(stands, counts) or STOOD_NOWHERE)


def _places(stands: Mapping[At, Amount], counts: Counts | None) -> str:
    rows = stand_rows(stands, counts)
    rows.sort(key=lambda row: (row["place"] is None, row["place"] or "", row["place_code"] or ""))
    return "; ".join(
        STANDS_PART.format(place=row["place"] or STANDS_UNKNOWN, amount=_there(row)) for row in rows
    )


def _there(row: Mapping[str, Any]) -> str:
    """Say how much stands at a place, in the lot's own unit first."""
    kg, unit = Amount(row["at_least_kg"], row["at_most_kg"]), row.get("unit")
    count = Amount(row["at_least_quantity"], row["at_most_quantity"]) if unit else kg
    return in_each_unit([InUnit(unit, count, kg)])
