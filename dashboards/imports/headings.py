"""What a file's columns and tables are called: our names, and what people call them.

Headings are compared without case, accents, signs and units. English, Hungarian and German; what is
called otherwise is mapped by hand.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from dashboards.imports.columns import FILES
from dashboards.imports.synonyms import COLUMNS, TABLES

SHOWN_ROWS = 20
_SIGNS = re.compile(r"[^a-z0-9]+")
_UNIT = re.compile(r"[\[(](kg|°c|c|g)[\])]")


def plain(heading: str | None) -> str:
    """Reduce a heading to its letters and digits: `Súly (kg)` and `suly` are one."""
    bare = _UNIT.sub(" ", (heading or "").casefold().strip())
    parted = unicodedata.normalize("NFKD", bare.replace("ß", "ss"))
    letters = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return _SIGNS.sub("", letters)


QUANTITY, UNIT = "quantity", "unit"
_AMOUNTS = frozenset(map(plain, (QUANTITY, *COLUMNS[QUANTITY])))
_BY_HEADING = {
    stem: {
        plain(heading): name
        for name in FILES[stem]
        if name != QUANTITY
        for heading in (*COLUMNS[name], name)
    }
    | {
        plain(heading): name
        for name in FILES[stem]
        for heading in COLUMNS.get(f"{stem}.{name}", ())
    }
    for stem in FILES
}
_BY_TABLE = {plain(word): stem for stem in FILES for word in (stem, *TABLES[stem])}
ALL_HEADINGS = frozenset(heading for known in _BY_HEADING.values() for heading in known)


def column_called(stem: str, heading: str | None) -> str | None:
    """Name the column that a heading means in a table, by its name or a synonym; None: none."""
    return _BY_HEADING[stem].get(plain(heading))


def columns_called(stem: str, headings: Sequence[str | None]) -> dict[str, int]:
    """Map a table's columns to the places of their headings; the first of two counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = column_called(stem, heading)
        if name is not None:
            found.setdefault(name, place)
    # Our own name goes before what else may mean it.
    for place, heading in enumerate(headings):
        if heading is not None and heading in FILES[stem] and heading != QUANTITY:
            found[heading] = place
    return _with_amounts(found, headings) if QUANTITY in FILES[stem] and UNIT in found else found


def _with_amounts(found: dict[str, int], headings: Sequence[str | None]) -> dict[str, int]:
    """Read a quantity as one in the unit that stands beside it; without one it is kilograms."""
    places = [place for place, heading in enumerate(headings) if plain(heading) in _AMOUNTS]
    own = [place for place in places if headings[place] == QUANTITY]
    if not places:
        return found
    place = [*own, *places][0]
    kept = {name: at for name, at in found.items() if at != place}
    return kept | {QUANTITY: place}


def column_like(stem: str, heading: str) -> str | None:
    """Guess the column that a heading may mean by its letters, to be looked at by a person."""
    near = get_close_matches(plain(heading), _BY_HEADING[stem], n=1, cutoff=0.75)
    return _BY_HEADING[stem][near[0]] if near else None


def table_called(name: str | None) -> str | None:
    """Name the table that a file or sheet is called after; None: none."""
    return _BY_TABLE.get(plain(name))


def header_of(rows: Sequence[Sequence[str | None]], stem: str | None) -> tuple[int, str | None]:
    """Find the row of headings among the first rows, and the table they are of.

    Args:
        rows: The first rows of a file or sheet.
        stem: The table, where it is known.

    Returns:
        The place of the row, and the table; None where too few headings are known.
    """
    best: tuple[int, int, str | None] = (0, 0, stem)
    for place, row in enumerate(rows[:SHOWN_ROWS]):
        for one in [stem] if stem else FILES:
            count = len(columns_called(one, row))
            if count > best[0] and (stem or _is_enough(one, row)):
                best = (count, place, one)
    count, place, found = best
    if count:
        return place, found
    filled = [sum(bool(cell) for cell in row) for row in rows[:SHOWN_ROWS]]
    widest = max(filled, default=0)
    return (next((at for at, count in enumerate(filled) if count * 2 > widest), 0), stem)


def _is_enough(stem: str, row: Sequence[str | None]) -> bool:
    """Tell whether a row has at least two of the headings a table must have, and half of them."""
    must = [name for name, column in FILES[stem].items() if not column.optional]
    found = sum(name in columns_called(stem, row) for name in must)
    return found >= 2 and found * 2 >= len(must)
