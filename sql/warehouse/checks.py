"""Every check there is: the contracts of the copies, the agreement, and every rule.

One list for all who ask what must be checked: the pipeline that runs them, the proof that a file is
sound, and the results that say what was not checked. How each is carried out is the pipeline's.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.fingerprint import build_fingerprint
from sql.warehouse.models import load_model, tables_read
from sql.warehouse.rules import Rule, Severity, ruled_tables, rules_of

# The two checks that are no rules: of a copy, and of the closure against live traces.
CONTRACT = "keeps_its_contract"
AGREEMENT = "closure_and_live_trace_agree"
WALKED = "genealogy.ancestries"
CONTRACT_REASON = "The copy is complete, and every value is one a model can rely on."
AGREEMENT_REASON = (
    "Boards would say one thing about a lot and its trace another; one of them is wrong. Asked of "
    "200 lots, others in each run."
)


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes:
        table: Table checked.
        name: The sentence that must hold.
        kind: `rule`, `contract` or `grain`.
        severity: What a breach leads to.
        description: What a breach means on the floor.
        fingerprint: Of the question it asks and of all that is built; a result of another one
            answers another question.
        select: Of a rule, the rows that break it.
    """

    table: str
    name: str
    kind: str
    severity: Severity
    description: str
    fingerprint: str
    select: str | None = None

    @property
    def key(self) -> str:
        """Name it among all checks."""
        return f"{self.table} {self.name}"

    @property
    def reads(self) -> list[str]:
        """Name the copies and models that it looks at."""
        if self.select is not None:
            return tables_read(self.select)
        return [self.table] if self.name == CONTRACT else [WALKED, "raw.lots"]


@cache
def all_checks() -> dict[str, Check]:
    """Return every check by its key."""
    built = build_fingerprint()
    found = [
        Check(f"raw.{table}", CONTRACT, "contract", Severity.BLOCKS, CONTRACT_REASON, built)
        for table in copied_tables()
    ]
    found.append(Check(WALKED, AGREEMENT, "rule", Severity.BLOCKS, AGREEMENT_REASON, built))
    found += [_of_rule(rule, built) for table in ruled_tables() for rule in rules_of(table)]
    return {check.key: check for check in found}


def kind_of(rule: Rule) -> str:
    """Tell a model's own grain rule from the others."""
    return "grain" if rule.name.startswith("one_row_for_each") else "rule"


def wants_every_pair(rule: Rule) -> bool:
    """Tell whether a rule looks along the closure, so that a partial one may hide breaches."""
    if kind_of(rule) == "grain" or rule.sees_past_gaps:
        return False
    return any(map(_looks_at_closure, rule.reads()))


@cache
def _looks_at_closure(table: str) -> bool:
    """Tell whether a table holds the closure or follows from it, through other models too."""
    if table == WALKED or table.startswith("raw."):
        return table == WALKED
    return any(map(_looks_at_closure, load_model(table).reads()))


def _of_rule(rule: Rule, built: str) -> Check:
    return Check(
        table=rule.table,
        name=rule.name,
        kind=kind_of(rule),
        severity=rule.severity,
        description=rule.reason,
        fingerprint=hashlib.sha256(f"{built} {rule.select}".encode()).hexdigest(),
        select=rule.select,
    )
