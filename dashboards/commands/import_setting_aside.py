"""Rows of an import that the record can't take, set aside so that the rest comes in.

A production is one event: with one of its rows all of it stands aside. What the record held under a
row that is set aside stays as it was: a bad row says nothing about it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboards.commands.import_files import Rejection, Rows
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_productions import PRODUCTIONS, SIDES
from dashboards.commands.import_tables import CODES, REFERENCES
from sql.record.transactions import Row

_WHOLE_EVENTS = (PRODUCTIONS, *SIDES)
_NOT_ALONE = "another row of its production can't be taken."


@dataclass(frozen=True)
class Aside:
    """One row that is set aside, or what is missing in its file and can't be taken out.

    Attributes:
        stem: Its table.
        line: Its line; 0: it is missing.
        cells: What can't be taken, and why.
        key: Its source's key.
        lots: The codes of the lots that it names.
        code: Its own code, where its table's rows have one.
        said: What is missing; None: the row says it itself.
    """

    stem: str
    line: int
    cells: tuple[Rejection, ...]
    key: str | None = None
    lots: tuple[str, ...] = ()
    code: str | None = None
    said: str | None = None

    @property
    def reason(self) -> str:
        """Say why it is set aside."""
        return "; ".join(
            dict.fromkeys(f"{one.column or 'row'}: {one.reason.rstrip('.')}" for one in self.cells)
        )


@dataclass
class Kept:
    """What stays in the record although the files don't say it well: under rows set aside."""

    rows: list[Aside] = field(default_factory=list)
    vanished: frozenset[str] = frozenset()  # codes of lots that the files don't have any more

    def keeper(self, stem: str) -> Callable[[Row], bool]:
        """Return what tells of a held fact whether a row set aside speaks of it."""
        rows = [
            one
            for one in self.rows
            if one.stem == stem and not self.vanished.intersection(one.lots)
        ]
        keys = {one.key for one in rows if one.key is not None}
        lots = {one.lots for one in rows if one.key is None}
        names = [name for name, table in REFERENCES[stem].items() if table == "lots"]
        return lambda held: held[KEY] in keys or tuple(held[name] for name in names) in lots

    def codes(self, stem: str) -> set[str]:
        """Return the codes of a table's rows that are set aside."""
        return {one.code for one in self.rows if one.stem == stem and one.code is not None}

    def keys(self, stem: str) -> set[str]:
        """Return the keys of a table's rows that are set aside."""
        return {one.key for one in self.rows if one.stem == stem and one.key is not None}


def without(
    files: Mapping[str, Rows], refused: Iterable[Rejection]
) -> tuple[dict[str, Rows], list[Aside]]:
    """Take the rows with something refused out of the files; return the rest, and those rows."""
    cells: dict[str, dict[int, list[Rejection]]] = {}
    for one in refused:
        cells.setdefault(one.file.removesuffix(".csv"), {}).setdefault(one.line, []).append(one)
    whole = _events(files, cells)
    for stem in _WHOLE_EVENTS if whole else ():
        for line, code in files[stem].cells(CODES[PRODUCTIONS]) if stem in files else ():
            if code in whole and line not in cells.get(stem, {}):
                alone = Rejection(f"{stem}.csv", line, CODES[PRODUCTIONS], code, _NOT_ALONE)
                cells.setdefault(stem, {})[line] = [alone]
    rest, aside = dict(files), []
    for stem, lines in cells.items():
        there = files[stem] if stem in files else Rows((), {}, frozenset())
        at = {line: place for place, line in enumerate(there.lines)}
        aside += [_aside(stem, there, at.get(line), line, told) for line, told in lines.items()]
        if stem in files:
            rest[stem] = _rest(there, [at[line] for line in lines if line in at])
    return rest, aside


def _events(files: Mapping[str, Rows], cells: Mapping[str, Mapping[int, Any]]) -> set[str]:
    """Return the codes of the productions of which a row is refused."""
    return {
        code
        for stem in _WHOLE_EVENTS
        if stem in files
        for line, code in files[stem].cells(CODES[PRODUCTIONS])
        if line in cells.get(stem, {})
    }


def _aside(stem: str, rows: Rows, at: int | None, line: int, cells: Sequence[Rejection]) -> Aside:
    def cell(column: str | None) -> Any:
        there = rows.columns.get(column or "")
        return None if at is None or there is None else there[at]

    names = [name for name, table in REFERENCES.get(stem, {}).items() if table == "lots"]
    lots = [cell(name) for name in (["lot_code"] if stem == "lots" else names)]
    return Aside(
        stem,
        line,
        tuple(cells),
        cell(KEY),
        tuple(lot for lot in lots if lot is not None),
        cell(CODES.get(stem)),
    )


def _rest(rows: Rows, out: Sequence[int]) -> Rows:
    gone = set(out)
    places = [at for at in range(len(rows.lines)) if at not in gone]
    return replace(
        rows,
        lines=[rows.lines[at] for at in places],
        columns={name: [cells[at] for at in places] for name, cells in rows.columns.items()},
    )
