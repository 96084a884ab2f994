"""What people read of movements, in the language they read."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.movements import (
    ACCOUNTED_SAID,
    ACCOUNTED_UNKNOWN,
    CAME_BACK,
    COUNT_DIFFERENCE,
    MOVE_CHOOSE,
    MOVE_CHOOSE_LINE,
    MOVE_FOUND_KG,
    MOVE_GOT_BY,
    MOVE_GOT_BY_SUPPLIER,
    MOVE_KG,
    MOVE_KIND,
    MOVE_LINE,
    MOVE_LINE_SAID,
    MOVE_LINE_UNTOUCHED,
    MOVE_NO_KIND,
    MOVE_NOTHING_SHIPPED,
    MOVE_SAVE,
    MOVE_SAVED,
    MOVE_WHY,
    MOVE_WHY_OR_NOT,
    MOVED_LINES,
    MOVED_TITLE,
    MOVEMENT_HINTS,
    MOVEMENT_KINDS,
    NOTHING_MOVED,
    QUANTITY_CHECKS,
    RETURN_UNDECIDED,
    YES_OR_NO,
)
