"""A label as it was scanned is never a lot's name: it holds the name, among other things."""

from dashboards.commands.refusals import BadValue
from sql.genealogy.labels import LabelKind, Note, read_label

MOST_SHOWN = 60


def refuse_label(text: str, field: str) -> None:
    """Refuse a text that is a whole GS1 label.

    Digits alone are one only where the check digit says so: plants number lots, too.

    Raises:
        BadValue: It is a label; names the lot on it.
    """
    reading = read_label(text)
    is_doubtful = text[:1].isdigit() and Note.CHECK_DIGIT in reading.notes
    if reading.kind is not LabelKind.SCAN or is_doubtful:
        return
    lot = f" The lot on it is {reading.lot_codes[0]}." if reading.lot_codes else ""
    raise BadValue(
        f"{field} is a whole label as it was scanned, not a code: {text[:MOST_SHOWN]}.{lot} Enter "
        "the code alone.",
        field=field,
        code="LABEL",
    )
