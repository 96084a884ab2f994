"""What is refused before a workbook is opened: what is none, and what would harm the server."""

import io
import zipfile
import zlib

from dashboards.imports.reading import Unreadable

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS = 10_000
_STEP = 1 << 20
# Workbooks are packed in these two ways alone (ECMA-376 part 2, OpenDocument part 2).
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# How Python's archive reader says that an archive is not what it claims to be, found by changing
# bytes of good ones at random. None is swallowed: each is the cause of the refusal that is raised.
# All is read from memory, so none can be about a disk.
_BROKEN = (
    zipfile.BadZipFile,  # its directory
    zlib.error,  # its packed data
    EOFError,  # an end too soon
    NotImplementedError,  # a version or flag that nobody writes: the reader's word, nothing of ours
    ValueError,  # a place before its beginning
)
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
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            names = set(book.namelist())
            _refuse_kind(book, names)
            _refuse_bomb(book, most_bytes)
    except _BROKEN as broken:
        raise Unreadable(DAMAGED) from broken


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


def _refuse_bomb(book: zipfile.ZipFile, most_bytes: int) -> None:
    """Unpack every part to see how large it is: what an archive says of itself may be a lie."""
    parts = book.infolist()
    if len(parts) > _MOST_PARTS:
        raise Unreadable(f"has {len(parts):,} parts; a workbook has some dozens.")
    left = most_bytes
    for part in parts:
        part.file_size = 1 << 62  # else no more is unpacked than the archive says
        with book.open(part) as unpacked:
            while block := unpacked.read(_STEP):
                left -= len(block)
                if left < 0:
                    raise Unreadable(
                        f"unpacks to more than {most_bytes >> 20:,} MB. Send it in parts, or raise "
                        "LOTLINE_IMPORT_UNPACKED_MB."
                    )
