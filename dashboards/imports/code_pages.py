"""From a file's bytes to its text: which code page it is written in.

A mark at its beginning says so, or the zeros of UTF-16, or that all of it is UTF-8; else it is in
the site's code page, which few letters never tell apart from another.
"""

import codecs
import re

CODE_PAGES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1252": "Windows-1252 (Western Europe)",
    "iso-8859-2": "ISO 8859-2 (Central Europe)",
    "iso-8859-1": "ISO 8859-1 (Western Europe)",
    "cp852": "DOS 852 (Central Europe)",
}
_UNREAD = re.compile("[\ud800-\udfff]")  # a byte that could not be decoded
_LETTER = re.compile("[^\x00-\x7f\ud800-\udfff]")  # beyond ASCII, and UTF-8


def text_of(raw: bytes, site: str, said: str | None = None) -> tuple[str, str]:
    """Decode a file and name its code page.

    Args:
        raw: The whole file.
        site: The code page of a file that says nothing of its own.
        said: The code page, where whoever imports says it.

    Returns:
        The text, in which a byte that can't be read is a lone surrogate, and the code page's name.
    """
    page = said or _marked(raw)
    if page is None:
        text = raw.decode("utf-8-sig", errors="surrogateescape")
        # UTF-8 is hard to hit by chance: a few bad bytes among its letters are bad cells.
        if len(_UNREAD.findall(text)) <= len(_LETTER.findall(text)):
            return text, "utf-8"
        page = site
    if page == "utf-8":
        return raw.decode("utf-8-sig", errors="surrogateescape"), page
    # A byte that a code page leaves free stands for nothing; half a pair of UTF-16 neither.
    errors = "surrogateescape" if not page.startswith("utf-16") else "replace"
    return raw.decode(page, errors=errors).removeprefix("\ufeff"), page


def without_surrogates(cell: str) -> str:
    """Show each byte that could not be read as a replacement character."""
    return cell.encode(errors="surrogateescape").decode(errors="replace")


def _marked(raw: bytes) -> str | None:
    """Tell by its mark, or by the zero beside an ASCII letter, how a file is written."""
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    beginning = raw[:2]
    if len(beginning) == 2 and beginning.count(0) == 1:
        return "utf-16-le" if beginning[1] == 0 else "utf-16-be"
    return None
