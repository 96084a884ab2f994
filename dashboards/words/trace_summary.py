"""What people read of what a trace comes to; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.trace_summary import (
    ALL_STOPPED,
    AND_MADE_FROM_IT,
    AND_THOSE,
    BESIDE_UNKNOWN,
    HERE_STOPPED,
    HERE_TO_HOLD,
    IN_ITSELF,
    IN_THEMSELVES,
    ITSELF,
    LOTS_TOUCH,
    NOTHING_HERE,
    NOTHING_SHIPPED,
    REST_TO_HOLD,
    STILL_HERE,
    STILL_HERE_UNKNOWN,
    THEMSELVES,
    TOUCH,
    TOUCHES,
    WENT_TO,
)
