"""What people read about the plant's process; which language is read is said here."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.plant import (
    CHECKLIST_EN,
    CHECKLIST_HU,
    PLANT_ASK,
    PLANT_BEGAN,
    PLANT_CHOOSE,
    PLANT_FIELDS,
    PLANT_FILES,
    PLANT_FILES_BUTTON,
    PLANT_FILES_NAME,
    PLANT_FILES_SAYS,
    PLANT_FROM_FILES,
    PLANT_HISTORY,
    PLANT_NOW,
    PLANT_REASON,
    PLANT_SAME,
    PLANT_SAVED,
    PLANT_SAVED_MORE,
    PLANT_TABS,
    PLANT_TAKE,
    PLANT_TAKEN_FROM,
    PLANT_TAKING,
    PLANT_TEMPLATE,
    PLANT_VERSION,
    PLANT_WORDS,
    PLANT_WOULD,
)
