"""What people read of a lot's code that was corrected."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.renames import (
    FORMER_CODES,
    OPEN_RENAMED,
    RENAME_CODE,
    RENAME_DONE,
    RENAME_SAID,
    RENAME_SAVE,
    RENAME_TITLE,
    gone_words,
)
