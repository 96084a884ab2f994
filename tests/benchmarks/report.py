"""What benchmarks measured: a table at the end of the run, and a drawing of how time grows."""

import math
import platform
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib import colors

WIDTH, HEIGHT, EDGE = 560, 330, 60
OURS, PEER = colors.HexColor("#0f766e"), colors.HexColor("#dc2626")


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured, with its size.
        measured: The figure, with unit; medians.
        aim: What it should be; empty: none was set.
        is_met: Whether it is; None: there is no aim.
        bound: What keeps it from being better.
    """

    what: str
    measured: str
    aim: str = ""
    is_met: bool | None = None
    bound: str = ""


@dataclass
class Report:
    """All figures of a run."""

    figures: list[Figure] = field(default_factory=list)

    def add(
        self,
        what: str,
        measured: str,
        *,
        aim: str = "",
        is_met: bool | None = None,
        bound: str = "",
    ) -> None:
        """Keep a figure; see `Figure`."""
        self.figures.append(Figure(what, measured, aim, is_met, bound))

    def lines(self) -> list[str]:
        """Write the table in Markdown."""
        marks = {True: "✓ met", False: "✕ missed", None: ""}
        rows = [
            f"| {one.what} | {one.measured} | {one.aim} | {marks[one.is_met]} | {one.bound} |"
            for one in self.figures
        ]
        head = ["| measured | median | aim | | bound by |", "|---|---|---|---|---|"]
        return [machine(), "", *head, *rows]


def machine() -> str:
    """Say on what was measured."""
    import os

    import duckdb

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}"
    )


def draw_growth(
    file: Path, ours: dict[int, float], peer: dict[int, float], exponent: float
) -> None:
    """Draw build seconds over pairs, both on logarithmic scales, as SVG.

    Args:
        file: Where to.
        ours: Seconds of our build by pairs.
        peer: Seconds of the peer's by pairs.
        exponent: Of our time over days, said in the title.
    """
    drawing = Drawing(WIDTH, HEIGHT)
    paper = Rect(0, 0, WIDTH, HEIGHT)
    paper.fillColor, paper.strokeColor = colors.white, None
    drawing.add(paper)
    decades = [
        range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
        for values in ([*ours, *peer], [*ours.values(), *peer.values()])
    ]

    def place(pairs: float, seconds: float) -> tuple[float, float]:
        spans = (WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE)
        at = [
            EDGE + span * (math.log10(value) - decade[0]) / (decade[-1] - decade[0])
            for span, value, decade in zip(spans, (pairs, seconds), decades, strict=True)
        ]
        return at[0], at[1]

    grey = colors.HexColor("#cbd5e1")
    for power in decades[0]:
        x, low = place(10.0**power, 10.0 ** decades[1][0])
        drawing.add(Line(x, low, x, HEIGHT - EDGE, strokeColor=grey, strokeWidth=0.5))
        drawing.add(String(x, low - 16, f"{10**power:,}", textAnchor="middle", fontSize=9))
    for power in decades[1]:
        low, y = place(10.0 ** decades[0][0], 10.0**power)
        drawing.add(Line(low, y, WIDTH - EDGE, y, strokeColor=grey, strokeWidth=0.5))
        drawing.add(String(low - 6, y - 3, f"{10.0**power:g} s", textAnchor="end", fontSize=9))
    named = (
        (ours, OURS, "Lotline, with steps and shares, stored"),
        (peer, PEER, "DuckDB's recursive union, with neither"),
    )
    for values, colour, name in named:
        points = [place(pairs, seconds) for pairs, seconds in sorted(values.items())]
        drawing.add(
            PolyLine(
                [part for point in points for part in point], strokeColor=colour, strokeWidth=2
            )
        )
        for x, y in points:
            drawing.add(Circle(x, y, 4, fillColor=colour, strokeColor=None))
        row = HEIGHT - 24 - 16 * (colour == PEER)
        drawing.add(Circle(EDGE + 4, row + 3, 4, fillColor=colour, strokeColor=None))
        drawing.add(String(EDGE + 14, row, name, fontSize=11))
    below = f"pairs; our time grows as days to the power of {exponent:.2f}"
    drawing.add(String(WIDTH / 2, 14, below, textAnchor="middle", fontSize=10))
    svg = renderSVG.drawToString(drawing)
    file.write_text(svg[svg.index("<svg") :], encoding="utf-8")
