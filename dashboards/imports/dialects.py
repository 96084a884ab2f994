"""In which dialect of CSV a text is written: its separator, its hint, lines quoted as a whole.

A spreadsheet saves what its country writes. Nothing is guessed from cells: the separator is the one
under which a row names most columns we know, else the one that parts most rows alike.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from dashboards.imports.headings import ALL_HEADINGS, plain

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
HINT = "sep="
SHOWN_LINES = 40


@dataclass(frozen=True)
class Dialect:
    """How a text of CSV is to be read.

    Attributes:
        separator: One of SEPARATORS, or what the file's own first line says.
        skipped: How many lines at its beginning are for a spreadsheet only.
        is_wrapped: Each line stands in quotes as one cell, and is a row of its own within.
    """

    separator: str
    skipped: int
    is_wrapped: bool


def dialect_of(text: str, said: str | None = None) -> Dialect:
    """Tell the dialect of a text; `said`: the separator, where whoever imports says it."""
    lines = text.split("\n", SHOWN_LINES)[:SHOWN_LINES]
    first = lines[0].strip()
    hint = first.lower().strip('"').startswith(HINT) and len(first.strip('"')) == len(HINT) + 1
    skipped = int(hint)
    shown = [line.rstrip("\r") for line in lines[skipped:] if line.strip()]
    is_wrapped = bool(shown) and all(_is_one_cell(line) for line in shown)
    if is_wrapped:
        shown = [next(csv.reader([line]))[0] for line in shown]
    if said is None and hint:
        said = first.strip('"')[len(HINT)]
    return Dialect(said or _separator(shown), skipped, is_wrapped)


def _is_one_cell(line: str) -> bool:
    """Tell whether a line is one quoted cell that holds a separator."""
    if not (line.startswith('"') and any(sign in line for sign in SEPARATORS)):
        return False
    return all(len(_row(line, separator)) == 1 for separator in SEPARATORS)


def _separator(lines: Sequence[str]) -> str:
    """Choose the separator that finds most known headings in a row, then most equal rows."""

    def worth(separator: str) -> tuple[int, int, int]:
        rows = [_row(line, separator) for line in lines]
        known = max((len({plain(cell) for cell in row} & ALL_HEADINGS) for row in rows), default=0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        return known, count, width

    return max(SEPARATORS, key=worth)  # of equals the first: commas


def _row(line: str, separator: str) -> list[str]:
    """Part one line, as far as it goes by itself."""
    return next(islice(csv.reader([line], delimiter=separator), 1), [])
