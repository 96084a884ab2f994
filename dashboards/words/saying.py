"""How signatures, lateness and ages are said; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.saying import (
    AN_IMPORT,
    DECIDED_BEFORE,
    HOURS,
    LATER,
    NOT_SIGNED,
    SIGNATURE,
)
