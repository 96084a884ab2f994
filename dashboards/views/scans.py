"""What every box that takes a lot's code does with it: the lot on the label, or typed, is meant.

A code typed as it stands in the record is that lot's, whatever else it looks like; where labels of
other lots show it too, a person says which by the short code of the label.
"""

from contextlib import suppress

from dashboards.commands.printed_codes import lots_named
from dashboards.commands.refusals import BadValue
from dashboards.sessions.connections import record
from dashboards.views.voided_lots import voided_said
from dashboards.words import CODE_MEANS_MANY, SCAN_MEANS_MANY, SCAN_MEANS_NONE
from dashboards.words.identity import PRINTED_MEANS_MANY
from dashboards.words.searches import LABEL_NOTES
from sql.errors import TextNotKept
from sql.genealogy.labels import LabelKind, Note, read_label, trimmed
from sql.genealogy.lot_choice import lot_meant
from sql.record.transactions import Row

MOST_NAMED = 5


def lot_scanned(typed: str, field: str = "lot_code") -> str:
    """Return the code of the lot that a label, its short code or a typed code means.

    A typed code is taken without case and separators, as every search takes it, where one lot alone
    has it so. One that no lot has is returned as it was typed.

    Raises:
        BadValue: The label names no lot of the record, or what was typed may mean several: names
            them.
    """
    code = lot_on_label(typed, field)
    return lot_typed(typed, field) if code is None else code


def lot_on_label(typed: str, field: str = "lot_code") -> str | None:
    """Return the code of the lot that a label or its short code names; None: it is no label's.

    Raises:
        BadValue: The label names no lot of the record, or it may be one of several: names them.
    """
    code = trimmed(typed)
    reading = read_label(code)
    if reading.kind is not LabelKind.SCAN and reading.label_code is None:
        return None
    with record().snapshot() as snapshot:
        meant = lot_meant(snapshot, code)
    if meant.lot_code is not None or reading.kind is not LabelKind.SCAN:
        return meant.lot_code
    found = meant.codes[:MOST_NAMED]
    said = SCAN_MEANS_MANY.format(lots=", ".join(found)) if found else SCAN_MEANS_NONE
    gone = [lot for lot in meant.voided if not found or lot["renamed_to"] in found]
    if gone:
        said = voided_said(gone[0])
    if Note.LONG_LOT in reading.notes:
        said = f"{said} {LABEL_NOTES[Note.LONG_LOT]}"
    raise BadValue(said, field=field, code="SCAN")


def lot_typed(typed: str, field: str = "lot_code") -> str:
    """Return the code of the one lot that a typed code may be, voided or not; else the typed one.

    Raises:
        BadValue: No lot has just this code, and several have it but for case and separators; or
            it is printed on the labels of others.
    """
    code = trimmed(typed)
    alike: list[str] = []
    printed: list[Row] = []
    # A text that the record can't even be asked for is no lot's code.
    with suppress(TextNotKept), record().snapshot() as snapshot:
        alike = [lot["lot_code"] for lot in snapshot.all("lots_alike", typed=code)]
        printed = snapshot.all("lots_printed", typed=code)
    if printed and printed[0]["is_printed_somewhere"]:
        if len(printed) == 1:
            return printed[0]["lot_code"]
        labels = ", ".join(f"{lot['label_code']} ({lot['lot_code']})" for lot in printed)
        said = PRINTED_MEANS_MANY.format(code=code, lots=lots_named(printed), labels=labels)
        raise BadValue(said, field=field, code="SCAN")
    if code in alike or not alike:
        return code
    if len(alike) > 1:
        named = ", ".join(alike[:MOST_NAMED])
        raise BadValue(CODE_MEANS_MANY.format(code=code, lots=named), field=field, code="SCAN")
    return alike[0]


def lot_addressed(code: str) -> str:
    """Return the code of the lot that an address means; a code that stands just so is itself.

    Raises:
        BadValue: As `lot_scanned`.
    """
    with record().snapshot() as snapshot:
        if snapshot.one("who_registered", lot_code=code) is not None:
            return code
    return lot_scanned(code)


def text_scanned(typed: str) -> str:
    """Return what to search for: the lot on a label, anything but a label as it was typed."""
    reading = read_label(typed)
    lots = reading.lot_codes if reading.kind is LabelKind.SCAN else ()
    return lots[0] if lots else trimmed(typed)
