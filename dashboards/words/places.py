"""What people read of places, in the language they read."""

# ruff: noqa: F401 - what is imported here is what others read from here

from collections.abc import Mapping
from typing import Any

from dashboards.words import amount, kilograms
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


def moved_words(move: Mapping[str, Any]) -> str:
    """Say how much was moved."""
    return MOVED_ALL if move["quantity_kg"] is None else kilograms(move["quantity_kg"])


def stands_words(stands: Mapping[At, Amount]) -> str:
    """Say where a lot stands, and how much of it."""
    return STANDS.format(places=_places(stands))


def stood_words(stands: Mapping[At, Amount], at: str) -> str:
    """Say where a lot stood at a moment; of one that was all gone, that it stood nowhere."""
    return STOOD.format(at=at, places=_places(stands) or STOOD_NOWHERE)


def _places(stands: Mapping[At, Amount]) -> str:
    return "; ".join(
        STANDS_PART.format(place=place or STANDS_UNKNOWN, kg=amount(kg))
        for place, kg in sorted(
            stands.items(), key=lambda one: (one[0] is None, str(one[0]), one[0] or ())
        )
    )
