"""Which decisions a whole export may take back: a PASS, which only makes stricter."""

from collections.abc import Mapping
from typing import Any

DECISIONS = "qc_decisions"
SIGNED = "A decision is withdrawn on its lot's page, signed."


def must_be_signed(stem: str, fact: Mapping[str, Any], *, is_whole: bool = True) -> bool:
    """Tell whether a held fact is a decision that no import withdraws, only a person who signs.

    Args:
        stem: The fact's table.
        fact: What the record holds.
        is_whole: The import is all there is of its tables; another one withdraws no decision.
    """
    return stem == DECISIONS and not (is_whole and fact["decision"] == "PASS")
