"""A rule as its file describes it: what must hold across rows.

A rule selects the rows that break it; its file's name is the sentence that must hold, its first
lines say what a breach means on the floor. Which tables a rule reads is asked of DuckDB. A rule may
look only at the lots whose ancestries were just made anew, where it marks that (`marks`); its
select runs alone too, and then looks at all.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from sql.errors import ModelUnreadable
from sql.queries import DUCKDB
from sql.warehouse.models import Model, load_model, model_names, tables_read
from sql.warehouse.sql_heads import split_head, value_in

# Of views of pairs, which hold too many rows to count: the descendant, as `raw.lots` calls it.
_DESCENDANTS = {"descendant_lot_id": "lot_id", "descendant_lot_code": "lot_code"}
_SAID_BY_NAME = ("-- severity: ", "-- bears on: ", "-- partial closure: ")
_TWICE = "A row that stands twice counts its kilograms twice."
_OF_PAIRS = " Of more than 100,000 lots, one in 50 is looked at."
_DRAWN = """where {pair} in (
    select {lot}
    from raw.lots
    where
        (hash(lot_id) % 50 = 0 or (select count(*) from raw.lots) <= 100000)
        -- and lot_id was made anew
)
"""


class Severity(StrEnum):
    """What a breach means: no edition, a finding somebody must mend, or one to look at."""

    BLOCKS = "blocks"
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Rule:
    """What must hold across rows: a select of the rows that break it.

    Attributes:
        table: The table it speaks about, with its schema.
        name: The sentence that must hold, words joined by underscores.
        reason: What a breach means on the floor.
        severity: What a breach leads to.
        select: The breaking rows.
        bears_on_lots: A breach is about the lots it names alone: which lots went into which, and
            with how many kilograms, stands all the same. Said in the head by `bears on: lots`.
        sees_past_gaps: Lots that a partial closure leaves out hide no breach of it. Said in the
            head by `partial closure: hides no breach`; else a rule that looks at the closure is in
            doubt then.
    """

    table: str
    name: str
    reason: str
    severity: Severity
    select: str
    bears_on_lots: bool = False
    sees_past_gaps: bool = False

    def reads(self) -> list[str]:
        """Name the copies and models it reads, as DuckDB itself understands it, sorted."""
        return tables_read(self.select)


def rules_of(table: str) -> list[Rule]:
    """Read every rule of a table, the grain rule of a model first.

    Raises:
        ModelUnreadable: A rule's head lacks its reason or severity.
    """
    schema, _, name = table.partition(".")
    folder = DUCKDB / "rules" / schema / name
    written = [_rule(table, file) for file in sorted(folder.glob("*.sql"))]
    return [grain_rule(load_model(table)), *written] if table in model_names() else written


@cache
def rules_about_lots() -> frozenset[str]:
    """Name the rules whose breach leaves open neither which lots are linked nor a kilogram."""
    rules = (rule for table in ruled_tables() for rule in rules_of(table))
    return frozenset(rule.name for rule in rules if rule.bears_on_lots)


def ruled_tables() -> list[str]:
    """Name every table that a rule speaks about, models and copies, sorted."""
    folders = (DUCKDB / "rules").glob("*/*")
    return sorted({f"{path.parent.name}.{path.name}" for path in folders} | set(model_names()))


def grain_rule(model: Model) -> Rule:
    """Return the rule that a model holds one row for each value of its grain.

    Of a view of pairs, which no table can hold twice but a join may, it looks at the lots made
    anew, and of more than 100,000 lots at one in 50: a join that doubles rows doubles those too.
    """
    keys = ", ".join(model.grain)
    of_pairs = [name for name in model.grain[1:] if name in _DESCENDANTS]
    where = _DRAWN.format(pair=of_pairs[0], lot=_DESCENDANTS[of_pairs[0]]) if of_pairs else ""
    return Rule(
        table=model.name,
        name=f"one_row_for_each_{'_and_'.join(model.grain)}",
        reason=_TWICE + (_OF_PAIRS if of_pairs else ""),
        severity=Severity.BLOCKS,
        select=(
            f"select {keys}, count(*) as rows_count from {model.name}\n{where}"
            f"group by {keys} having count(*) > 1"
        ),
    )


def _rule(table: str, file: Path) -> Rule:
    """Read one rule's file."""
    head, select = split_head(file)
    severity = value_in(head, "severity")
    reason = [line for line in head if line != "--" and not line.startswith(_SAID_BY_NAME)]
    if not reason or not severity:
        raise ModelUnreadable(f"The head of the rule {file.stem} needs a reason and a severity.")
    return Rule(
        table=table,
        name=file.stem,
        reason=" ".join(line.removeprefix("-- ") for line in reason),
        severity=Severity(severity),
        select=select,
        bears_on_lots=value_in(head, "bears on") == "lots",
        sees_past_gaps=value_in(head, "partial closure") == "hides no breach",
    )
