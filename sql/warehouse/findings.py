"""What one check found: the rows that break it, and the lots they name.

What all checks found last is kept by `check_results`; which lots that leaves open, by
`open_findings`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sql.amounts import without_spare_zeros
from sql.warehouse.rules import Severity

ROWS_KEPT = 1000


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        table: Table checked.
        name: The sentence that must hold.
        kind: `rule`, `contract` or `grain`.
        severity: What a breach means.
        description: What a breach means on the floor.
        breaches_count: How many rows break it.
        rows: The first of them, at most 1,000.
        further_lot_codes: The lots that breaches beyond the rows name, sorted.
        is_partial: Part of what the check must look at was not there; finding nothing is no pass.
    """

    table: str
    name: str
    kind: str
    severity: Severity
    description: str
    breaches_count: int
    rows: list[dict[str, Any]]
    further_lot_codes: list[str] = field(default_factory=list)
    is_partial: bool = False

    @property
    def passed(self) -> bool:
        """Tell whether nothing breaks it."""
        return self.breaches_count == 0

    @property
    def lot_codes(self) -> list[str]:
        """Return every lot that a breach names, sorted."""
        return sorted(set(self.further_lot_codes).union(*map(lots_of, self.rows)))

    @property
    def key(self) -> str:
        """Name its check among all checks."""
        return f"{self.table} {self.name}"


def row_kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a breach as it is kept: kilograms as they were written down."""
    return {
        name: without_spare_zeros(value)
        if name.endswith("_kg") and isinstance(value, Decimal)
        else value
        for name, value in row.items()
    }


def finding_from(facts: Mapping[str, Any]) -> Finding:
    """Return the finding that JSON was written of; its rows hold texts for times and kilograms."""
    known = {name: facts[name] for name in Finding.__dataclass_fields__}
    return Finding(**{**known, "severity": Severity(facts["severity"])})


def breach_id(table: str, name: str, row: Mapping[str, Any]) -> str:
    """Name one breach: the same as long as the rule, the row and every value in it are the same.

    A breach that changed is another one, so what somebody said about it before doesn't count.
    """
    told = json.dumps([table, name, row], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def lots_of(row: Mapping[str, Any]) -> set[str]:
    """Name the lots that a breach names, in whatever column."""
    return {code for name, code in row.items() if name.endswith("lot_code") and code is not None}


def breach_ids(finding: Finding) -> list[str]:
    """Name the breaches whose rows are kept, in their order."""
    return [breach_id(finding.table, finding.name, row) for row in finding.rows]
