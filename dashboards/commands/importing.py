"""Take checked rows of an import into the record: all of them, or none and every reason why.

The order of the steps lives here. What a file's cells must look like is checked by the face, what
contradicts the record by `import_checks`; `import_writing` writes.
"""

from collections.abc import Callable, Mapping, Sequence

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.deviations import hold_for_imported
from dashboards.commands.import_changes import (
    LOTS,
    Change,
    changed_lots,
    correct_lots,
    to_confirm,
)
from dashboards.commands.import_checks import rejected_by_the_record, restated
from dashboards.commands.import_damage import damaged_cells
from dashboards.commands.import_files import (
    HEADER_LINE,
    ImportRejected,
    Known,
    Rejection,
    Rows,
)
from dashboards.commands.import_identity import sort_facts
from dashboards.commands.import_known import known_codes
from dashboards.commands.import_masters import changed_rows, masters_to_confirm
from dashboards.commands.import_partners import with_roles_united
from dashboards.commands.import_plan import Plan
from dashboards.commands.import_productions import sort_parts
from dashboards.commands.import_revising import apply_changes
from dashboards.commands.import_weights import otherwise_weighed, with_weights
from dashboards.commands.import_writing import Progress, write_files
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction

# So many rows at once change how questions to the record are best answered.
MANY_ROWS = 1000
Warn = Callable[[Rejection], object]


def import_rows(
    transaction: Transaction,
    files: Mapping[str, Rows],
    *,
    by: Person | None,
    rejections: Sequence[Rejection] = (),
    progress: Progress | None = None,
    corrects: bool = False,
    again: bool = False,
    warn: Warn | None = None,
    pass_over: Warn | None = None,
    plan: Plan | None = None,
) -> dict[str, int]:
    """Add to the record what it does not hold yet, or refuse the whole import.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        files: Checked rows by file stem; any may be absent.
        by: The signed-in person, kept as the facts' operator; None: the server's own terminal.
        rejections: What the face found already; told together with what is found here.
        progress: Told the stem and the rows added after each file is written.
        corrects: Confirmed by whoever imports: a row whose source key the record knows with other
            content voids that fact and takes its place; a lot, product, partner or run that reads
            otherwise is corrected. Else such a row is rejected.
        again: Asked for by whoever imports: a row that equals a link, reading or shipment that was
            voided is recorded anew. Else it is passed over; a withdrawn decision always is.
        warn: Told each cell that is taken although its identifier is spoilt, and how it is; and
            weighed kilograms that aren't those of their amount.
        pass_over: Told each row that is not taken, since what it says was voided, withdrawn or
            corrected in the record, and when and why.
        plan: Told what the import does, or would do where it is refused.

    Returns:
        Rows added, by stem, in the order they were written.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: At least one cell can't be taken; all of them are named.

    """
    if by is not None:
        require(by, Action.IMPORT)
    if any(rejection.line == HEADER_LINE for rejection in rejections):
        raise ImportRejected(rejections)  # a file that can't be read makes every code unknown
    begin_writing(transaction, by=by, reason="import", is_history=True)
    files = with_roles_united(files)
    known = known_codes(transaction, files)
    files = with_weights(transaction, files, known)
    found = [*rejections, *rejected_by_the_record(transaction, files, known, rejections)]
    facts = sort_facts(transaction, files, known, found, again=again)
    facts |= sort_parts(transaction, files, known)
    found += [rejection for one in facts.values() for rejection in one.rejections]
    changes = _changes(files, known, found)
    corrections = [cell for one in facts.values() for cell in one.corrections]
    corrections += to_confirm(files[LOTS], changes) if changes else ()
    masters = changed_rows(files, known, found)
    corrections += masters_to_confirm(masters)
    if plan is not None:
        plan.fill(files, known, facts, changes, masters, found, corrections)
    if found or (corrections and not corrects):
        raise ImportRejected([*found, *([] if corrects else corrections)])
    if warn is not None:
        for spoilt in damaged_cells(transaction, files):
            warn(spoilt)
        for weighed in otherwise_weighed(transaction, files, known, facts):
            warn(weighed)
    if pass_over is not None:
        for one in restated(files["lots"], known["lots"]) if "lots" in files else ():
            pass_over(one)
        for one in (one for found in facts.values() for one in found.passed_over):
            pass_over(one)
    apply_changes(transaction, masters, by=by)
    last_reading = transaction.value("newest_reading")
    added = write_files(transaction, files, known, facts, by, progress)
    correct_lots(transaction, changes, by.user_id if by is not None else None)
    held = hold_for_imported(transaction, by=by, after_reading_id=last_reading)
    if plan is not None:
        plan.held = held
    if sum(added.values()) >= MANY_ROWS:
        transaction.run("look_anew")
    return added


def _changes(files: Mapping[str, Rows], known: Known, found: Sequence[Rejection]) -> list[Change]:
    """Find the known lots that the import says otherwise, but for lines that are refused."""
    if LOTS not in files:
        return []
    wrong = frozenset(one.line for one in found if one.file == f"{LOTS}.csv")
    return changed_lots(files[LOTS], known[LOTS], wrong)
