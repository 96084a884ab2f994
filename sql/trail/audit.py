"""Verifies the audit trail: whether the chain is whole, and whether the facts agree with it.

Tamper-evident, never tamper-proof: whoever owns the database can change anything, and is found
out. Nothing here writes to the record.
"""

from collections.abc import Iterable

from sql.record.transactions import Transaction
from sql.trail.anchors import Anchor, UnreadableAnchor
from sql.trail.chain import against_anchors, walk_chain
from sql.trail.facts import changed_facts, swapped_passwords
from sql.trail.findings import Break, Verification
from sql.trail.guards import missing_guards


def verify(
    transaction: Transaction,
    anchors: Iterable[Anchor | UnreadableAnchor] = (),
    *,
    sees_passwords: bool = False,
) -> Verification:
    """Walk the whole trail, hold it against the anchors, and every fact against the trail.

    Args:
        transaction: One snapshot, in the auditor's or the owner's role, in UTC.
        anchors: What the chain's length and head were, at known moments; those of other databases
            are only counted, and a line that is no anchor is a break.
        sees_passwords: The role may read password hashes, so that swapped ones are found too.
    """
    verification = Verification()
    kept = list(anchors)
    wanted = _of_this_database(transaction, kept, verification)
    heads = {anchor.length: "" for anchor in wanted}
    verification.breaks.extend(walk_chain(transaction, verification, heads))
    verification.breaks.extend(against_anchors(verification.length, heads, wanted))
    verification.breaks.extend(
        Break(None, None, None, line.text) for line in kept if isinstance(line, UnreadableAnchor)
    )
    verification.breaks.extend(changed_facts(transaction))
    if sees_passwords:
        verification.breaks.extend(swapped_passwords(transaction))
    verification.breaks.extend(missing_guards(transaction))
    return verification


def _of_this_database(
    transaction: Transaction, kept: Iterable[Anchor | UnreadableAnchor], verification: Verification
) -> list[Anchor]:
    """Pick the anchors that speak of this database, shortest first, and count the others."""
    identity = transaction.all("record_identity")[0]
    anchors = [anchor for anchor in kept if isinstance(anchor, Anchor)]
    ours = [anchor for anchor in anchors if anchor.is_of(**identity)]
    verification.anchors_checked, verification.anchors_skipped = len(ours), len(anchors) - len(ours)
    return sorted(ours, key=lambda anchor: anchor.length)
