"""Refuse a lot code that a person would take for another lot's, now or later.

What looks alike is decided by the record itself: `lot_code_skeleton`, a unique column of `lots`;
at entry also a space for a separator, which older records may hold. Here it is put into
words that name the other lot and point at the character. A code that resembles no known one is
still refused where a character passes for another (a dash that is no hyphen, a Cyrillic А among
Latin letters): the next person would type the plain one.
"""

import unicodedata

from dashboards.commands import values
from dashboards.commands.refusals import BadValue, Taken
from sql.record.transactions import Transaction

CODE = "LOOK_ALIKE"
# Printable by Unicode's categories, yet nothing is seen of them.
INVISIBLE = frozenset(
    map(
        chr,
        [
            0x034F,
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            *range(0x180B, 0x1810),
            0x2800,
            0x3164,
            *range(0xFE00, 0xFE10),
            0xFFA0,
            *range(0xE0100, 0xE01F0),
        ],
    )
)
TWINS = dict.fromkeys("−˗⁃➖", "-") | dict.fromkeys("⁄∕⧸╱", "/") | dict.fromkeys("‘’ʼʹ′", "'")
TWINS |= dict.fromkeys("“”″", '"') | {"∶": ":", "ꓸ": "."}
# Scripts whose letters may stand among Latin ones: none is drawn like them (UTS 39, 5.2).
BESIDE_LATIN = (
    "LATIN",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HALFWIDTH",
    "HANGUL",
    "BOPOMOFO",
    "ARABIC",
    "HEBREW",
    "THAI",
    "DEVANAGARI",
)


def refuse_look_alike(transaction: Transaction, lot_code: str, *, but: str | None = None) -> None:
    """Refuse a code that looks like a known one, or holds a character that passes for another.

    It may look like `but`.

    Raises:
        Taken: The code resembles a known lot's; names that lot and the differing character.
        BadValue: A character passes for another; names it and the one that was meant.
    """
    if "\0" in lot_code or any("\ud800" <= character <= "\udfff" for character in lot_code):
        return  # no database can be asked for it, and no lot carries it
    shown = unicodedata.normalize("NFC", lot_code).strip()
    known = transaction.value("lot_resembling", lot_code=shown[: 4 * values.LONGEST_CODE])
    if known is not None and known not in (shown, but):
        raise Taken(said(shown, known), field="lot_code", code=CODE)
    doubt = doubt_about(shown)
    if doubt is not None:
        raise BadValue(f"lot_code: {doubt}", field="lot_code", code="CHARACTERS")


def said(lot_code: str, known: str) -> str:
    """Say which known code a new one resembles, and where the two differ first."""
    place = next(
        (n for n, (new, old) in enumerate(zip(lot_code, known, strict=False)) if new != old),
        min(len(lot_code), len(known)),
    )
    new, old = (
        values.character_name(code[place]) if place < len(code) else "missing"
        for code in (lot_code, known)
    )
    there = f", where that one has {old}" if old != "missing" else ""
    return (
        f"This code looks like lot {known}, which exists: its character {place + 1} is {new}"
        f"{there}. If you mean that lot, open it; else give this one a code nobody can mistake."
    )


def doubt_about(lot_code: str) -> str | None:
    """Say which character of a code passes for another, and for which; None: none does."""
    has_latin = any(unicodedata.name(character, "").startswith("LATIN") for character in lot_code)
    has_plain = any(character.isascii() and character.isalnum() for character in lot_code)
    base = ""
    for position, character in enumerate(lot_code, start=1):
        kind = unicodedata.category(character)
        if kind[0] != "M":
            base = character
        why = None if character.isascii() else _why(character, kind, base, has_latin, has_plain)
        if why is not None:
            return f"character {position} ({values.character_name(character)}) {why}"
    return None


def _why(character: str, kind: str, base: str, has_latin: bool, has_plain: bool) -> str | None:
    """Say why a character that is not ASCII can't stand in a code; None: it can."""
    plain = unicodedata.normalize("NFKC", character)
    twin = plain if plain.isascii() else TWINS.get(character, "-" if kind == "Pd" else None)
    if twin is not None:
        return f"is not allowed; did you mean {twin!r}?"
    if character in INVISIBLE:
        return "can't be seen. Leave it out."
    if kind[0] == "M" and base.isascii():
        return "is drawn over the character before it. Leave it out."
    if kind[0] == "N" and has_plain:
        digit = unicodedata.digit(character, None)
        return "is not allowed" + ("." if digit is None else f"; did you mean '{digit}'?")
    name = unicodedata.name(character, "")
    if kind[0] == "L" and has_latin and not name.startswith(BESIDE_LATIN):
        return "passes for a Latin letter. Type the code in letters of one script."
    if kind[0] in "PS" and has_latin and character != "°":
        return "may pass for another. Use the signs of a plain keyboard."
    return None
