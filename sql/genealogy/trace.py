"""The live trace: which lots, kilograms and customers one or several lots touch, from the record.

Answered from the record, because an edition of ten minutes ago misses the newest lots. The
database walks the set of lots (no depth limit, ends on any data); steps and shares are
computed over its links (`sql.genealogy.trace_walk`), each looked at once, so the cost follows the
size of the answer: a few statements, however large it is. One lot is a set of one: there is no
other way for several.
"""

from collections.abc import Sequence

import numpy as np

from sql.genealogy.checked_lots import checked_lots, questions
from sql.genealogy.gaps import NOTHING_OFFERED, NotTaken
from sql.genealogy.lateness import first_written, with_lateness
from sql.genealogy.suspect_quantities import add_units
from sql.genealogy.trace_walk import Walked
from sql.genealogy.trace_ways import BACK, FORWARD, links_each_way, walked
from sql.genealogy.traced import Trace
from sql.genealogy.traced_links import concatenated, once_each, with_said
from sql.genealogy.traced_lots import shipped_of, traced_lots
from sql.genealogy.verdicts import verdict_on
from sql.record.binary_columns import array_literal, binary_moment
from sql.record.pipelined_queries import pipelined
from sql.record.transactions import Transaction
from sql.vocabulary import Direction
from sql.warehouse.open_findings import OpenFindings


def trace(
    transaction: Transaction,
    lot_codes: str | Sequence[str],
    direction: Direction,
    findings: OpenFindings | None = None,
    *,
    not_taken: NotTaken = NOTHING_OFFERED,
) -> Trace | None:
    """Trace one lot or several through the record; None where no lot carries any of the codes.

    Shares (sql/domain.md, Shares): share(A, A) = 1, and share(A, C) is the mean of its parents'
    shares weighted by kilograms. Where a quantity that counts is unknown, so is the share. Of
    several lots the share is of what came from any of them, each of them 1: never above 1.

    Args:
        transaction: Open transaction or snapshot.
        lot_codes: A lot's code, or the codes of several, exactly. The verdict names those that no
            lot carries.
        direction: Towards their ancestors, their descendants, or both.
        findings: What the last checks found (`sql.warehouse.open_findings`), for the
            verdict.
        not_taken: What a search offered beside these and nobody chose; the verdict says it.
    """
    codes = [lot_codes] if isinstance(lot_codes, str) else list(dict.fromkeys(lot_codes))
    read = links_each_way(transaction, codes, direction)
    if read is None:
        return None
    asked, into = read
    suspects = asked.lot_ids.tolist()
    ahead = (
        {*suspects, *np.unique(into[FORWARD]["child_lot_id"]).tolist()} if FORWARD in into else ()
    )
    behind = np.unique(into[BACK]["parent_lot_id"]).tolist() if BACK in into else ()
    lot_ids = sorted({*suspects, *ahead, *behind})
    among = {"lot_ids": array_literal(lot_ids)}
    # Twice asked, so that the database is at work on one half while this is on the other.
    with pipelined(transaction, ("lots_traced", among)) as found:
        ways = [walked(direction, asked, some) for direction, some in into.items()]
        links = once_each(concatenated([way.links for way in ways]))
        counted = concatenated([way.counted for way in ways])
    with pipelined(
        transaction,
        ("states_traced", among),
        ("shipments_of", {"lot_ids": array_literal(ahead or suspects)}),
        ("movements_of", {"lot_ids": array_literal(ahead or suspects)}),
        ("damaged_identifiers", among),
        ("links_said", {"link_ids": array_literal(links["link_id"].tolist())}),
        *questions(findings, lot_ids),
    ) as answers:
        facts = {row["lot_id"]: row for row in found[0]}
        suspects.sort(key=lambda lot: codes.index(facts[lot]["lot_code"]))
        lots = traced_lots(suspects, facts, ways)
        gone = {lot["lot_id"]: lot for lot in lots if lot["direction"] != BACK}
        known = np.array(lot_ids)
        recorded = np.array([binary_moment(facts[lot]["recorded_at"]) for lot in lot_ids], np.int64)
        links, counted = (with_lateness(some, known, recorded) for some in (links, counted))
        named = {lot: row["lot_code"] for lot, row in facts.items()}
    add_units(transaction, lots)
    states, shipped, moved, damaged, said_of_links, *looked = answers
    ends = {
        row["link_id"]: binary_moment(row["happened_until"])
        for row in said_of_links
        if row["happened_until"] is not None
    }
    first = first_written(transaction, links, counted)
    if ends or first:  # of what is known by the day or month, or was renamed, few
        links, counted = (
            with_lateness(some, known, recorded, ends, first) for some in (links, counted)
        )
    said = {row["lot_id"]: row["disposition"] for row in states}
    for lot in lots:
        lot["disposition"] = said[lot["lot_id"]]
    shipments = [shipped_of(row, gone[row["lot_id"]]) for row in shipped]
    verdict = verdict_on(
        lots=facts,
        links=counted,
        shipments=shipments,
        circular=[lot for way in ways for lot in way.walked.circular.tolist()],
        checked=checked_lots(transaction, findings, named, looked),
        damaged=[row["lot_code"] for row in damaged],
        not_found=set(codes) - {facts[lot]["lot_code"] for lot in suspects},
        not_taken=not_taken,
    )
    chosen = [facts[lot] for lot in suspects]
    movements = [shipped_of(row, gone[row["lot_id"]]) for row in moved]
    told = with_said(links, facts, said_of_links)
    return Trace(chosen, lots, told, shipments, verdict, movements)


def ancestors(transaction: Transaction, lot_code: str) -> Walked | None:
    """Return the lots that a trace back names, with steps and shares, and no other fact of them.

    None where no lot carries the code.
    """
    read = links_each_way(transaction, [lot_code], BACK)
    return None if read is None else walked(BACK, read[0], read[1][BACK]).walked
