"""A lot's label holds its short code, to scan and to type, and leaves nothing of its code out."""

from datetime import date

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.barcode.qrencoder import QRErrorCorrectLevel

from dashboards.exports import lot_label
from dashboards.exports.sheet import register_font

LOT = {
    "label_code": "L2223F7K",
    "lot_code": "FG-2026-01-15-LINE-3-ŐZ-00012345",
    "product_code": "CHK15",
    "product_name": "Chicken rod of 15 kg, frozen, for the whole of Hungary and beyond",
    "expires_on": date(2027, 1, 15),
}


def test_a_label_is_one_small_page_and_the_same_for_the_same_lot() -> None:
    written = lot_label.label(LOT)

    assert written.startswith(b"%PDF") and written.count(b"/Type /Page\n") == 1
    assert written == lot_label.label(LOT)
    assert lot_label.label({**LOT, "product_name": None, "expires_on": None})


def test_a_long_code_goes_on_in_the_next_line() -> None:
    register_font()
    parts = lot_label.parts_of(LOT["lot_code"], 8, 20 * lot_label.mm)

    assert len(parts) > 1 and "".join(parts) == LOT["lot_code"]
    assert [text for text, _size in lot_label.lines(LOT)][:2] == ["L2223F7K", LOT["lot_code"]]


def test_the_picture_holds_the_code_and_stands_a_tear() -> None:
    widget = lot_label.picture("L2223F7K").contents[0]

    assert isinstance(widget, QrCodeWidget) and widget.value == "L2223F7K"
    assert getattr(QRErrorCorrectLevel, widget.barLevel) == QRErrorCorrectLevel.Q
    assert lot_label.picture_svg("L2223F7K").lstrip().startswith("<?xml")


def test_the_picture_on_a_label_holds_the_short_code_however_long_the_lots_own_is(
    monkeypatch,
) -> None:
    drawn = []
    plain = lot_label.renderPDF.draw

    def noted(drawing, *place):
        drawn.append(drawing.contents[0].value)
        return plain(drawing, *place)

    monkeypatch.setattr(lot_label.renderPDF, "draw", noted)
    lot_label.label(LOT)

    assert drawn == ["L2223F7K"] and len(LOT["lot_code"]) > 20
