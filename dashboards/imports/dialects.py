"""In which dialect of CSV a file is written, where it is not the import's own.

A spreadsheet saves what its country writes: semicolons, a code page. What follows from that in the
header and in every cell would hide the cause, so it is told once a file. No cell is read here, and
none is guessed at.
"""

import codecs
import re
from collections.abc import Collection

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
HINT = "sep="
WAY_OUT = "Save it as CSV in UTF-8, separated by commas"
_UNREAD = re.compile("[\ud800-\udfff]")  # a byte that could not be decoded
_LETTER = re.compile("[^\x00-\x7f\ud800-\udfff]")  # beyond ASCII, and UTF-8
MORE_WAY_OUT = ", with numbers such as 12.5 and times such as 2026-03-09T06:30:00+01:00"


def text_of(raw: bytes) -> str:
    """Decode a file; bytes that are no UTF-8 become lone surrogates, so that each is found."""
    return raw.decode("utf-8-sig", errors="surrogateescape")


def foreign_dialect(raw: bytes, columns: Collection[str]) -> str | None:
    """Say in one sentence what a file is instead of UTF-8 separated by commas, and the way out.

    Args:
        raw: The whole file.
        columns: What its header may name; the separator is the one that finds most of them.

    Returns:
        None where the file is as it should be, or some of its cells only are no UTF-8.
    """
    encoding = _utf_16(raw)
    text = raw.decode(encoding, errors="replace") if encoding else text_of(raw)
    first, _, rest = text.lstrip("\ufeff\r\n").partition("\n")
    hint = first.strip() if first.lower().startswith(HINT) else None
    separator = _separator(rest.partition("\n")[0] if hint else first, columns)
    causes = [f"begins with a line {hint!r}, which only a spreadsheet reads"] if hint else []
    if separator is not None:
        causes.append(f"is separated by {separator}")
    if encoding:
        causes.append("is UTF-16, not UTF-8")
    elif unreadable := _unreadable_lines(text, alone=separator is None):
        causes.append(f"is not UTF-8: {unreadable}")
    if not causes:
        return None
    return f"{' and '.join(causes)}. {WAY_OUT}{MORE_WAY_OUT if separator else ''}."


def _utf_16(raw: bytes) -> str | None:
    """Tell by its mark, or by the zero beside an ASCII letter, that a file is UTF-16, and which."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    beginning = raw[:2]
    if len(beginning) == 2 and beginning.count(0) == 1:
        return "utf-16-le" if beginning[1] == 0 else "utf-16-be"
    return None


def _separator(header: str, columns: Collection[str]) -> str | None:
    """Name the separator that finds more of a file's columns in its header than commas do."""
    found = {
        separator: len({name.strip(' "\r') for name in header.split(separator)} & set(columns))
        for separator in (",", *SEPARATORS)
    }
    best = max(found, key=lambda separator: found[separator])  # of equals the first: commas
    return SEPARATORS.get(best)


def _unreadable_lines(text: str, *, alone: bool) -> str | None:
    """Count the lines that are no UTF-8, where the file as a whole is in another code page.

    Told cell by cell instead where there is one such line and nothing else is wrong with the file,
    or where other lines have letters beyond ASCII that are UTF-8.
    """
    if _UNREAD.search(text) is None or _LETTER.search(text) is not None:
        return None
    numbered = enumerate(text.split("\n"), start=1)
    lines = [number for number, line in numbered if _UNREAD.search(line)]
    if alone and len(lines) == 1:
        return None
    count = "1 line" if len(lines) == 1 else f"{len(lines):,} lines"
    return f"{count} can't be read, the first is {lines[0]}"
