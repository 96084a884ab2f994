"""Numbers of a file: which sign stands before their decimals, and one reading of each or none.

`1.234` is one and a bit to one reader and more than a thousand to another. Which it is, other
numbers of the column tell, else those of the file, else nobody: then it is refused.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from dashboards.commands.refusals import BadValue
from dashboards.imports.given import Table

_SPACED = re.compile(r"([+-]?[1-9][0-9]{0,2})((?:[ '’\u00a0\u2009\u202f][0-9]{3})+)([.,][0-9]*)?")
_SPACES = re.compile(r"[ '’\u00a0\u2009\u202f]")
_BEFORE = re.compile(r"\s*(<=|>=|[<>≤≥])?\s*")
_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_PLAIN = {
    sign: re.compile(rf"[+-]?(?:[0-9]+(?:[{sign}][0-9]+)?|[{sign}][0-9]+){_EXPONENT}")
    for sign in ".,"
}
_GROUPED = {
    sign: re.compile(rf"[+-]?[1-9][0-9]{{0,2}}(?:[{other}][0-9]{{3}})+(?:[{sign}][0-9]+)?")
    for sign, other in (".,", ",.")
}
NAMES = {".": "a point", ",": "a comma"}


@dataclass(frozen=True)
class Sign:
    """How the numbers of a column are read.

    Attributes:
        known: The sign before their decimals; None: nothing tells.
        said: Whoever imports says so: a number with the other sign is refused.
        weak: Where nothing else tells, a single such sign stands before decimals.
    """

    known: str | None = None
    said: bool = False
    weak: str | None = None

    def read(self, cell: str, field: str) -> str:
        """Write a number with a point and nothing between thousands; other text as it is.

        Raises:
            BadValue: It has two readings, or not the sign that was said.
        """
        ahead = _BEFORE.match(cell)
        prefix = ahead[0] if ahead else ""
        number = cell[len(prefix) :].strip()
        point, comma = readings(number)
        if point == comma:
            return cell if point is None else prefix + point
        if self.known is not None:
            own, other = (point, comma) if self.known == "." else (comma, point)
            if own is not None:
                return prefix + own
            if self.said or other is None:
                raise BadValue(
                    f"{field} {number!r} is not written with {NAMES[self.known]} before decimals, "
                    "as the file's numbers are.",
                    field=field,
                    code="DECIMAL_SIGN",
                )
            return prefix + other
        if point is None or comma is None:
            return prefix + (point or comma or "")
        if self.weak == "." and "." in number:
            return prefix + point
        raise BadValue(
            f"{field} {number!r} can be read in two ways, as {point} or {comma}, and no other "
            "number of the column tells which. Say which sign stands before decimals, or write "
            f"{_longer(point, comma)}.",
            field=field,
            code="TWO_READINGS",
        )


def signs_of(
    table: Table, columns: Iterable[str], elsewhere: frozenset[str] = frozenset()
) -> dict[str, Sign]:
    """Find out how each number column is read; `elsewhere`: the signs of files written alike."""
    told = signs_told(table, columns)
    whole = {sign for signs in told.values() for sign in signs}
    found = {}
    for name, signs in told.items():
        if name in table.numbers:
            found[name] = Sign(known=".")
        elif table.is_workbook:
            found[name] = Sign()  # true numbers among text: their points prove nothing
        elif table.decimal is not None:
            found[name] = Sign(known=table.decimal, said=True)
        else:
            weak = "." if table.point and "," not in signs else None
            found[name] = Sign(known=_only(signs or whole or elsewhere), weak=weak)
    return found


def signs_told(table: Table, columns: Iterable[str]) -> dict[str, set[str]]:
    """Collect, by column, the signs that numbers of one reading only have before decimals."""
    return {
        name: _told(table.frame[name].drop_nulls().unique())
        for name in columns
        if name in table.frame.columns
    }


@lru_cache(maxsize=100_000)
def readings(number: str) -> tuple[str | None, str | None]:
    """Read a number as one who writes a decimal point does, and as one who writes a comma."""
    text = number.replace("\u2212", "-")
    spaced = _SPACED.fullmatch(text)
    if spaced:
        text = _SPACES.sub("", text)
    point, comma = (_read(text, sign, bool(spaced)) for sign in ".,")
    return point, comma


def _read(text: str, sign: str, is_spaced: bool) -> str | None:
    if _PLAIN[sign].fullmatch(text):
        return text.replace(sign, ".")
    if not is_spaced and _GROUPED[sign].fullmatch(text):
        return text.replace("." if sign == "," else ",", "").replace(sign, ".")
    return None


def _told(cells: Iterable[str]) -> set[str]:
    told = set()
    for cell in cells:
        number = _BEFORE.sub("", cell, count=1).strip()
        if "," in number or "." in number:
            point, comma = readings(number)
            if (point is None) != (comma is None):
                told.add("." if comma is None else ",")
    return told


def _only(signs: Collection[str]) -> str | None:
    """Return the sign that is the only one."""
    return next(iter(signs)) if len(signs) == 1 else None


def _longer(point: str, comma: str) -> str:
    """Write the fraction so that it has one reading, and the thousands so."""
    whole, fraction = (comma, point) if "." in point else (point, comma)
    return f"{whole} or {fraction}0"
