"""What a cell of a table says: a state as its mark and word, a code word as a person says it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.reader.signs import as_read
from dashboards.views.states import (
    assessment_late_words,
    checklist_words,
    decision_words,
    disposition_words,
    late_words,
    signature_words,
    void_late_words,
    withdrawn_words,
    within_words,
)
from dashboards.words import (
    ACCOUNT,
    BALANCE,
    DECISIONS,
    DISPOSITIONS,
    EVIDENCE,
    EXPIRED,
    NOT_RECORDED,
    ROLES,
    ROW_DIRECTIONS,
    STANDINGS,
    measured_words,
    unit_words,
)
from dashboards.words.movements import MOVEMENT_KINDS, QUANTITY_CHECKS
from dashboards.words.places import moved_words

# States, each with its mark, word and colour.
CHIPS = {"disposition": DISPOSITIONS, "decision": DECISIONS}
LISTED = {*CHIPS, "colour"}  # drawn in their colour, which only a list is
WORDS = {
    "disposition": disposition_words,
    "decision": decision_words,
    "is_active": ACCOUNT.get,
    "gives_out_too_much": BALANCE.get,
    "characteristic": measured_words,
    "unit": unit_words,
    "role": lambda role: ROLES.get(role, role),
    "result": lambda result: None if result is None else as_read(result),
    "checklist": checklist_words,
    "evidence": EVIDENCE.get,
    "direction": ROW_DIRECTIONS.get,
    "standing": STANDINGS.get,
    "is_expired": EXPIRED.get,
    "kind": lambda kind: MOVEMENT_KINDS.get(kind, kind),
    "quantity_check": QUANTITY_CHECKS.get,
    "colour": lambda colour: colour,
    "place": lambda place: place or NOT_RECORDED,
}


SIGNED = {"signature": signature_words, "withdrawn": withdrawn_words}
ROW_WORDS = {
    "within": within_words,
    "late": late_words,
    "void_late": void_late_words,
    "assessment_late": assessment_late_words,
    "moved": moved_words,
}


def shown(name: str, row: Mapping[str, Any], zone: ZoneInfo) -> Any:
    """Read one value of a row, a state as its mark and word."""
    if name in SIGNED:
        return SIGNED[name](row, zone)
    if name in ROW_WORDS:
        return ROW_WORDS[name](row)
    value = row.get(name)
    if name in WORDS:
        words = WORDS[name](value)
        return [words] if name in LISTED and words is not None else words
    return value
