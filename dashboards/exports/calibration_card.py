"""The card that a terminal's scanner is set up with: one GS1-128 code with the signs that tell.

It holds what keyboards of different languages put elsewhere (0, y, z, dash, slash, underscore),
capitals and small letters, and FNC1 between two values.
"""

import io

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboards.exports.sheet import NAME, register_font

GS = "\x1d"
CARD = f"10CAL-0/yzYZ{GS}21END_7"
CARD_IN_BRACKETS = "(10)CAL-0/yzYZ (21)END_7"
WIDTH, HEIGHT, EDGE = 148 * mm, 70 * mm, 10 * mm
FNC1 = "\xf1"  # as the drawer of codes writes it


def gs1_128(elements: str, module: float = 0.4 * mm, height: float = 25 * mm) -> Drawing:
    """Draw an element string as GS1-128; one bar's width and the height in points."""
    value = FNC1 + elements.replace(GS, FNC1)
    return createBarcodeDrawing(
        "Code128", value=value, barWidth=module, barHeight=height, humanReadable=False
    )


def card_svg() -> str:
    """Draw the card's code for a screen."""
    return renderSVG.drawToString(gs1_128(CARD))


def card_pdf(title: str) -> bytes:
    """Write the card and return its PDF, one page of 148 x 70 mm."""
    whole = io.BytesIO()
    canvas = Canvas(whole, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(title)
    register_font()
    canvas.setFont(NAME, 12)
    canvas.drawString(EDGE, HEIGHT - EDGE, title)
    drawing = gs1_128(CARD)
    renderPDF.draw(drawing, canvas, (WIDTH - drawing.width) / 2, EDGE + 8 * mm)
    canvas.setFont(NAME, 10)
    canvas.drawCentredString(WIDTH / 2, EDGE, CARD_IN_BRACKETS)
    canvas.showPage()
    canvas.save()
    return whole.getvalue()
