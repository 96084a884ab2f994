"""What people read about the past moment a screen answers for; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.moments import (
    AHEAD,
    ASK,
    BACK_TO_NOW,
    CHANGES_CSV,
    DAY,
    DAY_AND_TIME,
    KG_AFTER_HEADING,
    KNOWN_NOW,
    KNOWN_THEN,
    NOT_AS_NOW,
    SHOW,
    THAT_MOMENT,
    TIME,
    UNREADABLE,
    VALUES_CSV,
)
