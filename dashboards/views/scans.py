"""What every box that takes a lot's code does with a scan: the lot on the label is meant.

A code that stands in the record as it was typed is that lot's, whatever else it looks like.
"""

from dashboards.commands.refusals import BadValue
from dashboards.sessions.connections import record
from dashboards.words import SCAN_MEANS_MANY, SCAN_MEANS_NONE
from sql.genealogy.labels import LabelKind, read_label
from sql.genealogy.lot_choice import lot_meant

MOST_NAMED = 5


def lot_scanned(typed: str, field: str = "lot_code") -> str:
    """Return the code of the lot that a label or its short code names; else what was typed.

    Raises:
        BadValue: The label names no lot of the record, or it may be one of several: names them.
    """
    code = typed.strip()
    reading = read_label(code)
    if reading.kind is not LabelKind.SCAN and reading.label_code is None:
        return code
    with record().snapshot() as snapshot:
        meant = lot_meant(snapshot, code)
    if meant.lot_code is not None:
        return meant.lot_code
    if reading.kind is not LabelKind.SCAN:
        return code
    found = meant.codes[:MOST_NAMED]
    said = SCAN_MEANS_MANY.format(lots=", ".join(found)) if found else SCAN_MEANS_NONE
    raise BadValue(said, field=field, code="SCAN")


def text_scanned(typed: str) -> str:
    """Return what to search for: the lot on a label, anything but a label as it was typed."""
    reading = read_label(typed.strip())
    lots = reading.lot_codes if reading.kind is LabelKind.SCAN else ()
    return lots[0] if lots else typed.strip()
