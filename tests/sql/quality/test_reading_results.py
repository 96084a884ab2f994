"""Whether a result broke the limit it had to keep: numbers, numbers with a sign, and words."""

from decimal import Decimal as D

import pytest

from tests import plants
from tests.plants import MOMENT

GATE = {
    "gate_id": 1,
    "gate_number": D(1),
    "phase_id": 1,
    "name_en": "Laboratory",
    "name_hu": "",
    "gate_type": "CHECKPOINT",
    "is_ccp": False,
}
BETWEEN = {"lower_bound": D(2), "upper_bound": D(8)}
AT_MOST, AT_LEAST, WORD = {"upper_bound": D(8)}, {"lower_bound": D(2)}, {"word": "not detected"}
NO_LIMIT = {}


def result_of(warehouse, limit: dict, result: str) -> bool | None:
    """Judge one result, written as on paper, under one limit."""
    sign = next((sign for sign in "<≤>≥" if result.startswith(sign)), None)
    digits = result.lstrip("<≤>≥")
    is_number = digits.lstrip("-").replace(".", "").isdigit()
    measured = {"value": D(digits), "sign": sign} if is_number else {"word": result}
    of = {"gate_id": 1, "characteristic": "pathogen", "unit": "1/g"}
    plants.fill(warehouse, "lots", [{"lot_id": 1, "lot_code": "F1", "lot_type": "RAW"}])
    for table, rows in plants.gates(GATE).items():
        plants.fill(warehouse, table, rows)
    if limit:
        plants.fill(warehouse, "gate_limits", [{"limit_id": 1, **of, **limit}])
    plants.fill(
        warehouse,
        "readings",
        [{"reading_id": 1, "lot_id": 1, **of, **measured, "happened_at": MOMENT}],
    )
    plants.build(warehouse, "quality.reading_limits", "quality.reading_results")
    columns = ["breaks", "lower_bound", "upper_bound", "wanted_word"]
    ((breaks, lower, upper, word),) = warehouse.rows("quality.reading_results")[columns].rows()
    assert (lower, upper, word) == tuple(
        limit.get(name) for name in ("lower_bound", "upper_bound", "word")
    )
    return breaks


@pytest.mark.parametrize(
    ("limit", "result", "breaks"),
    [
        (BETWEEN, "2", False),
        (BETWEEN, "8", False),
        (BETWEEN, "1.999", True),
        (BETWEEN, "8.001", True),
        (AT_MOST, "-100", False),
        (AT_LEAST, "100", False),
        # Less than 8 is at most 8; less than 9 may be 8.5; at most 2 may be 2.
        (AT_MOST, "<8", False),
        (AT_MOST, "<9", None),
        (BETWEEN, "<8", None),
        (BETWEEN, "<2", True),
        (BETWEEN, "≤2", None),
        (AT_LEAST, "≤1.9", True),
        # And the other way round.
        (AT_LEAST, ">2", False),
        (AT_LEAST, ">1", None),
        (AT_MOST, ">8", True),
        (AT_MOST, "≥8", None),
        (BETWEEN, ">5", None),
        (WORD, "not detected", False),
        (WORD, "detected", True),
        (NO_LIMIT, "5", None),
        (NO_LIMIT, "ok", None),
        (NO_LIMIT, "not ok", True),
        (NO_LIMIT, "detected", True),
        # A number says nothing to a wanted word, nor a word to bounds.
        (WORD, "5", None),
        (BETWEEN, "detected", None),
    ],
)
def test_a_result_breaks_its_limit_for_sure_keeps_it_for_sure_or_leaves_it_open(
    warehouse, limit, result, breaks
) -> None:
    assert result_of(warehouse, limit, result) is breaks
