"""What was read from a label or typed text: the values that `sql.genealogy.labels` hands out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class LabelKind(StrEnum):
    """How the input was read."""

    TEXT = "text"
    GTIN = "gtin"
    SSCC = "sscc"
    SCAN = "scan"


class Note(StrEnum):
    """Something to tell the person about the input: a warning or an uncertainty."""

    CHECK_DIGIT = "check_digit"
    MISSING_FNC1 = "missing_fnc1"
    NO_SUCH_DAY = "no_such_day"
    UNREADABLE = "unreadable"
    LONG_LOT = "long_lot"


@dataclass(frozen=True)
class Reading:
    """How an input is read.

    Attributes:
        typed: The input without the marks of the scanner.
        kind: What it was taken for.
        parts: What an element string says as printed, by name (gtin, lot, sscc, net_kg, expires as
            YYMMDD ...).
        lot_codes: What may be the lot's code; more than one where its end can't be told.
        gtin: 14 digits.
        sscc: 18 digits.
        notes: What is wrong or uncertain.
        label_code: What may be the short code of a label, as it is written.
        net_kg: Net weight, kilograms.
        expires_on: Use by; None where it isn't said, or no day of the calendar.
        best_before_on: Best before; likewise.
        made_on: Day of production.
        packed_on: Day of packing.
    """

    typed: str
    kind: LabelKind = LabelKind.TEXT
    parts: tuple[tuple[str, str], ...] = ()
    lot_codes: tuple[str, ...] = ()
    gtin: str | None = None
    sscc: str | None = None
    notes: tuple[Note, ...] = ()
    label_code: str | None = None
    net_kg: Decimal | None = None
    expires_on: date | None = None
    best_before_on: date | None = None
    made_on: date | None = None
    packed_on: date | None = None
