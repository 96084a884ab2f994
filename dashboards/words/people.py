"""What people read on the screen of people; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.people import (
    ADD,
    ADD_TITLE,
    ADDED_PERSON,
    CHANGE_TITLE,
    CHANGED,
    EMAIL,
    IS_NOW,
    MAY_SIGN_IN,
    NAME,
    NEW_PASSWORD,
    NEW_ROLE,
    NOBODY_ELSE,
    NOT_ADMINISTRATOR,
    PASSWORD,
    PERSON,
    RESET,
    RESET_DONE,
    ROLE,
    SAVE,
    SWITCHED_OFF,
    TITLE,
)
