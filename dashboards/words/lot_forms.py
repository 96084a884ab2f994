"""What people read in the forms on a lot's screen; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.lot_forms import (
    ALREADY_SAVED,
    ASSESS,
    ASSESS_SAID,
    ASSESS_TITLE,
    ASSESSED,
    AT_GATE,
    CHOOSE_CUSTOMER,
    CONFIRM,
    CUSTOMER,
    DOCUMENT,
    MEASURED,
    MEASURED_HELP,
    MOVE_TITLE,
    NO_CUSTOMER,
    NONE,
    PALLET,
    PARENT,
    PARENT_HELP,
    PARENT_SAVED,
    PARENT_TITLE,
    READING_TITLE,
    READING_UNIT,
    RESULT,
    SAVE_PARENT,
    SAVE_READING,
    SHIP,
    SHIPMENT_CODE,
    SHIPMENT_SAVED,
)
