"""What a label says: GS1 element strings, plain numbers and codes, as typed or scanned.

Element strings are read by `biip`; what is added here is what floors do to them: scanners that type
FNC1 as something else, or leave it out. Nothing is looked up here, and nothing guessed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from sql.genealogy.element_strings import NAMES, OPEN_ENDED, checks, parsed, possible_ends

GS = "\x1d"
LONGEST = 500
_SYMBOLOGY = re.compile(r"^\](C1|d2|Q3|e0|J1)")
_FNC1_TYPED = re.compile(r"<GS>|\{GS\}|\^\]|\[GS\]|\u241d|<FNC1>", re.IGNORECASE)
_WITH_BRACKETS = re.compile(r"^(\(\d{2,4}\)[^()]+)+$")
# Without a scanner's mark, only what begins with a GTIN or an SSCC and goes on is taken for GS1.
_LOOKS_SCANNED = re.compile(r"^(01|02)\d{14}\S+$|^00\d{18}$")


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
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Reading:
    """How an input is read.

    Attributes:
        typed: The input without the marks of the scanner.
        kind: What it was taken for.
        parts: What an element string says, by name (gtin, lot, sscc, expires as YYMMDD ...).
        lot_codes: What may be the lot's code; more than one where its end can't be told.
        gtin: 14 digits.
        sscc: 18 digits.
        notes: What is wrong or uncertain.
    """

    typed: str
    kind: LabelKind = LabelKind.TEXT
    parts: tuple[tuple[str, str], ...] = ()
    lot_codes: tuple[str, ...] = ()
    gtin: str | None = None
    sscc: str | None = None
    notes: tuple[Note, ...] = ()


def read_label(raw: str) -> Reading:
    """Read what was typed or scanned; any text can be read, as text if as nothing else.

    A code such as 10D9T stays a code: only a scanner's mark, brackets, or a GTIN or SSCC in front
    make an element string of it (`sql/domain.md, Identifiers`).
    """
    text = _FNC1_TYPED.sub(GS, raw[:LONGEST]).strip(" \t\r\n")
    bare = _SYMBOLOGY.sub("", text)
    is_marked = bare != text or GS in bare
    bare = bare.strip(GS)
    if _WITH_BRACKETS.match(bare):
        return _element_string(bare, parsed(bare, is_bracketed=True), ends_known=True)
    if is_marked or _LOOKS_SCANNED.match(bare):
        return _element_string(bare, parsed(bare, is_bracketed=False), ends_known=False)
    return _number_or_text(bare)


def _number_or_text(text: str) -> Reading:
    """Read digits alone by how many there are; everything else is text."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14, 18)):
        return Reading(text)
    notes = () if checks(text) else (Note.CHECK_DIGIT,)
    if len(text) == 18:
        return Reading(text, LabelKind.SSCC, sscc=text, notes=notes)
    return Reading(text, LabelKind.GTIN, gtin=text.zfill(14), notes=notes)


def _element_string(
    text: str, elements: list[tuple[str, str]] | None, *, ends_known: bool
) -> Reading:
    """Read an element string: which numbers it holds, and whether its lot's end can be told."""
    if not elements:
        return Reading(text.replace(GS, ""), notes=(Note.UNREADABLE,))
    parts = {NAMES.get(ai, ai): value for ai, value in elements}
    last, value = elements[-1]
    ends = [] if ends_known or last not in OPEN_ENDED else possible_ends(value)
    lot = parts.get("lot")
    shorter = ends if last == "10" else []
    numbers = [parts[name] for name in ("gtin", "sscc") if name in parts]
    notes = [Note.CHECK_DIGIT] if not all(map(checks, numbers)) else []
    notes += [Note.MISSING_FNC1] if ends else []
    return Reading(
        text.replace(GS, ""),
        LabelKind.SCAN,
        tuple(parts.items()),
        () if lot is None else (lot, *shorter),
        parts.get("gtin"),
        parts.get("sscc"),
        tuple(notes),
    )
