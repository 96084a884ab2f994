"""What arrives from a scanner is read once, by one rule, on every screen and in every box."""

import hashlib
import re

import pytest

from dashboards.commands.identifiers import sscc
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue
from dashboards.exports.calibration_card import CARD, card_pdf
from dashboards.screens.scanning.calibrating import told_by_card
from dashboards.serving.server import CODE_READER
from dashboards.views.lot_list import codes_in
from dashboards.views.scan_boxes import SCAN_BOXES
from dashboards.views.scanner import Scan
from sql.genealogy.labels import LONGEST, read_label, trimmed
from tests.cases import each_of
from tests.house.source import files_of
from tests.plants import button

GS = "\x1d"
SPELLED = [GS, "\u241d", "<GS>", "{GS}", "^]"]
PINNED = {
    "zxing_reader.js": "d33d09ce132a692faffbed0dce656c36cb2573b4b843885a6e036390d1071d95",
    "zxing_reader.wasm": "e8af31edb56d0522f4de74495839385ef019ba8bc90d38e5ecb2f18795d86fb2",
}


def scan(text: str, place: str | None = None, by: str = "wedge", *spellings: str) -> Scan:
    return Scan(text, text if place is None else place, text, spellings, by)


def test_the_reader_of_codes_is_the_one_that_was_looked_at() -> None:
    """zxing-wasm 3.1.4 as npm packs it: dist/iife/reader/index.js and dist/reader/*.wasm."""
    found = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in CODE_READER.iterdir()}
    licence = (CODE_READER / "LICENSE.txt").read_text(encoding="utf-8")

    assert {name: found[name] for name in PINNED} == PINNED
    assert set(found) == {*PINNED, "LICENSE.txt"} and "MIT License" in licence


@each_of("sign", SPELLED)
def test_a_lot_ends_at_fnc1_in_every_box_however_it_is_spelled(screen, plant, sign) -> None:
    """Through a text box it arrived as a lot SPICE-00121S1."""
    label = f"]C110RAW-SPICE-001{sign}21S1"
    app = screen("lots")
    app.text_input(key="lots_search").input(label).run()
    assert app.query_params["lot"] in ("RAW-SPICE-001", ["RAW-SPICE-001"])
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input(label).run()
    assert app.selectbox(key="qc_lot_1").value == "RAW-SPICE-001"
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input(label).run()
    assert app.text_input(key="new_supplier_lot_code").value == "RAW-SPICE-001"
    app = screen("trace")
    app.text_input(key="trace_lot").input(label).run()
    assert "RAW-SPICE-001 touches" in " ".join(said.value for said in app.text)
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input(label)
    button(app, "parent_save").click().run()
    assert "RAW-SPICE-001 is recorded as a parent" in app.success[0].value.replace("\\", "")
    assert codes_in(f"{label}\nB", lambda codes: codes) == ["RAW-SPICE-001", "B"]


def test_fnc1_in_front_marks_a_label_and_is_no_blank() -> None:
    assert trimmed(f" {GS}10LOT1 ") == "\u241d10LOT1"
    assert read_label(trimmed(f"{GS}10LOT1")).lot_codes == ("LOT1",)
    assert read_label("10LOT1").lot_codes == ()


@each_of("sign", SPELLED)
def test_a_text_with_fnc1_in_it_names_no_lot(transaction, people, sign) -> None:
    with pytest.raises(BadValue, match="whole label as it was scanned|not allowed"):
        register_lot(transaction, by=people["OPERATOR"], lot_code=f"LOT1{sign}21S1")


def test_a_pallets_label_is_taken_for_its_code_with_what_stands_behind_it() -> None:
    pallet = "123456789012345675"
    behind = f"]C100{pallet}02059912340000183712"
    fronts = ["", "(00)", "00", "]C100", f"{GS}00"]

    for typed in (behind, *(f"{front}{pallet}" for front in fronts)):
        assert sscc(typed, "sscc") == pallet, typed


def test_every_box_that_asks_for_a_scan_is_one_that_scanners_type_into() -> None:
    """A box whose key speaks of a lot's code, a parent, a pallet or a scan is on the list."""
    drawn = re.compile(
        r"\.(?:text_input|text_area|selectbox)\(.{0,400}?key=f?\"(\w+)[\"{]", re.DOTALL
    )
    named = {
        key
        for file in files_of("dashboards/screens", "dashboards/views")
        for key in drawn.findall(file.read_text(encoding="utf-8"))
        if re.search(r"lot_code|_scan|parent|sscc|pallet|(trace|lots)_(lot|list|search)", key)
    }
    listed = {box.rstrip("*").rstrip("_") for box in SCAN_BOXES}

    assert len(named) >= 7
    assert {key for key in named if key.rstrip("_") not in listed} == set()


@each_of(
    "sent",
    [None, "text", 7, [], {}, {"text": "LOT1"}, {"text": 5, "place": "", "sign": "", "by": ""}],
)
def test_what_is_no_scan_is_passed_over(sent) -> None:
    assert Scan.of(sent) is None


def test_a_scan_is_cut_at_the_longest_label() -> None:
    long = "A" * 9999
    read = Scan.of({"text": long, "place": long, "sign": long, "by": "wedge", "spellings": 3})

    assert read is not None and len(read.text) == LONGEST and read.spellings == ()


def test_the_card_tells_how_keys_are_read_and_how_fnc1_comes() -> None:
    told = [
        told_by_card(scan(CARD, None, "wedge", "alt")),
        told_by_card(scan(f"]C1{CARD}", "garbled")),
        told_by_card(scan(CARD.replace(GS, "<GS>"))),
        told_by_card(scan(CARD.replace(GS, ""))),
        told_by_card(scan(f"]C1{CARD}", None, "camera")),
        told_by_card(scan("another label")),
    ]

    assert [one.keys for one in told] == ["place", "sign", "place", "place", None, None]
    assert [one.kind for one in told] == [*["success"] * 3, "warning", "info", "error"]
    assert "as Alt+029" in told[0].words and "as text" in told[2].words
    assert card_pdf("Card").startswith(b"%PDF")
