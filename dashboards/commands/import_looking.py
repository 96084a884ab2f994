"""What the rows of an import are to the record: new, known, corrections, gone, or not to be taken.

Everything is asked here and nothing written. Where rows may be set aside, it is asked anew without
them until the rest can be taken.
"""

from collections.abc import Mapping, Sequence

from dashboards.commands.import_beside_counts import beside_counts
from dashboards.commands.import_changes import LOTS, changed_lots
from dashboards.commands.import_checks import rejected_by_the_record
from dashboards.commands.import_counts import with_counts
from dashboards.commands.import_cycles import Anew
from dashboards.commands.import_emptied import emptied
from dashboards.commands.import_files import HEADER_LINE, NOWHERE, Rejection, Rows
from dashboards.commands.import_gone import Gone, find_gone
from dashboards.commands.import_identity import sort_facts
from dashboards.commands.import_known import known_codes
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_looked import Asked, Looked
from dashboards.commands.import_masters import changed_rows
from dashboards.commands.import_of_lots import products_of
from dashboards.commands.import_packings import STEM as PACKINGS
from dashboards.commands.import_productions import PRODUCTIONS, sort_parts
from dashboards.commands.import_receiving import keep_receipts
from dashboards.commands.import_retiring import vanished_masters, with_returned
from dashboards.commands.import_revised_productions import revised_productions, revised_to_confirm
from dashboards.commands.import_setting_aside import Aside, Kept, without
from dashboards.commands.import_unlike_decisions import unlike_decisions
from dashboards.commands.import_vanished import vanished_lots
from dashboards.commands.import_weights import with_weights
from sql.record.transactions import Row, Transaction


def look(
    transaction: Transaction,
    files: Mapping[str, Rows],
    rejections: Sequence[Rejection],
    asked: Asked,
) -> Looked:
    """Look at the rows, and where asked again without those that can't be taken."""
    kept, given = Kept(), files
    looked = _look(transaction, files, rejections, kept, asked)
    while asked.sets_aside and any(one.line > HEADER_LINE for one in looked.found):
        refused = [one for one in looked.found if one.line > HEADER_LINE]
        files, aside = without(files, refused)
        kept.rows += aside
        looked = _look(transaction, files, (), kept, asked)
    if asked.sets_aside:
        kept.rows += [
            Aside(one.file.removesuffix(".csv"), NOWHERE, (one,), one.value, said=one.reason)
            for one in looked.found
            if one.line == NOWHERE
        ]
        looked.found = [one for one in looked.found if one.line != NOWHERE]
    looked.aside = kept.rows
    looked.found += emptied(given, looked.gone)
    return looked


def _look(
    transaction: Transaction,
    files: Mapping[str, Rows],
    rejections: Sequence[Rejection],
    kept: Kept,
    asked: Asked,
) -> Looked:
    lots, bound = (
        vanished_lots(transaction, files, kept, asked.source) if asked.is_whole else ({}, [])
    )
    kept.vanished = frozenset(lot["lot_code"] for lot in lots.values())
    known = known_codes(transaction, files)
    known[LOTS] = {code: row for code, row in known[LOTS].items() if code not in kept.vanished}
    files = with_weights(transaction, files, known)
    revised = revised_productions(transaction, files, known)
    known[PRODUCTIONS] = {
        code: row for code, row in known[PRODUCTIONS].items() if code not in revised
    }
    anew = _anew(transaction, files, revised, kept, asked)
    found = [
        *rejections,
        *rejected_by_the_record(transaction, files, known, rejections, anew),
    ]
    facts = sort_facts(
        transaction,
        files,
        known,
        found,
        again=asked.again,
        is_whole=asked.is_whole,
        keeps_packings=any(one.stem == PACKINGS for one in kept.rows),
    )
    facts |= sort_parts(transaction, files, known)
    if PRODUCTIONS in facts:
        facts[PRODUCTIONS].replaced = [(row["id"], code) for code, row in revised.items()]
    found += [rejection for one in facts.values() for rejection in one.rejections]
    found += beside_counts(transaction, files, facts)
    found += unlike_decisions(transaction, files, facts)
    wrong = frozenset(one.line for one in found if one.file == f"{LOTS}.csv")
    changes = changed_lots(files[LOTS], known[LOTS], wrong) if LOTS in files else []
    changes = with_counts(changes, products_of(transaction, files, known) if changes else {})
    masters, gone = changed_rows(files, known, found), Gone()
    keep_receipts(files, known, facts)
    if asked.is_whole:
        masters = with_returned(masters, files, known, {(one.file, one.line) for one in found})
        gone = find_gone(transaction, files, facts, lots, kept, asked.source)
        elsewhere = [one.held["id"] for one in changes if "run_code" in one.values]
        vanished = vanished_masters(transaction, files, kept, [*gone.lots, *elsewhere])
        gone.note_masters(vanished, asked.source)
    found += [*bound, *gone.blocked]
    revisions = [*revised_to_confirm(transaction, files, revised)]
    return Looked(files, known, found, facts, changes, masters, revised, revisions, gone)


def _anew(
    transaction: Transaction,
    files: Mapping[str, Rows],
    revised: Mapping[str, Row],
    kept: Kept,
    asked: Asked,
) -> Anew:
    """Tell what of the record's links the files say anew."""
    links = files["genealogy"].columns[KEY] if "genealogy" in files else ()
    is_kept = kept.keeper("genealogy")
    imported = transaction.all("imported_links") if asked.is_whole and links else ()
    return Anew(
        keys=[key for key in links if key is not None],
        productions=[row["id"] for row in revised.values()],
        links=[row["fact_id"] for row in imported if not is_kept(row)],
        sets_aside=asked.sets_aside,
    )
