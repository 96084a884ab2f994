"""What a label says: GS1 element strings, plain numbers and codes, as typed or scanned.

Element strings are read by `biip`; what is added here is what floors do to them: scanners that type
FNC1 as something else, or leave it out. Nothing is looked up here, and nothing guessed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from biip import ParseConfig, ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_messages import GS1Message

GS = "\x1d"
LONGEST = 500
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
_SYMBOLOGY = re.compile(r"^\](C1|d2|Q3|e0|J1)")
_FNC1_TYPED = re.compile(r"<GS>|\{GS\}|\^\]|\[GS\]|\u241d|<FNC1>", re.IGNORECASE)
_WITH_BRACKETS = re.compile(r"^(\(\d{2,4}\)[^()]+)+$")
# Without a scanner's mark, only what begins with a GTIN or an SSCC and goes on is taken for GS1.
_LOOKS_SCANNED = re.compile(r"^(01|02)\d{14}\S+$|^00\d{18}$")
_OPEN_ENDED = {"10": "lot", "21": "serial"}
_NAMES = {
    "00": "sscc",
    "01": "gtin",
    "02": "gtin",
    "10": "lot",
    "11": "made",
    "13": "packed",
    "15": "best_before",
    "17": "expires",
    "21": "serial",
    "37": "count",
}


class LabelKind(StrEnum):
    """How the input was read."""

    TEXT = "text"
    GTIN = "gtin"
    SSCC = "sscc"
    SCAN = "scan"


class Note(StrEnum):
    """What is to be said about the input beside what it says itself."""

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
        return _element_string(bare, _parsed(bare, is_bracketed=True), ends_known=True)
    if is_marked or _LOOKS_SCANNED.match(bare):
        return _element_string(bare, _parsed(bare, is_bracketed=False), ends_known=False)
    return _number_or_text(bare)


def _number_or_text(text: str) -> Reading:
    """Read digits alone by how many there are; everything else is text."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14, 18)):
        return Reading(text)
    notes = () if _checks(text) else (Note.CHECK_DIGIT,)
    if len(text) == 18:
        return Reading(text, LabelKind.SSCC, sscc=text, notes=notes)
    return Reading(text, LabelKind.GTIN, gtin=text.zfill(14), notes=notes)


def _parsed(text: str, *, is_bracketed: bool) -> list[tuple[str, str]] | None:
    """Give (application identifier, value) of each element; None where it is no element string."""
    read = GS1Message.parse_hri if is_bracketed else GS1Message.parse
    try:
        return [(e.ai.ai, e.value) for e in read(text, config=_CONFIG).element_strings]
    except ParseError:
        return None


def _element_string(
    text: str, elements: list[tuple[str, str]] | None, *, ends_known: bool
) -> Reading:
    """Read an element string: which numbers it holds, and whether its lot's end can be told."""
    if not elements:
        return Reading(text.replace(GS, ""), notes=(Note.UNREADABLE,))
    parts = {_NAMES.get(ai, ai): value for ai, value in elements}
    last, value = elements[-1]
    ends = [] if ends_known or last not in _OPEN_ENDED else _possible_ends(value)
    lot = parts.get("lot")
    shorter = ends if last == "10" else []
    numbers = [parts[name] for name in ("gtin", "sscc") if name in parts]
    notes = [Note.CHECK_DIGIT] if not all(map(_checks, numbers)) else []
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


def _possible_ends(value: str) -> list[str]:
    """Give what an unended value may be without the elements that may follow in it, longest first.

    A value of open length ends with FNC1 or with the scan. Where its tail reads as elements that
    plants print after a lot, a scanner may have dropped the FNC1 between.
    """
    ends = []
    for at in range(len(value) - 1, 0, -1):
        tail = _parsed(value[at:], is_bracketed=False)
        if tail and all(ai in _NAMES or ai.startswith("310") for ai, _value in tail):
            ends.append(value[:at])
    return ends


def _checks(digits: str) -> bool:
    """Tell whether a number's check digit is right."""
    return gs1_standard_check_digit(digits[:-1]) == int(digits[-1])
