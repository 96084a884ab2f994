"""Take checked rows of an import into the record: all of them, or none and every reason why.

The order of the steps lives here; the face checks cells, and other modules look and write.
"""

from collections.abc import Mapping, Sequence

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.deviations import hold_for_imported
from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_correcting import correct_lots
from dashboards.commands.import_decision_words import with_decisions_meant
from dashboards.commands.import_files import HEADER_LINE, ImportRejected, Rejection, Rows
from dashboards.commands.import_former_codes import with_codes_corrected
from dashboards.commands.import_given_out import given_out
from dashboards.commands.import_looked import Asked, Looked
from dashboards.commands.import_looking import look
from dashboards.commands.import_partners import with_roles_united
from dashboards.commands.import_plan import Plan
from dashboards.commands.import_printed import with_printed_codes
from dashboards.commands.import_receipts import with_receipts_united
from dashboards.commands.import_receiving import receive_lots
from dashboards.commands.import_renames import called_as_held, find_renames, keeping
from dashboards.commands.import_renaming import rename_lots
from dashboards.commands.import_revising import apply_changes
from dashboards.commands.import_set_aside_writing import keep_set_aside
from dashboards.commands.import_setting_aside import without
from dashboards.commands.import_source import NOBODYS, Source
from dashboards.commands.import_taking_back import void_gone, void_gone_lots, void_revised
from dashboards.commands.import_telling import Warn, tell
from dashboards.commands.import_untracked import with_untracked
from dashboards.commands.import_writing import Progress, write_files
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction

# So many rows at once change how questions to the record are best answered.
MANY_ROWS = 1000


def import_rows(
    transaction: Transaction,
    files: Mapping[str, Rows],
    *,
    by: Person | None,
    rejections: Sequence[Rejection] = (),
    progress: Progress | None = None,
    corrects: bool = False,
    again: bool = False,
    is_whole: bool = False,
    sets_aside: bool = False,
    source: Source = NOBODYS,
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
        is_whole: The files are all there is of their tables: what an import brought and they don't
            have is voided, once confirmed by `corrects`.
        sets_aside: Rows that can't be taken are kept aside with their text, and the rest comes in.
        source: Where the rows come from, for the reasons of corrections and voids.
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
    operator_id = by.user_id if by is not None else None
    found = list(rejections)
    files = with_decisions_meant(transaction, with_roles_united(files), found)
    files = with_receipts_united(files, found)
    files = with_codes_corrected(transaction, files, pass_over)
    renames, not_renamed = find_renames(transaction, files, found)
    if sets_aside:
        files = called_as_held(files, [one for one, _why in not_renamed])
    else:
        found += [why for _one, why in not_renamed]
    rename_lots(transaction, renames, source, operator_id)
    files = with_printed_codes(transaction, files, found)
    files = with_untracked(transaction, files, found, operator_id)
    looked = look(transaction, files, found, Asked(again, is_whole, sets_aside, source))
    looked.aside += [keeping(one, why) for one, why in not_renamed if sets_aside]
    corrections = [*(one.told() for one in renames), *looked.corrections()]
    if plan is not None:
        plan.fill(looked, renames, corrections)
    if looked.found or (corrections and not corrects):
        raise ImportRejected([*looked.found, *([] if corrects else corrections)])
    tell(transaction, looked, warn, pass_over)
    apply_changes(transaction, looked.masters, by=by)
    for stem, gone in looked.gone.masters.items():
        apply_changes(transaction, gone, by=by, reason=source.gone(stem))
    last_reading = transaction.value("newest_reading")
    void_gone(transaction, looked.gone, source, operator_id)
    void_revised(transaction, looked.revised.values(), source, operator_id)
    added = write_files(transaction, looked.files, looked.known, looked.facts, by, progress, source)
    _correct(transaction, looked, source, operator_id, sets_aside=sets_aside)
    void_gone_lots(transaction, looked.gone, source, operator_id)
    held = hold_for_imported(transaction, by=by, after_reading_id=last_reading)
    if plan is not None:
        plan.held = held
        plan.note_aside(looked)
    kept = keep_set_aside(
        transaction, looked.files, looked.aside, source, operator_id, is_whole=is_whole
    )
    if (written := sum(added.values()) + len(corrections)) or kept:
        files_said = ", ".join(source.file(stem) for stem in files)
        transaction.run("note_import", files=files_said, is_whole=is_whole, operator_id=operator_id)
    if written >= MANY_ROWS:
        transaction.run("look_anew")
    return added


def _correct(
    transaction: Transaction,
    looked: Looked,
    source: Source,
    operator_id: int | None,
    *,
    sets_aside: bool,
) -> None:
    """Correct lots, but for weights below what has left: these are refused, or set aside."""
    changes, refused = given_out(transaction, looked.files.get(LOTS), looked.changes)
    if refused and not sets_aside:
        raise ImportRejected(refused)
    looked.aside += without(looked.files, refused)[1]
    correct_lots(transaction, changes, looked.files.get(LOTS), source, operator_id)
    receive_lots(transaction, looked, changes, source, operator_id)
