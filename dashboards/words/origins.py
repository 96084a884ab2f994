"""What people read of a lot that its origin stops, that waits, or that has expired."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.origins import (
    ASSESS_REASON,
    COME_BACK_LIST,
    DAMAGE_FOLLOWS,
    DEVIATION_SAID,
    EXPIRE_BEFORE,
    EXPIRED_SAID,
    EXPIRY_REASON,
    NO_GATE_SERVES,
    READING_DONE,
    READING_HOLDS,
    READING_UNJUDGED,
    STOPPED_LIST,
    STOPPED_SAID,
    WAITING_IN_ALL,
    WAITS_SAID,
    WAYS_OUT,
    WAYS_TO_MEND,
)
