"""What only the record can say about the rows of an import: codes in use, references, cycles.

Each check names every cell that breaks it. Nothing here writes, and history is no mistake: that a
lot gave out more than it weighed, or was used while on HOLD, is for the plant's rules to find.
"""

from collections.abc import Iterator, Mapping, Sequence

from dashboards.commands.import_changes import LOTS, correctable, held_value
from dashboards.commands.import_cycles import Anew, cycles
from dashboards.commands.import_files import Known, Rejection, Rows, rejected_cell
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_masters import compared, ends_too_early
from dashboards.commands.import_movements import rejected_movements
from dashboards.commands.import_packings import rejected_packings
from dashboards.commands.import_process import foreign_types
from dashboards.commands.import_productions import PRODUCTIONS
from dashboards.commands.import_retired import retired_of_lots
from dashboards.commands.import_tables import CODES, REFERENCES
from dashboards.commands.import_wording import unknown_words
from dashboards.commands.look_alikes import said
from dashboards.commands.metadata import as_object
from dashboards.commands.references import ROLES_NEEDED, role_lacking
from sql.record.transactions import Row, Transaction
from sql.vocabulary import ROLES_BETWEEN

PLACES = "places"
ANOTHER_CODE = "Use another code, or correct the file."


def rejected_by_the_record(
    transaction: Transaction,
    files: Mapping[str, Rows],
    known: Known,
    rejections: Sequence[Rejection],
    anew: Anew,
) -> Iterator[Rejection]:
    """Find every cell that contradicts the record, or names what it does not hold."""
    rejected = {(rejection.file, rejection.line) for rejection in rejections}
    for stem, rows in files.items():
        if stem in CODES:
            yield from _twice(stem, rows)
            yield from (
                found
                for found in (
                    otherwise(stem, rows, known[stem])
                    if stem in (LOTS, PRODUCTIONS, PLACES)
                    else _end_too_early({stem: rows}, known)
                )
                if (found.file, found.line) not in rejected
            )
        for column in REFERENCES.get(stem, {}):
            yield from _unknown(stem, column, files, known)
    yield from rejected_movements(transaction, files)
    yield from rejected_packings(files)
    if "lots" in files:
        yield from foreign_types(transaction, files["lots"])
        yield from _look_alikes(transaction, files["lots"], known["lots"])
        yield from retired_of_lots(files, known)
    yield from cycles(transaction, files, known, anew)


def _twice(stem: str, rows: Rows) -> Iterator[Rejection]:
    """Find codes that stand twice in their file, and keys of lots that do."""
    for column in (CODES[stem], *((KEY,) if stem == LOTS else ())):
        first: dict[str, int] = {}
        for line, code in rows.cells(column):
            if first.setdefault(code, line) != line:
                reason = f"stands on line {first[code]} already."
                yield rejected_cell(stem, line, column, code, reason)


def _end_too_early(files: Mapping[str, Rows], known: Known) -> Iterator[Rejection]:
    """Find known runs that would end before they started."""
    for row in compared(files, known):
        if ends_too_early(row):
            reason = f"{row.code} would end before it started, by the record or this row."
            yield rejected_cell(row.stem, row.line, "ended_at", row.code, reason)


def otherwise(stem: str, rows: Rows, known: Mapping[str, Row]) -> Iterator[Rejection]:
    """Find codes under which the record holds something else; only given columns count.

    A lot may be given as it reads now or as it was registered: the file that a corrected lot came
    from stays good.
    """
    for index, code in enumerate(rows.columns[CODES[stem]]):
        if code not in known or (stem == PRODUCTIONS and known[code]["is_voided"]):
            continue
        changes = correctable(stem, known[code])
        for column in rows.given - changes:
            value, held = rows.columns[column][index], known[code][column]
            if value in (held, known[code].get(f"registered_{column}", held)):
                continue
            if column == KEY and None in (value, held):
                continue  # a source may come to give keys
            if not (column == "metadata" and as_object(value) == as_object(held)):
                yield rejected_cell(
                    stem,
                    rows.lines[index],
                    column,
                    value,
                    f"{code} is in the record with {held_value(held)}. {ANOTHER_CODE}",
                )


def _unknown(
    stem: str, column: str, files: Mapping[str, Rows], known: Known
) -> Iterator[Rejection]:
    """Find codes that neither the files nor the record know, or not in the role needed."""
    table = REFERENCES[stem][column]
    roles = {code: row.get("role") for code, row in known[table].items()}
    if table in files:
        new = files[table].columns
        for code, role in zip(new[CODES[table]], new.get("role", new[CODES[table]]), strict=True):
            roles[code] = ROLES_BETWEEN.join(filter(None, (roles.get(code), role))) or None
    for line, code in files[stem].cells(column):
        if code not in roles:
            yield rejected_cell(stem, line, column, code, unknown_words(table))
        elif column in ROLES_NEEDED and (has := roles[code]) is not None:
            lacking = role_lacking(has, column)
            if lacking is not None:
                yield rejected_cell(stem, line, column, code, lacking)


def _look_alikes(
    transaction: Transaction, lots: Rows, known: Mapping[str, Row]
) -> Iterator[Rejection]:
    """Find new lot codes that a person would take for another of the file or the record."""
    new = [code for code in lots.columns["lot_code"] if code is not None and code not in known]
    resembles = {row["code"]: row["known"] for row in transaction.all("look_alikes", codes=new)}
    for line, code in lots.cells("lot_code"):
        if code in resembles:
            yield rejected_cell("lots", line, "lot_code", code, said(code, resembles[code]))
