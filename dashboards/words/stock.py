"""What people read on the board of stock by place; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.stock import (
    CHOOSE,
    FILE_HOLDS_ALL,
    LEAD,
    LOTS_AT,
    LOTS_CSV,
    NOTHING_HERE,
    NOWHERE_KNOWN,
    OPEN_LOT,
    PLACES_CSV,
    TITLE,
    TRACE_LOT,
)
