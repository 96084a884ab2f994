"""What things that are counted are called; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.nouns import (
    BAD_LOT,
    BREAK,
    CHECK,
    CHOSEN_LOT,
    COMPARISON,
    CUSTOMER,
    DAY,
    DECISION,
    FACT,
    FIRST_DECISION,
    HOLD,
    LOT,
    MORE_LOT,
    MORE_MATCH,
    MORE_VOIDED_LOT,
    OTHER,
    OTHER_LOT,
    POINT,
    RESULT,
    SUSPECT,
    VALUE,
)
