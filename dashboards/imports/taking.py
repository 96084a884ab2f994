"""Tables into the record: checked cell by cell, then one command.

Nothing stops at the first mistake: every line that can't be taken is named, and the rules that
only the record knows are asked in the same go.
"""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from dashboards.commands.authority import Person
from dashboards.commands.import_files import ImportRejected, Rejection
from dashboards.commands.import_plan import Plan
from dashboards.commands.import_source import Source
from dashboards.commands.import_telling import Warn
from dashboards.commands.import_writing import Progress
from dashboards.commands.importing import import_rows
from dashboards.commands.wording import site_zone
from dashboards.imports.cells import checked
from dashboards.imports.given import Table
from dashboards.imports.sent import Sent
from dashboards.imports.units_in_cells import with_units_apart
from sql.record.transactions import Transaction


def import_tables(
    transaction: Transaction,
    tables: Sequence[Table],
    *,
    by: Person | None,
    zone: ZoneInfo | None = None,
    wrong: Sequence[Rejection] = (),
    rejections: Sequence[Rejection] = (),
    progress: Progress | None = None,
    corrects: bool = False,
    again: bool = False,
    is_whole: bool = False,
    sets_aside: bool = False,
    warn: Warn | None = None,
    pass_over: Warn | None = None,
    plan: Plan | None = None,
) -> dict[str, int]:
    """Check tables cell by cell and add to the record what it does not hold yet.

    Args:
        transaction: Open transaction; nothing is committed here.
        tables: Every column text, an empty cell null; of one kind at most one.
        by: The signed-in person; None: whoever runs the server's own terminal.
        zone: Of times without an offset; None: the site's.
        wrong: What was found that leaves a file unread; nothing more is asked then.
        rejections: What else was found in reading.
        progress: Told the stem and the rows checked, then the stem and the rows added.
        corrects: Rows with a known source key and other content take the place of what is held,
            and lots, products, partners and runs that read otherwise are corrected.
        again: Rows that equal a link, reading or shipment that was voided are recorded anew.
        is_whole: The files are all there is of their tables: what an import brought and they don't
            have is voided, with `corrects`.
        sets_aside: Rows that can't be taken are kept aside, and the rest comes in.
        warn: Told each cell that is taken although its identifier is spoilt, and how it is.
        pass_over: Told each row that is not taken, since what it says was voided, withdrawn or
            corrected in the record.
        plan: Told what the import does, or would do where it is refused.

    Returns:
        Rows added by stem, of every kind, in the order they were written.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: At least one cell can't be taken; nothing was saved.

    """
    apart = [with_units_apart(table) for table in tables]
    by_file = {f"{table.stem}.csv": table for table in apart}
    spoilt = {(one.file, one.line) for one in rejections}
    found: list[Rejection] = []
    files = {}
    for table in apart:
        files[table.stem], cells = checked(table, zone or site_zone(), apart)
        found += [one for one in cells if (table.shown, one.line) not in spoilt]
        if progress is not None:
            progress(table.stem, table.frame.height)
    if wrong:
        raise ImportRejected([*wrong, *rejections, *(_told(by_file, one) for one in found)])
    try:
        return import_rows(
            transaction,
            files,
            by=by,
            rejections=[*found, *_untold(by_file, rejections)],
            progress=progress,
            corrects=corrects,
            again=again,
            is_whole=is_whole,
            sets_aside=sets_aside,
            source=Source({table.stem: table.shown for table in tables}, Sent(tables).said),
            warn=_telling(by_file, warn),
            pass_over=_telling(by_file, pass_over),
            plan=plan,
        )
    except ImportRejected as refused:
        raise ImportRejected(_told(by_file, one) for one in refused.rejections) from refused
    finally:
        if plan is not None:
            plan.corrections = [_told(by_file, one) for one in plan.corrections]
            plan.aside = [_told(by_file, one) for one in plan.aside]


def _told(by_file: Mapping[str, Table], one: Rejection) -> Rejection:
    """Name file and column as whoever sent them does."""
    return by_file[one.file].told(one) if one.file in by_file else one


def _untold(by_file: Mapping[str, Table], found: Sequence[Rejection]) -> list[Rejection]:
    """Name files as the command does, so that it sees which of its rows are spoilt."""
    ours = {table.shown: file for file, table in by_file.items()}
    return [Rejection(ours[one.file], one.line, one.column, one.value, one.reason) for one in found]


def _telling(by_file: Mapping[str, Table], tell: Warn | None) -> Callable[..., object] | None:
    """Have somebody told of cells by their own names."""
    return None if tell is None else lambda one: tell(_told(by_file, one))
