"""The parts of an import's productions: new ones, known ones, and what contradicts the record.

A production is one event, taken whole or not at all: a known one must read as the record has it, a
new one has both sides. The record is asked here; nothing is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboards.commands.import_files import Known, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_identity import about_voided_lots
from dashboards.commands.import_production_parts import WAY_OUT, contradicts
from dashboards.commands.import_wording import ended_words
from sql.record.transactions import Row, Transaction

PRODUCTIONS = "productions"
SIDES = ("production_inputs", "production_outputs")
_CODE = "production_code"


def sort_parts(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> dict[str, Sorted]:
    """Tell new parts of productions from known ones, and name whatever contradicts the record.

    Args:
        transaction: Open transaction that holds the write lock.
        files: Checked rows by file stem.
        known: What the record holds under the codes that the files use.
    """
    found = {stem: Sorted() for stem in (PRODUCTIONS, *SIDES) if stem in files}
    held = held_parts(transaction, known[PRODUCTIONS].values())
    for stem in SIDES:
        if stem in files:
            found[stem].rejections += _twice(stem, files[stem])
            _sort_side(stem, files[stem], known, held, found[stem])
            found[stem].rejections += about_voided_lots(stem, files[stem], found[stem].new, known)
    if PRODUCTIONS in files:
        found[PRODUCTIONS].rejections += _one_sided(files, known)
    return found


def contradictions(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> list[Rejection]:
    """Name what the files say of the known productions otherwise than the record."""
    held = held_parts(transaction, known[PRODUCTIONS].values())
    found = Sorted()
    for stem in SIDES:
        _sort_side(stem, files[stem], known, held, found)
    return found.rejections


def pairs_of(files: Mapping[str, Rows], known: Known) -> Iterator[tuple[int, str, str]]:
    """Yield each input of a new production: its line, its lot, and a lot made from it."""
    if not all(stem in files for stem in SIDES):
        return
    made = defaultdict(list)
    outputs = files["production_outputs"].columns
    for code, lot in zip(outputs[_CODE], outputs["lot_code"], strict=True):
        made[code].append(lot)
    inputs = files["production_inputs"]
    columns = (inputs.columns[_CODE], inputs.columns["lot_code"])
    for line, code, lot in zip(inputs.lines, *columns, strict=True):
        if code is not None and code not in known[PRODUCTIONS]:
            yield from ((line, lot, child) for child in made[code])


def held_parts(
    transaction: Transaction, productions: Iterable[Row]
) -> dict[tuple[str, str, str], Row]:
    """Look up the parts of known productions, by side, production and lot."""
    ids = [row["id"] for row in productions]
    rows = transaction.all("held_production_parts", production_ids=ids) if ids else ()
    return {(row["side"], row[_CODE], row["lot_code"]): row for row in rows}


def _sort_side(
    stem: str,
    rows: Rows,
    known: Known,
    held: Mapping[tuple[str, str, str], Row],
    found: Sorted,
) -> None:
    """Sort the rows of one side."""
    given = defaultdict(int)
    for at, line in enumerate(rows.lines):
        row = {name: cells[at] for name, cells in rows.columns.items()}
        code = row[_CODE]
        production = known[PRODUCTIONS].get(code)
        given[code] += 1
        if production is None:
            if code is not None:
                found.new.append(at)
        elif production["is_voided"]:
            reason = f"was voided in the record, {ended_words(production)}"
            found.passed_over.append(rejected_cell(stem, line, _CODE, code, reason))
        else:
            part = held.get((stem, code, row["lot_code"]))
            counted = at in rows.counted
            found.rejections += contradicts(stem, line, row, part, rows.given, counted=counted)
    for code, count in given.items():
        in_record = sum(1 for side, of, _lot in held if (side, of) == (stem, code))
        if in_record > count and not known[PRODUCTIONS][code]["is_voided"]:
            line = rows.lines[rows.columns[_CODE].index(code)]
            what = f"is in the record with {in_record} lots here; the file has {count}. {WAY_OUT}"
            found.rejections.append(rejected_cell(stem, line, _CODE, code, what))


def _twice(stem: str, rows: Rows) -> Iterator[Rejection]:
    """Find lots that stand twice on one side of a production."""
    first: dict[tuple[Any, Any], int] = {}
    columns = (rows.columns[_CODE], rows.columns["lot_code"])
    for line, code, lot in zip(rows.lines, *columns, strict=True):
        if None not in (code, lot) and first.setdefault((code, lot), line) != line:
            reason = f"stands on line {first[code, lot]} already. Enter it once, with all of it."
            yield rejected_cell(stem, line, "lot_code", lot, reason)


def _one_sided(files: Mapping[str, Rows], known: Known) -> Iterator[Rejection]:
    """Find new productions into which nothing went, or of which nothing came."""
    there = {stem: set(files[stem].columns[_CODE]) if stem in files else set() for stem in SIDES}
    for line, code in files[PRODUCTIONS].cells(_CODE):
        for stem, what in zip(SIDES, ("went in", "came out"), strict=True):
            if code not in known[PRODUCTIONS] and code not in there[stem]:
                reason = f"has no row in {stem}.csv. Say there what {what}."
                yield rejected_cell(PRODUCTIONS, line, _CODE, code, reason)
