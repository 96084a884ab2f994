"""What people read where a lot's record is put right; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.correcting import (
    AS_IT_SHOULD_READ,
    CHOOSE_DECISION,
    CHOOSE_WHAT,
    CORRECT,
    CORRECT_TITLE,
    CORRECTED,
    DAY,
    DECISION,
    DECISION_HELP,
    LINK_FROM,
    LINK_INTO,
    LINK_NAMED,
    LOT_NAMED,
    NONE,
    PRODUCT,
    READING_NAMED,
    SHIPMENT_NAMED,
    TIME,
    USE_BY,
    VOID,
    VOID_SAID,
    VOID_TITLE,
    VOIDED,
    WHAT_IS_WRONG,
    WHAT_IS_WRONG_HELP,
    WITHDRAW,
    WITHDRAW_TITLE,
    WITHDRAWN,
)
