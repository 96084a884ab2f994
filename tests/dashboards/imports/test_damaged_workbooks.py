"""A damaged workbook is refused in words, whatever was done to its bytes; nothing else rises."""

import contextlib
import io
import random
import zipfile
from zoneinfo import ZoneInfo

import pytest

from dashboards.imports.reading import Reading, Unreadable
from dashboards.imports.workbook_guards import DAMAGED, refuse_what_is_no_workbook
from dashboards.imports.workbooks import book_sheets
from tests.dashboards.imports.workbooks import archive, ods, parts_of, xlsx

MOST_BYTES = 1 << 20
CHANGED = 3_000


def packed(method: int) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as book:
        book.writestr("xl/workbook.xml", "<workbook/>" * 50)
        book.writestr("xl/worksheets/sheet1.xml", "<sheet/>" * 200)
    return raw.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_whole_one_passes(method: int) -> None:
    refuse_what_is_no_workbook(packed(method), MOST_BYTES)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_one_packed_as_no_workbook_is_packed_is_refused(method: int) -> None:
    with pytest.raises(Unreadable, match="packed in a way that no workbook is"):
        refuse_what_is_no_workbook(packed(method), MOST_BYTES)


def test_a_place_before_the_beginning_is_damage() -> None:
    """The directory says that it begins 2 GB further on than the file is long."""
    raw = bytearray(packed(zipfile.ZIP_DEFLATED))
    end = raw.rindex(b"PK\x05\x06")
    raw[end + 12 : end + 16] = (0x7FFFFFFF).to_bytes(4, "little")

    with pytest.raises(Unreadable) as refused:
        refuse_what_is_no_workbook(bytes(raw), MOST_BYTES)

    assert str(refused.value) == DAMAGED


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_changed_bytes_end_in_a_refusal_or_in_a_workbook(seed: int, method: int) -> None:
    chance, whole = random.Random(seed), packed(method)
    for _ in range(CHANGED // 4):
        raw = bytearray(whole)
        for _change in range(chance.choice([1, 1, 2, 8])):
            raw[chance.randrange(4, len(raw))] = chance.randrange(256)
        cut = chance.randrange(4, len(raw)) if chance.random() < 0.1 else len(raw)
        with contextlib.suppress(Unreadable):  # the refusal; whatever else rises fails the test
            refuse_what_is_no_workbook(bytes(raw[:cut]), MOST_BYTES)


@pytest.mark.parametrize("encoding", ["nobody's", "big5", "utf-16"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml"])
def test_xml_in_a_way_of_writing_that_nobody_reads_is_damage(part: str, encoding: str) -> None:
    rows = {"lots": [["lot_code"], ["A"]]}
    parts = parts_of(ods(rows) if part == "content.xml" else xlsx(rows))
    parts[part] = parts[part].replace(b'encoding="UTF-8"', f'encoding="{encoding}"'.encode())

    with pytest.raises(Unreadable) as refused:
        book_sheets("lots.xlsx", archive(parts), Reading(ZoneInfo("UTC")))

    assert str(refused.value) == DAMAGED
