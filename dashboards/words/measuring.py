"""What people read about what is to be measured; which language is read is said here."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.measuring import (
    CCP_ALONE,
    CCP_CHOOSE,
    CCP_NEEDS,
    KG_ALONE,
    LATEST_HERE,
    MEASURE_AGAIN,
    NEEDED,
    NEEDED_AT_CCP,
    RESULT_HELP,
)
