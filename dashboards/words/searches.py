"""What people read of labels and searches; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.searches import (
    LABEL_HELP,
    LABEL_NOTES,
    LABEL_PARTS,
    LABEL_PRINT,
    LABEL_READ,
    LABEL_READ_AS,
    LABEL_SOUGHT,
    LABEL_TITLE,
    LABEL_UNKNOWN_PART,
    SEARCH_AGAIN,
    SEARCH_BESIDE,
    SEARCH_BY_KEYS,
    SEARCH_CAPPED,
    SEARCH_FIND_LIST,
    SEARCH_FOUND,
    SEARCH_LABEL,
    SEARCH_LIST,
    SEARCH_MORE_VOIDED,
    SEARCH_NOTHING,
    SEARCH_OFFER,
    SEARCH_PLACEHOLDER,
    SEARCH_SEVERAL,
    SEARCH_TAKEN,
    SEARCH_TRACE,
    SEARCH_TRACE_ALL,
    SEARCH_TRACE_CHOSEN,
    SEARCH_TRACED_WITH,
)
