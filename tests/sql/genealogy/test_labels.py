"""Labels are read as they are printed, and nothing is guessed."""

import json
from datetime import date
from decimal import Decimal

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


LINK = f"https://id.gs1.org/01/{GTIN}/10/XT-1?17=271130&3103=012500"


@each_of(
    "raw",
    [
        f"(01){GTIN}(17)271130(3103)012500(10)XT-1",
        f" (01) {GTIN} (17) 271130 (3103) 012500 (10) XT-1 ",
        f"]C101{GTIN}17271130310301250010XT-1",
        f"]d201{GTIN}17271130310301250010XT-1",
        f"01{GTIN}17271130310301250010XT-1",
        LINK,
        f"]Q1{LINK}",
        LINK.replace("id.gs1.org", "labels.plant.example/shop").replace("https", "HTTP"),
        f"https://plant.example/gtin/{GTIN[1:]}/lot/XT-1?exp=271130&3103=012500&page=2",
    ],
)
def test_a_label_says_product_lot_day_and_weight_in_every_form(raw) -> None:
    found = read_label(raw)
    assert (found.kind, found.gtin, found.lot_codes) == (LabelKind.SCAN, GTIN, ("XT-1",))
    assert (found.expires_on, found.net_kg) == (date(2027, 11, 30), Decimal("12.5"))
    assert found.notes == ()


@each_of(
    ("printed", "day"),
    [
        ("(17)271100(10)A", date(2027, 11, 30)),
        ("(17)280200(10)A", date(2028, 2, 29)),
        ("(17)271131(10)A", None),
        ("(17)000000(10)A", None),
    ],
)
def test_a_day_is_one_of_the_calendar_or_said_to_be_none(printed, day) -> None:
    found = read_label(printed)
    assert (found.expires_on, Note.NO_SUCH_DAY in found.notes) == (day, day is None)
    assert found.lot_codes == ("A",)


def test_the_days_of_a_label_are_told_apart() -> None:
    found = read_label("(11)260101(13)260102(15)260301(17)260401")
    days = (found.made_on, found.packed_on, found.best_before_on, found.expires_on)
    assert [f"{day:%m%d}" for day in days if day] == ["0101", "0102", "0301", "0401"]


@each_of(
    "raw", ["https://plant.example/lots/XT-1", "http://[x", "https://", f"https://x/01/{GTIN}/9"]
)
def test_an_address_that_is_no_digital_link_is_said_to_be_unreadable(raw) -> None:
    assert (read_label(raw).kind, read_label(raw).notes) == (LabelKind.TEXT, (Note.UNREADABLE,))


@each_of("raw", ["]C0XT-1", "]Q1XT-1", "]E0XT-1", "]d0XT-1", "XT-1"])
def test_the_mark_of_a_symbol_that_is_not_gs1_is_taken_off(raw) -> None:
    assert (read_label(raw).kind, read_label(raw).typed) == (LabelKind.TEXT, "XT-1")


@each_of(
    ("raw", "code"),
    [
        ("L2223ABC", "L2223ABC"),
        ("l2223-abc", "L2223ABC"),
        (" L2223 ABC", "L2223ABC"),
        ("]C110L2223ABC", "L2223ABC"),
        (f"https://id.gs1.org/01/{GTIN}/10/L2223ABC", "L2223ABC"),
        ("L2223AB", None),
        ("L2223AB0", None),
        ("X2223ABC", None),
    ],
)
def test_the_code_of_a_label_is_read_as_it_is_written(raw, code) -> None:
    assert read_label(raw).label_code == code


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
