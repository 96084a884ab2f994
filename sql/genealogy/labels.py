"""What a label says: the one reader of whatever is scanned or typed into a box that takes a code.

Element strings are read by `biip`; what is added here is what floors do to them: scanners that type
FNC1 as something else, or leave it out. Nothing is looked up here, and nothing guessed.
"""

import re
from collections.abc import Sequence

from sql.genealogy.element_strings import (
    DATES,
    LONGEST_LOT,
    OPEN_ENDED,
    Element,
    checks,
    linked,
    parsed,
    possible_ends,
)
from sql.genealogy.label_codes import label_code_in
from sql.genealogy.label_readings import LabelKind, Note, Reading

__all__ = [
    "GS",
    "LONGEST",
    "LabelKind",
    "Note",
    "Reading",
    "has_fnc1",
    "read_label",
    "trimmed",
]

GS = "\x1d"
GS_SHOWN = "\u241d"
LONGEST = 500
_GS1_SYMBOL = re.compile(r"^\](C1|d2|Q3|e0|J1)")
_OTHER_SYMBOL = re.compile(r"^\](A\d|C[02]|E[0-4]|I\d|Q[0-24-6]|d[013-6]|X0)(?=.)")
_FNC1_TYPED = re.compile(r"\x1d|<GS>|\{GS\}|\^\]|\[GS\]|\u241d|<FNC1>", re.IGNORECASE)
_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
_WITH_BRACKETS = re.compile(r"^(\(\d{2,4}\)[^()]+)+$")
_AROUND_BRACKETS = re.compile(r"\s*(\(\d{2,4}\))\s*")
# Without a scanner's mark, only what begins with a GTIN or an SSCC and goes on is taken for GS1.
_LOOKS_SCANNED = re.compile(r"^(01|02)\d{14}\S+$|^00\d{18}$")


def trimmed(raw: str) -> str:
    """Return what was typed without blanks around it, FNC1 as the sign that shows it.

    Python takes ASCII 29 for a blank and for the end of a line: stripped, a label that begins with
    it would be a code, and split into lines it would be two.
    """
    return raw.replace(GS, GS_SHOWN).strip()


def has_fnc1(text: str) -> bool:
    """Tell whether FNC1 is in a text, however it was typed: no code of a lot holds it."""
    return _FNC1_TYPED.search(text) is not None


def read_label(raw: str) -> Reading:
    """Read what was typed or scanned; any text can be read, as text if as nothing else.

    Read are GS1 element strings (after a scanner's mark such as ]C1, with FNC1 as scanners type it,
    or with identifiers in brackets), GS1 Digital Links, a GTIN or SSCC alone, the short code of a
    label, and text. A code such as 10D9T stays a code: only a scanner's mark, brackets, or a GTIN
    or SSCC in front make an element string of it (`sql/domain.md, Identifiers`).

    A box that takes a lot's code looks up `lot_codes`, else `typed`, by `sql.genealogy.lot_choice`;
    a form fills in what else is said: `gtin`, `expires_on`, `net_kg`, `sscc` ... A box that takes a
    new lot's own code takes it only where `kind` is TEXT: an element string never names a lot.
    """
    text = _FNC1_TYPED.sub(GS, raw[:LONGEST].replace("\0", "")).strip(" \t\r\n")
    bare = _OTHER_SYMBOL.sub("", _GS1_SYMBOL.sub("", text))
    is_marked = _GS1_SYMBOL.match(text) is not None or GS in bare
    bare = bare.strip(GS)
    if _ADDRESS.match(bare):
        return _element_string(bare, linked(bare), ends_known=True)
    bracketed = _AROUND_BRACKETS.sub(r"\1", bare)
    if _WITH_BRACKETS.match(bracketed):
        return _element_string(bracketed, parsed(bracketed, is_bracketed=True), ends_known=True)
    if is_marked or _LOOKS_SCANNED.match(bare):
        return _element_string(bare, parsed(bare, is_bracketed=False), ends_known=False)
    return _number_or_text(bare)


def _number_or_text(text: str) -> Reading:
    """Read digits alone by how many there are; everything else is text."""
    if not (text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14, 18)):
        return Reading(text, label_code=label_code_in(text))
    notes = () if checks(text) else (Note.CHECK_DIGIT,)
    if len(text) == 18:
        return Reading(text, LabelKind.SSCC, sscc=text, notes=notes)
    return Reading(text, LabelKind.GTIN, gtin=text.zfill(14), notes=notes)


def _element_string(text: str, elements: Sequence[Element] | None, *, ends_known: bool) -> Reading:
    """Read an element string: which numbers it holds, and whether its lot's end can be told."""
    if not elements:
        return Reading(text.replace(GS, ""), notes=(Note.UNREADABLE,))
    by_name = {one.name: one for one in elements}
    parts = {name: one.value for name, one in by_name.items()}
    last = elements[-1]
    ends = [] if ends_known or last.ai not in OPEN_ENDED else possible_ends(last.value)
    lot = parts.get("lot")
    shorter = ends if last.ai == "10" else []
    numbers = [parts[name] for name in ("gtin", "sscc") if name in parts]
    notes = [Note.CHECK_DIGIT] if not all(map(checks, numbers)) else []
    notes += [Note.MISSING_FNC1] if ends else []
    notes += [Note.NO_SUCH_DAY] if any(one.ai in DATES and not one.on for one in elements) else []
    notes += [Note.LONG_LOT] if lot is not None and len(lot) > LONGEST_LOT else []
    days = {f"{name}_on": one.on for name, one in by_name.items() if one.ai in DATES}
    net = by_name.get("net_kg")
    return Reading(
        text.replace(GS, ""),
        LabelKind.SCAN,
        tuple(parts.items()),
        () if lot is None else (lot, *shorter),
        parts.get("gtin"),
        parts.get("sscc"),
        tuple(notes),
        label_code=None if lot is None else label_code_in(lot),
        net_kg=None if net is None else net.number,
        **days,
    )
