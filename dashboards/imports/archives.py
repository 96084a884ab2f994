"""Archives (.zip): looked through before anything of them is unpacked, and opened as their files.

A workbook is an archive too, and is looked through alike; what is a workbook is no matter of this
module. Nothing is written to a disk, so no name inside an archive leads anywhere.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from dashboards.imports.reading import Unreadable

ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_MOST_PARTS = 10_000
_STEP = 1 << 20
# How Python's archive reader says that an archive is not what it claims to be, found by changing
# bytes of good ones at random. None is swallowed: each becomes a refusal, and is its cause. All is
# read from memory, so none can be about a disk. The reader says NotImplementedError of an archive
# whose directory names a version of the format above 6.3, which there is none of: nothing of ours
# is left undone there. How a part is packed is looked at before it is opened.
_BROKEN = (
    zipfile.BadZipFile,  # its directory
    zlib.error,  # its packed data
    EOFError,  # an end too soon
    NotImplementedError,  # a version of the format that there is none of
    ValueError,  # a place before its beginning
)
_READ_HERE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_OF_WORKBOOKS = ("[Content_Types].xml", "content.xml", "mimetype")
# What a Mac leaves in every archive that it packs.
_BESIDES = ("__MACOSX", ".DS_Store")


@contextmanager
def looked_through(raw: bytes, damaged: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive that lies in memory.

    Args:
        raw: The archive.
        damaged: What is said of one that can't be read; goes on from its name.

    Raises:
        Unreadable: It is damaged, found when it is opened or in the block.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield archive
    except _BROKEN as broken:
        raise Unreadable(damaged) from broken


def refuse_bomb(archive: zipfile.ZipFile, most_bytes: int) -> None:
    """Unpack every part to see how large it is: what an archive says of itself may be a lie.

    Raises:
        Unreadable: It has thousands of parts, or unpacks to more than `most_bytes`.
    """
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise Unreadable(f"has {len(parts):,} parts; some dozens are usual. Send it in parts.")
    left = most_bytes
    for part in parts:
        part.file_size = 1 << 62  # else no more is unpacked than the archive says
        with archive.open(part) as unpacked:
            while block := unpacked.read(_STEP):
                left -= len(block)
                if left < 0:
                    raise Unreadable(
                        f"unpacks to more than {most_bytes >> 20:,} MB. Send it in parts, or raise "
                        "LOTLINE_IMPORT_UNPACKED_MB."
                    )


def files_within(raw: bytes, most_bytes: int) -> list[tuple[str, bytes]] | None:
    """Return the files of an archive, each with its name, in its order; None: it is no archive.

    Args:
        raw: A file of any kind. A workbook is no archive here.
        most_bytes: What an archive's files may have together, unpacked.

    Raises:
        Unreadable: An archive is damaged, protected by a password, packed in a way that is not
            read here (such as Deflate64), or unpacks to more than `most_bytes`.
    """
    if not _is_archive_of_files(raw):
        return None
    with looked_through(raw, "is a damaged archive. Pack it again, or send its files.") as archive:
        parts = [part for part in archive.infolist() if not _is_beside(part)]
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("is protected by a password. Pack it without one.")
        if any(part.compress_type not in _READ_HERE for part in parts):
            raise Unreadable("is packed in a way that is not read here. Pack it as a plain .zip.")
        refuse_bomb(archive, most_bytes)
        return [(PurePosixPath(part.filename).name, archive.read(part)) for part in parts]


def _is_beside(part: zipfile.ZipInfo) -> bool:
    """Tell whether a part is a folder, or something that no person packed."""
    return part.is_dir() or any(name in _BESIDES for name in PurePosixPath(part.filename).parts)


def _is_archive_of_files(raw: bytes) -> bool:
    """Tell whether a file is an archive, and no workbook: what it is called doesn't count."""
    if not raw.startswith((ZIP, _EMPTY_ZIP)):
        return False
    with looked_through(raw, "is damaged: it is neither a workbook nor an archive.") as archive:
        names = archive.namelist()
    # Workbooks of either kind have parts of fixed names.
    return not any(name in _OF_WORKBOOKS or name.startswith("xl/") for name in names)
