"""What people read of scanners and cameras; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.scanning import (
    CAMERA_HERE,
    CAMERA_TITLE,
    CAMERA_WORDS,
    CARD_ARRIVED,
    CARD_BY_CAMERA,
    CARD_GOOD,
    CARD_HELP,
    CARD_NAME,
    CARD_NO_FNC1,
    CARD_PRINT,
    CARD_TITLE,
    CARD_WAITING,
    CARD_WRONG,
    FNC1_AS,
    KEYS,
    PARENT_LISTED,
    PARENT_SCANNED,
    READ_HOW,
    SCAN_UNKNOWN,
    SCANNER_LEAD,
    SCANNER_TITLE,
    TERMINAL_KEYS,
)
