"""The logistic units of a trace in words, and which columns of its lots name them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboards.words import plural
from dashboards.words.packing import (
    NO_TRACED_UNITS,
    UNITS_HERE,
    UNITS_LEFT,
    UNITS_MORE,
    UNITS_TO_FIND,
)

COLUMNS = ["units_here", "units_left"]


def units_words(units: Sequence[Mapping[str, Any]]) -> str:
    """Say in one line how many units hold something of the answer here, and how many left."""
    here = {unit["sscc"] for unit in units if unit["shipment_code"] is None}
    left = {unit["sscc"] for unit in units if unit["shipment_code"] is not None}
    said = []
    if here:
        outermost = {u["outermost_sscc"] for u in units if u["shipment_code"] is None}
        said.append(UNITS_HERE.format(count=plural(len(here), "unit"), floor=len(outermost)))
    if left:
        said.append(UNITS_LEFT.format(count=plural(len(left), "unit")))
    return " ".join(said) or NO_TRACED_UNITS


def unit_columns(lots: Iterable[Mapping[str, Any]]) -> list[str]:
    """Name the columns that say in which units lots are, where any lot is in one."""
    known = list(lots)
    return [name for name in COLUMNS if any(lot.get(name) for lot in known)]


def to_find(units: Iterable[Mapping[str, Any]], most: int) -> str | None:
    """Name the units to look for on the floor, at most so many of them; None: there are none."""
    here = dict.fromkeys(u["outermost_sscc"] for u in units if u["shipment_code"] is None)
    if not here:
        return None
    more = UNITS_MORE.format(count=len(here) - most) if len(here) > most else ""
    return UNITS_TO_FIND.format(units=", ".join(list(here)[:most]) + more)
