"""Productions of an import that read otherwise than the record has them: voided and written anew.

A production is one event: files that say one say all of it, so one that differs in anything takes
the place of what is held, once that is confirmed. Files that have only a part of productions can't.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dashboards.commands.import_checks import ANOTHER_CODE, otherwise
from dashboards.commands.import_files import Known, Rejection, Rows
from dashboards.commands.import_productions import (
    PRODUCTIONS,
    SIDES,
    WAY_OUT,
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
    parts: dict[str, dict[Any, Any]] = defaultdict(dict)
    for (stem, code, lot), row in held_of.items():
        parts[code][stem, lot] = (row["quantity_kg"], row["kind"])
    said = _said(files)
    revised = {}
    for at, code in enumerate(rows.columns[_CODE]):
        held = standing.get(code)
        if held is None:
            continue
        differs = any(rows.columns[name][at] != held[name] for name in rows.given - {"source_key"})
        if differs or parts[code] != said[code]:
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


def _said(files: Mapping[str, Rows]) -> Mapping[str, dict[Any, Any]]:
    """Return what the files say of each production: its kilograms and kind by side and lot."""
    said: dict[str, dict[Any, Any]] = defaultdict(dict)
    for stem in SIDES:
        columns = files[stem].columns
        kinds = columns.get("kind", [None] * len(files[stem].lines))
        rows = zip(columns[_CODE], columns["lot_code"], columns["quantity_kg"], kinds, strict=True)
        for code, lot, kg, kind in rows:
            said[code][stem, lot] = (kg, kind)
    return said
