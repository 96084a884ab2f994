"""What people read on the screen of their own account; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.account import (
    CHANGE,
    CHANGE_SAID,
    CHANGE_TITLE,
    LEAVE,
    LEAVE_SAID,
    LEAVE_TITLE,
    NEW_AGAIN,
    NEW_PASSWORD,
    NOT_REPEATED,
    OLD_PASSWORD,
    TITLE,
)
