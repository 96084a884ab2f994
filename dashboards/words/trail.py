"""What people read about the audit trail; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.trail import (
    ACTIONS,
    ALL,
    ANYBODY,
    DAYS,
    ENTRIES,
    ENTRIES_CSV,
    ENTRY,
    ENTRY_HASH,
    ENTRY_TITLE,
    LEAD,
    MORE_BREAKS,
    NARROW,
    NEWEST_FIRST,
    NO_ENTRY,
    NOT_READER,
    NOT_WHOLE,
    SEARCH,
    SEARCH_FOR,
    SKIPPED,
    TABLES,
    TITLE,
    VERIFY,
    VERIFYING,
    WHAT,
    WHO,
    WHOLE,
)
