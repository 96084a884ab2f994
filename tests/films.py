"""What a made-up camera films: codes drawn by libraries of the lock file, as raw video."""

from pathlib import Path
from typing import Any

import numpy as np
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Group, Rect
from reportlab.graphics.widgetbase import Widget

from dashboards.exports.calibration_card import gs1_128

WIDTH, HEIGHT, FRAMES = 800, 448, 2
# (10)LOT1(21)S1 as GS1 DataMatrix, drawn once by another program; # is a dark module.
MATRIX = """
#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.
##.#.#.#.#.#..####...##....#..##
#..#.#....#..#..##....#....##...
##...#.#####..###..#...####.##.#
##..#.##.#.###..#.##.#.#.#......
####..#...#...###.#.#.....##.#.#
##.#...#.#....#.#......#.##...#.
################################
"""


def matrix() -> np.ndarray:
    """Draw the DataMatrix; True is dark."""
    return np.array([[sign == "#" for sign in row] for row in MATRIX.split()])


def bars(elements: str) -> np.ndarray:
    """Draw an element string as the app draws GS1-128."""
    code = gs1_128(elements, module=1, height=60)
    drawn = np.zeros((60, round(code.width)), dtype=bool)
    waiting: list[Any] = [*code.contents]
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, Widget):
            waiting.append(shape.draw())
        elif isinstance(shape, Group):
            waiting += shape.contents
        elif isinstance(shape, Rect) and shape.width < code.width / 2:
            drawn[:, round(shape.x) : round(shape.x + shape.width)] = True
    return drawn


def square(text: str) -> np.ndarray:
    """Draw a text as a QR code."""
    widget: Any = QrCodeWidget(text)
    code = widget.qr
    code.make()
    sides = range(code.getModuleCount())
    return np.array([[code.isDark(row, column) for column in sides] for row in sides])


def film(code: np.ndarray, file: Path) -> None:
    """Write a film of a code before a camera: grey, a little noisy, the code as large as can be."""
    noise = np.random.default_rng(7)
    scale = min((WIDTH - 120) // code.shape[1], (HEIGHT - 80) // code.shape[0])
    large = np.kron(code, np.ones((scale, scale), dtype=bool))
    top, left = (HEIGHT - large.shape[0]) // 2, (WIDTH - large.shape[1]) // 2
    with file.open("wb") as video:
        video.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(FRAMES):
            picture = np.full((HEIGHT, WIDTH), 215.0)
            picture[top : top + large.shape[0], left : left + large.shape[1]][large] = 40
            grey = np.clip(picture + noise.normal(0, 8, picture.shape), 0, 255).astype(np.uint8)
            video.write(b"FRAME\n" + grey.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2))
