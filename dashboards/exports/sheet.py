"""A sheet of A4 that is written from the top and knows what room is left; no text is cut unsaid."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

# A font with every letter of Hungarian and the marks of states; its licence lies beside it.
_FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
NAME = "DejaVuSans"
LEFT, RIGHT, TOP, BOTTOM = 18 * mm, A4[0] - 18 * mm, A4[1] - 18 * mm, 22 * mm
WIDTH = RIGHT - LEFT
INK, PALE = HexColor("#0f172a"), HexColor("#94a3b8")


class Sheet:
    """A page that is written from the top, and knows what room is left."""

    def __init__(self, canvas: Canvas) -> None:
        """Begin at the top of an empty page, in ink."""
        register_font()
        canvas.setFillColor(INK)
        self.canvas, self.y = canvas, TOP

    def line(self, text: str, size: float = 9, gap: float = 4, indent: float = 0) -> None:
        """Write one line, cut with an ellipsis where it is too long."""
        self.y -= size + gap
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(LEFT + indent, self.y, fitting(text, size, RIGHT - LEFT - indent))

    def wrapped(self, text: str, size: float = 9, most: int = 4) -> None:
        """Write a text over as many lines as it takes, at most so many."""
        lines = simpleSplit(text, NAME, size, RIGHT - LEFT)
        for at, line in enumerate(lines[:most]):
            self.line(f"{line} …" if at == most - 1 and len(lines) > most else line, size)

    def row(self, cells: Sequence[str], stops: Sequence[float], size: float = 9) -> None:
        """Write cells at their stops; those but the first are aligned right."""
        self.y -= size + 4
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(LEFT, self.y, fitting(cells[0], size, stops[0] - 24 * mm))
        for cell, stop in zip(cells[1:], stops, strict=True):
            self.canvas.drawRightString(LEFT + stop, self.y, cell)

    def rule(self) -> None:
        """Draw a thin line across."""
        self.y -= 7
        self.canvas.setStrokeColor(PALE)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)

    def rows_left(self, size: float = 9) -> int:
        """Say how many more rows fit."""
        return max(0, int((self.y - BOTTOM) / (size + 4)))

    def foot(self, left: str, right: str) -> None:
        """Write two texts below everything else, at either side."""
        self.canvas.setFont(NAME, 8)
        self.canvas.drawString(LEFT, BOTTOM - 22, left)
        self.canvas.drawRightString(RIGHT, BOTTOM - 22, right)


def fitting(text: str, size: float, width: float) -> str:
    """Cut a text to a width, with an ellipsis."""
    while text and pdfmetrics.stringWidth(text, NAME, size) > width:
        text = f"{text[:-2]}…" if text.endswith("…") else f"{text[:-1]}…"
    return text


@cache
def register_font() -> None:
    """Make the font known, once per process."""
    pdfmetrics.registerFont(TTFont(NAME, _FONT))
