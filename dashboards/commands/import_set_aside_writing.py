"""Keep the rows that are set aside, and end those that stand aside no more."""

from collections.abc import Iterable, Mapping, Sequence

from dashboards.commands.import_files import Rows
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_setting_aside import Aside
from dashboards.commands.import_source import Source
from dashboards.commands.import_tables import CODES
from sql.record.transactions import Row, Transaction

_COLUMNS = ["table_name", "file", "line", "said", "source_key", "lot_code", "other_lot_code"]


def keep_set_aside(
    transaction: Transaction,
    files: Mapping[str, Rows],
    aside: Sequence[Aside],
    source: Source,
    operator_id: int | None,
    *,
    is_whole: bool,
) -> int:
    """Write the rows set aside that don't stand aside already; return how many are written or end.

    A row that stood aside ends where the files have it otherwise now, or take it, or are whole and
    have it no more.
    """
    tables = sorted({*files, *(one.stem for one in aside)})
    standing = transaction.all("standing_set_aside", tables=tables)
    rows = {(one.stem, _said(one, source), one.reason): one for one in aside}
    known = {(row["table_name"], row["said"], row["reason"]) for row in standing}
    new = [(said, one) for (stem, said, why), one in rows.items() if (stem, said, why) not in known]
    said_anew = _Says(files, aside, source)
    ended = [
        row
        for row in standing
        if (row["table_name"], row["said"], row["reason"]) not in rows
        and (is_whole or said_anew.says(row))
    ]
    if new:
        transaction.copy(
            "facts.rows_set_aside",
            [*_COLUMNS, "reason", "operator_id"],
            [(*_kept(one, said, source), one.reason, operator_id) for said, one in new],
        )
    if ended:
        transaction.copy(
            "facts.set_aside_ends",
            ["row_id", "reason", "operator_id"],
            [(row["row_id"], _end(row, source), operator_id) for row in ended],
        )
    return len(new) + len(ended)


def _kept(one: Aside, said: str, source: Source) -> tuple[object, ...]:
    lots = (*one.lots, None, None)
    line = one.line or None
    return (one.stem, source.file(one.stem), line, said, one.key, lots[0], lots[1])


def _said(one: Aside, source: Source) -> str:
    """Return a row as it was sent; of one that isn't there or can't be read, what is known."""
    text = one.said or (source.said(one.stem, one.line) if one.line else None)
    return text or "; ".join(f"{cell.column}: {cell.value or ''}" for cell in one.cells)


class _Says:
    """What files that aren't whole say anew, looked up once a table."""

    def __init__(self, files: Mapping[str, Rows], aside: Iterable[Aside], source: Source) -> None:
        self._files, self._aside, self._source = files, list(aside), source
        self._keys: dict[str, set[str | None]] = {}
        self._codes: dict[str, set[str]] = {}
        self._texts: dict[str, set[str | None]] = {}

    def says(self, row: Row) -> bool:
        """Tell whether they say anew what stands aside: by key, code or text."""
        stem = row["table_name"]
        if stem not in self._files:
            return False
        rows = self._files[stem]
        if row["source_key"] is not None:
            if stem not in self._keys:
                keys = {key for _line, key in rows.cells(KEY)}
                self._keys[stem] = keys | {one.key for one in self._aside if one.stem == stem}
            return row["source_key"] in self._keys[stem]
        if stem in CODES and row["lot_code"] is not None:
            if stem not in self._codes:
                self._codes[stem] = {code for _line, code in rows.cells(CODES[stem])}
            return row["lot_code"] in self._codes[stem]
        if stem not in self._texts:
            self._texts[stem] = {self._source.said(stem, line) for line in rows.lines}
        return row["said"] in self._texts[stem]


def _end(row: Row, source: Source) -> str:
    return f"no longer set aside by {source.file(row['table_name'])}"
