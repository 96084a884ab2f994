"""Many lots at once: what was typed, pasted or scanned, one a line, as codes.

Which of the codes exist is asked of whoever knows.
"""

import re
from collections.abc import Callable, Collection, Sequence

from sql.genealogy.labels import read_label, trimmed

_BETWEEN = re.compile(r"[,;\t]")


def codes_in(text: str, known: Callable[[Sequence[str]], Collection[str]]) -> list[str]:
    """Read the codes in a text, each once, in its order.

    Args:
        text: A code on each line, or several with commas, semicolons or tabs between them. A GS1
            label counts as the lot in it; where its end can't be told and not just one of the codes
            it may be is known, it stays as it was scanned. A line that is a code as a whole stays
            one, whatever signs are in it.
        known: Tells which of some codes are lots.
    """
    lines = [line.strip() for line in trimmed(text).splitlines() if line.strip()]
    whole = known([line for line in lines if _BETWEEN.search(line)])
    codes = []
    for line in lines:
        parts = [line] if line in whole else _BETWEEN.split(line)
        codes += [_lot_in(part.strip(), known) for part in parts if part.strip()]
    return list(dict.fromkeys(codes))


def _lot_in(typed: str, known: Callable[[Sequence[str]], Collection[str]]) -> str:
    """Read the lot of a label, if it can be told; anything else is a code as it stands."""
    lot_codes = read_label(typed).lot_codes
    if len(lot_codes) > 1:
        lot_codes = tuple(known(lot_codes))
    return lot_codes[0] if len(lot_codes) == 1 else typed
