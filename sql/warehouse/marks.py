"""Marks in the selects of models and rules: comments that say where only some lots need a look.

A file runs alone as it stands, over everything. Whoever knows which lots matter puts them into a
temporary table and has the marks taken up: from `-- where lot_id is to be made` comes
`where lot_id in (select lot_id from to_make)`, from `-- and lot_id was made anew` comes
`and lot_id in (select lot_id from made_anew)`.

Both give the same rows about those lots, always. Nothing is run here.
"""

import re

TO_MAKE, MADE_ANEW = "to_make", "made_anew"
_WORDS = {TO_MAKE: "is to be made", MADE_ANEW: "was made anew"}


def is_marked(select: str, table: str) -> bool:
    """Tell whether a select marks where the lots of this temporary table would do."""
    return bool(_mark(table).search(select))


def only_lots_of(select: str, table: str) -> str:
    """Return a select that looks only at the lots of a temporary table, where it marks that.

    Args:
        select: A select of a model or rule.
        table: `to_make` or `made_anew`: a temporary table with the column lot_id.
    """
    return _mark(table).sub(rf"\1 \2 in (select lot_id from {table})", select)


def _mark(table: str) -> re.Pattern[str]:
    return re.compile(rf"-- (where|and) ([\w.]+) {_WORDS[table]}$", flags=re.MULTILINE)
