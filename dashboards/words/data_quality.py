"""What people read about checks, runs and editions; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.data_quality import (
    CHECKS_ALONE,
    EDITION,
    FINDINGS_CSV,
    FIRST_BREACHES,
    LAST_RUN,
    MOMENT_TO_MOMENT,
    NOT_RUNNER,
    NOTHING_PUBLISHED_YET,
    OF_RECORD,
    ONLY_FAILED,
    PARTIAL,
    ROWS_CSV,
    RUN_ASKED,
    RUN_BLOCKED,
    RUN_NOW,
    RUN_PUBLISHED,
    RUN_PUBLISHED_NOTHING,
    TITLE,
)
