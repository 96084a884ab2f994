"""A label as it was scanned is never a lot's name: it holds the name, among other things."""

import re

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from sql.genealogy.labels import LabelKind, Note, has_fnc1, read_label

MOST_SHOWN = 60
# A scanner's mark, or a GTIN, SSCC or lot in brackets: a label, also one that breaks the standard.
_LABEL_BEGUN = re.compile(r"\](C1|d2|Q3|e0|J1)|\((00|01|02|10)\)")


def code_said(text: str | None, field: str) -> str | None:
    """Read a code that somebody else gave a lot, trimmed; None: nothing is said.

    Raises:
        BadValue: It is too long, can't be printed, or is a whole label as it was scanned.
    """
    refuse_label(text or "", field)
    return values.free_text(text, field, longest=values.LONGEST_CODE)


def refuse_label(text: str, field: str) -> None:
    """Refuse a text that is a whole GS1 label.

    Digits without brackets are one only where the check digit says so: plants number lots, too.
    What begins as only labels do is one also where the rest can't be read.

    Raises:
        BadValue: It is a label; names the lot on it.
    """
    reading = read_label(text)
    is_doubtful = text[:1].isdigit() and "(" not in text and Note.CHECK_DIGIT in reading.notes
    is_scan = reading.kind is LabelKind.SCAN and not is_doubtful
    if not is_scan and _LABEL_BEGUN.match(text.strip()) is None and not has_fnc1(text):
        return
    lot = f" The lot on it is {reading.lot_codes[0]}." if reading.lot_codes else ""
    if Note.LONG_LOT in reading.notes:
        lot += " It is longer than 20 characters, which doesn't fit a GS1 label (AI 10)."
    raise BadValue(
        f"{field} is a whole label as it was scanned, not a code: {text[:MOST_SHOWN]}.{lot} Enter "
        "the code alone.",
        field=field,
        code="LABEL",
    )
