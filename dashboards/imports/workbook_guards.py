"""What is refused before a workbook is opened: what is none, and what would harm the server."""

import zipfile

from dashboards.imports.archives import ZIP, looked_through, refuse_bomb
from dashboards.imports.reading import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STEP = 1 << 20
# Workbooks are packed in these two ways alone (ECMA-376 part 2, OpenDocument part 2).
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = "is no workbook that can be read: it is damaged."
SAVE_AS = "Save it as .xlsx or .ods"


def is_workbook(raw: bytes) -> bool:
    """Tell by its first bytes whether a file is a workbook, whatever it is called."""
    return raw.startswith((ZIP, OLE))


def refuse_what_is_no_workbook(raw: bytes, most_bytes: int) -> None:
    """Refuse a workbook that can't be read safely, with the way out.

    Raises:
        Unreadable: It is protected by a password, an old or binary one, has macros, is no workbook
            at all, is damaged, or unpacks to more than `most_bytes`.
    """
    if raw.startswith(OLE):
        if _ENCRYPTED in raw:
            raise Unreadable(f"is protected by a password. {SAVE_AS} without one.")
        raise Unreadable(f"is in an old format of Excel. {SAVE_AS}.")
    with looked_through(raw, DAMAGED) as book:
        _refuse_kind(book, set(book.namelist()))
        refuse_bomb(book, most_bytes)


def _refuse_kind(book: zipfile.ZipFile, names: set[str]) -> None:
    """Refuse macros, binary workbooks, encrypted ones, and archives of anything else."""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any(
        name.startswith("Basic/") for name in names
    ):
        raise Unreadable(f"holds macros, which are not taken. {SAVE_AS} without macros.")
    if "xl/workbook.bin" in names:
        raise Unreadable(f"is a binary workbook (.xlsb). {SAVE_AS}.")
    if any(part.flag_bits & 1 for part in book.infolist()):
        raise Unreadable(f"is protected by a password. {SAVE_AS} without one.")
    if any(part.compress_type not in _PACKED for part in book.infolist()):
        raise Unreadable(f"is packed in a way that no workbook is. {SAVE_AS}.")
    if "xl/workbook.xml" in names:
        return
    if "content.xml" not in names:
        raise Unreadable("is no workbook, but an archive of something else.")
    if "META-INF/manifest.xml" in names:
        with book.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(_STEP):
                raise Unreadable(f"is protected by a password. {SAVE_AS} without one.")
