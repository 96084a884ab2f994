"""What an import would do, found out by doing it and taking it all back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from dashboards.commands.authority import Person
from dashboards.commands.import_files import ImportRejected, Rejection
from dashboards.commands.import_plan import Plan
from dashboards.commands.import_writing import Progress
from dashboards.imports.cell_readers import number_signs
from dashboards.imports.given import Table
from dashboards.imports.taking import import_tables
from sql.record.engine import Record


class _TakenBack(Exception):
    """Ends the transaction of a preview."""


@dataclass
class Preview:
    """What an import would do.

    Attributes:
        plan: Rows that are new, known, or correct what is held, by table.
        refused: Cells that can't be taken: nothing comes in while there is one.
        spoilt: Cells that are taken although their identifier is spoilt.
        passed_over: Rows that the record voided, withdrew or corrected since.
        decimals: The signs that each table's numbers have before decimals; empty: each as it
            stands.
    """

    plan: Plan = field(default_factory=Plan)
    refused: Sequence[Rejection] = ()
    spoilt: list[Rejection] = field(default_factory=list)
    passed_over: list[Rejection] = field(default_factory=list)
    decimals: dict[str, set[str]] = field(default_factory=dict)


def preview(
    record: Record,
    tables: Sequence[Table],
    *,
    by: Person | None,
    zone: ZoneInfo,
    wrong: Sequence[Rejection] = (),
    rejections: Sequence[Rejection] = (),
    again: bool = False,
    is_whole: bool = False,
    sets_aside: bool = False,
    progress: Progress | None = None,
) -> Preview:
    """Import, corrections too, and roll it back; arguments as for `import_tables`.

    Raises:
        NotPermitted: The person may not import.
    """
    signs = {table.stem: number_signs(table, tables).values() for table in tables}
    seen = Preview(
        decimals={
            stem: {one.known or one.weak or "" for one in found} for stem, found in signs.items()
        }
    )
    try:
        with record.transaction() as transaction:
            import_tables(
                transaction,
                tables,
                by=by,
                zone=zone,
                wrong=wrong,
                rejections=rejections,
                corrects=True,
                again=again,
                is_whole=is_whole,
                sets_aside=sets_aside,
                warn=seen.spoilt.append,
                pass_over=seen.passed_over.append,
                plan=seen.plan,
                progress=progress,
            )
            raise _TakenBack
    except _TakenBack:
        pass
    except ImportRejected as refused:
        seen.refused = refused.rejections
    return seen
