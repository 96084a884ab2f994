"""Productions of an import that read otherwise than the record has them: voided and written anew.

A production is one event: files that say one say all of it, so one that differs in anything takes
the place of what is held, once that is confirmed. Files that have only a part of productions can't.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboards.commands.import_checks import ANOTHER_CODE, otherwise
from dashboards.commands.import_files import Known, Rejection, Rows
from dashboards.commands.import_production_parts import WAY_OUT, differing
from dashboards.commands.import_productions import (
    PRODUCTIONS,
    SIDES,
    contradictions,
    held_parts,
)
from sql.record.transactions import Row, Transaction

_CODE = "production_code"
_CONFIRM = "Import with --correct to void that and take this one."


def revised_productions(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> dict[str, Row]:
    """Return the standing productions that the files say otherwise, by code."""
    if any(stem not in files for stem in (PRODUCTIONS, *SIDES)):
        return {}
    rows = files[PRODUCTIONS]
    standing = {code: row for code, row in known[PRODUCTIONS].items() if not row["is_voided"]}
    held_of = held_parts(transaction, standing.values())
    parts: dict[str, dict[Any, Row]] = defaultdict(dict)
    for (stem, code, lot), row in held_of.items():
        parts[code][stem, lot] = row
    said = _said(files)
    revised = {}
    for at, code in enumerate(rows.columns[_CODE]):
        held = standing.get(code)
        if held is None:
            continue
        differs = any(rows.columns[name][at] != held[name] for name in rows.given - {"source_key"})
        if differs or _reads_otherwise(parts[code], said[code]):
            revised[code] = held
    return revised


def revised_to_confirm(
    transaction: Transaction, files: Mapping[str, Rows], revised: Mapping[str, Row]
) -> Iterator[Rejection]:
    """Say each cell of a production that differs, with what stands in the record."""
    if not revised:
        return
    known = {PRODUCTIONS: dict(revised)}
    found = [*otherwise(PRODUCTIONS, files[PRODUCTIONS], revised)]
    found += contradictions(transaction, files, known)
    for one in found:
        said = one.reason.replace(WAY_OUT, "").replace(ANOTHER_CODE, "").rstrip()
        yield replace(one, reason=f"{said} {_CONFIRM}", is_change=True)


@dataclass(frozen=True)
class _Part:
    """What a file says of one lot of a production.

    Attributes:
        row: Its cells by column.
        given: The columns that the file has.
        counted: Whether its product told its kilograms.
    """

    row: Mapping[str, Any]
    given: Container[str]
    counted: bool


def _reads_otherwise(held: Mapping[Any, Row], said: Mapping[Any, _Part]) -> bool:
    """Tell whether a production has other lots than the record says, or other amounts of them."""
    return held.keys() != said.keys() or any(
        differing(one.row, held[part], one.given, counted=one.counted) for part, one in said.items()
    )


def _said(files: Mapping[str, Rows]) -> Mapping[str, dict[Any, _Part]]:
    """Return what the files say of each production, by side and lot."""
    said: dict[str, dict[Any, _Part]] = defaultdict(dict)
    for stem in SIDES:
        rows = files[stem]
        for at in range(len(rows.lines)):
            row = {name: cells[at] for name, cells in rows.columns.items()}
            part = _Part(row, rows.given, at in rows.counted)
            said[row[_CODE]][stem, row["lot_code"]] = part
    return said
