"""What people read before they are signed in; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.sign_in import (
    DEMO_PEOPLE,
    EMAIL,
    ENDED,
    HEADING,
    LEAD,
    NOBODY,
    PASSWORD,
    SIGN_IN,
    TOO_OFTEN,
    WRONG,
)
