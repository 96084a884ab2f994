"""What is said of a lot's code that was corrected, and of lots that are no more under theirs."""

from collections.abc import Mapping
from typing import Any

RENAME_TITLE = "Correct the lot's code"
RENAME_SAID = (
    "For a code that was mistyped. The lot goes on under the new one with all that was recorded "
    "about it; what was signed is signed again by you, as taken over. The old code stays findable, "
    "is told as the old one, and is never given again."
)
RENAME_CODE = "Its code as it should read"
RENAME_SAVE = "Correct the code"
RENAME_DONE = "Lot {old} is called {new} now, signed."
OPEN_RENAMED = "Open lot {code}"
FORMER_CODES = "Earlier codes"

_VOIDED = "Lot {lot_code} was voided on {when} by {voided_by}: {reason}"
_RENAMED = (
    "{lot_code} is the old code of lot {renamed_to}, which is called so since {when}, by "
    "{voided_by}: {reason}"
)


def gone_words(lot: Mapping[str, Any], when: str) -> str:
    """Say why no lot stands under a code: it was voided, or is called otherwise since.

    Args:
        lot: lot_code, renamed_to (None: it was voided), voided_by (None: an import), reason.
        when: That time, in the reader's zone.
    """
    said = _VOIDED if lot["renamed_to"] is None else _RENAMED
    return said.format(**{**lot, "when": when, "voided_by": lot["voided_by"] or "an import"})
