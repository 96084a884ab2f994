"""A lot's label: its short code as a picture that any scanner reads, and as text beneath.

The picture is a QR code that holds the code and nothing else: it fits the smallest label, needs no
address that somebody keeps up, and is read by the same box as everything that is scanned.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from dashboards.exports.sheet import NAME, fitting, register_font

WIDTH, HEIGHT, EDGE = 70 * mm, 36 * mm, 3 * mm
PICTURE = HEIGHT - 2 * EDGE


def picture(label_code: str, size: float = PICTURE) -> Drawing:
    """Draw a code as a QR code, so many points wide; a quarter of it may be torn."""
    widget = QrCodeWidget(label_code, barLevel="Q", barWidth=size, barHeight=size)
    drawing = Drawing(size, size)
    drawing.add(widget)
    return drawing


def picture_svg(label_code: str) -> str:
    """Draw a code as a QR code for a screen."""
    return renderSVG.drawToString(picture(label_code))


def label(lot: Mapping[str, Any]) -> bytes:
    """Write the label and return its PDF, one page of 70 x 36 mm; equal lots have equal bytes.

    Args:
        lot: label_code, lot_code, product_code, product_name, expires_on (None: not known).
    """
    whole = io.BytesIO()
    canvas = Canvas(whole, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(f"Label of {lot['lot_code']}")
    register_font()
    renderPDF.draw(picture(lot["label_code"]), canvas, EDGE, EDGE)
    left = EDGE + PICTURE + 1 * mm
    y = HEIGHT - EDGE
    for text, size in lines(lot):
        for part in parts_of(text, size, WIDTH - EDGE - left):
            y -= size + 2
            canvas.setFont(NAME, size)
            canvas.drawString(left, y, part)
    canvas.showPage()
    canvas.save()
    return whole.getvalue()


def lines(lot: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return what the label says, each with its size in points: the code to type stands first."""
    use_by = lot["expires_on"]
    said = [
        (lot["label_code"], 13.0),
        (lot["lot_code"], 8.0),
        (lot["product_code"], 8.0),
        (lot["product_name"] and fitting(lot["product_name"], 7, WIDTH - 2 * EDGE - PICTURE), 7.0),
        (use_by and f"use by {use_by:%Y-%m-%d}", 8.0),
    ]
    return [(text, size) for text, size in said if text]


def parts_of(text: str, size: float, width: float) -> Sequence[str]:
    """Cut a text into lines of a width; nothing of a code is left out."""
    parts, rest = [], text
    while rest:
        fits = len(rest)
        while fits > 1 and stringWidth(rest[:fits], NAME, size) > width:
            fits -= 1
        parts.append(rest[:fits])
        rest = rest[fits:]
    return parts
