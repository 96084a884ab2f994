"""Labels are read as they are printed, and nothing is guessed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sql.genealogy.labels import LabelKind, Note, read_label
from tests.cases import each_of

GTIN = "05991234567894"


@each_of("code", ["10D9T", "RAW-1", "01", "21", "10ABC17261231", "(x)", "0", "ő"])
def test_a_code_stays_a_code(code) -> None:
    found = read_label(f" {code}\n")
    assert (found.kind, found.typed, found.lot_codes, found.notes) == (LabelKind.TEXT, code, (), ())


@each_of("mark", ["]C1", "]d2", "]Q3", "]e0", "\x1d", "]C1\x1d", "<GS>", "{GS}"])
def test_a_scanners_mark_is_taken_off(mark) -> None:
    found = read_label(f"{mark}10D9T")
    assert (found.kind, found.lot_codes) == (LabelKind.SCAN, ("D9T",))


@each_of("between", ["\x1d", "<GS>", "{GS}", "^]", "\u241d"])
def test_every_part_of_a_label_is_read(between) -> None:
    found = read_label(f"01{GTIN}1726123110LOT1{between}21S9")
    assert dict(found.parts) == {"gtin": GTIN, "expires": "261231", "lot": "LOT1", "serial": "S9"}
    assert (found.gtin, found.lot_codes, found.notes) == (GTIN, ("LOT1",), ())
    with_brackets = read_label(f"(01){GTIN}(17)261231(10)LOT1(21)S9")
    assert with_brackets.parts == found.parts


def test_a_missing_fnc1_is_said_and_not_guessed() -> None:
    """The lot may be LOT21SER, or LOT before the serial SER."""
    found = read_label(f"01{GTIN}10LOT21SER")
    assert found.notes == (Note.MISSING_FNC1,)
    assert found.lot_codes == ("LOT21SER", "LOT")
    dated = read_label("]C110ABC17261231")
    assert (dated.notes, dated.lot_codes[0]) == ((Note.MISSING_FNC1,), "ABC17261231")
    assert "ABC" in dated.lot_codes
    assert read_label(f"(01){GTIN}(10)LOT21SER").notes == ()
    assert read_label(f"01{GTIN}10LOT\x1d21SER").notes == ()


def test_a_wrong_check_digit_is_said_and_taken() -> None:
    found = read_label("5991234567890")
    assert (found.kind, found.gtin, found.notes) == (
        LabelKind.GTIN,
        "05991234567890",
        (Note.CHECK_DIGIT,),
    )
    assert read_label("5991234567894").notes == ()


@each_of("form", ["{}", "00{}", "]C100{}", "(00){}"])
def test_a_pallet_is_read_in_every_form(form) -> None:
    assert read_label(form.format("359912345678901231")).sscc == "359912345678901231"


@given(st.one_of(st.text(), st.text("0123456789()]C\x1d^ABz", max_size=60)))
def test_any_text_is_read(raw) -> None:
    found = read_label(raw)
    assert found.kind is not LabelKind.SCAN or found.parts


@given(
    lot=st.text("ABCDEFGHJKLMNPQRSTUVWXYZ-/", min_size=1, max_size=20),
    serial=st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=1, max_size=20),
    day=st.integers(1, 28),
)
def test_what_is_printed_is_read_back(lot, serial, day) -> None:
    found = read_label(f"]C101{GTIN}10{lot}\x1d21{serial}\x1d1726{11}{day:02}")
    assert dict(found.parts) == {
        "gtin": GTIN,
        "lot": lot,
        "serial": serial,
        "expires": f"2611{day:02}",
    }
    assert found.notes == ()


def test_published_labels_with_brackets_are_read_as_without(shared) -> None:
    vectors = json.loads((shared / "data/gs1/gs1_parse_vectors.json").read_text())
    compared = 0
    for vector in vectors["bracketed_ai_to_unbracketed"]:
        if not vector["ok"] or "\\" in vector["input"]:
            continue
        bracketed = read_label(vector["input"])
        scanned = read_label(vector["expect"].replace("^", "\x1d"))
        if bracketed.kind is LabelKind.SCAN and scanned.kind is LabelKind.SCAN:
            compared += 1
            assert bracketed.parts == scanned.parts, vector
    assert compared >= 5
