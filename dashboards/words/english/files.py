"""What a file that people take away says where the record keeps a code word."""

from typing import Any

from dashboards.words.english.measures import measured_words, unit_words
from dashboards.words.english.movements import MOVEMENT_KINDS
from dashboards.words.english.states import DISPOSITIONS
from dashboards.words.english.traces import ROW_DIRECTIONS


def file_words(column: str, value: Any) -> Any:
    """Return a value of a column as a person says it; anything else as it is."""
    if column == "disposition" and value in DISPOSITIONS:
        return DISPOSITIONS[value][1]
    if column == "direction" and value in ROW_DIRECTIONS:
        return ROW_DIRECTIONS[value].strip("← →")
    if column == "kind":
        return MOVEMENT_KINDS.get(value, value)
    if column == "characteristic":
        return measured_words(value)
    return unit_words(value) if column == "unit" else value
