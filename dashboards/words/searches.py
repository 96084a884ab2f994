"""What people read of labels and searches; see `dashboards.words`."""

from dashboards.words.english.searches import (
    LABEL_HELP,
    LABEL_NOTES,
    LABEL_PARTS,
    LABEL_PRINT,
    LABEL_SOUGHT,
    LABEL_TITLE,
    SEARCH_BESIDE,
    SEARCH_BY_KEYS,
    SEARCH_CAPPED,
    SEARCH_FOUND,
    SEARCH_LIST,
    SEARCH_MORE_VOIDED,
    SEARCH_NOTHING,
    SEARCH_OFFER,
    SEARCH_PLACEHOLDER,
    SEARCH_TAKEN,
)

__all__ = [
    "LABEL_HELP",
    "LABEL_NOTES",
    "LABEL_PARTS",
    "LABEL_PRINT",
    "LABEL_SOUGHT",
    "LABEL_TITLE",
    "SEARCH_BESIDE",
    "SEARCH_BY_KEYS",
    "SEARCH_CAPPED",
    "SEARCH_FOUND",
    "SEARCH_LIST",
    "SEARCH_MORE_VOIDED",
    "SEARCH_NOTHING",
    "SEARCH_OFFER",
    "SEARCH_PLACEHOLDER",
    "SEARCH_TAKEN",
]
