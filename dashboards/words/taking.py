"""What people read when they choose what goes in; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.taking import (
    ADD,
    CHOOSE,
    CHOOSE_HELP,
    FIND,
    FIND_HELP,
    NOT_IN_RECORD,
    REMOVE,
)
