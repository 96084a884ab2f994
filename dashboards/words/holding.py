"""What people read when they hold what a trace found; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.holding import (
    AND_MORE,
    HELD_ALREADY,
    HELD_NOW,
    HOLD_HERE,
    NOTHING_MORE,
    REJECTED_ALREADY,
)
