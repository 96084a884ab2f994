"""What bad lots have in common that good ones haven't: ancestors, runs, suppliers, gates.

Counts come from an edition, so what was entered since is not in them. How people name lots, and how
the answer is drawn, is not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sql.genealogy.next_lots import NextLot, next_lots
from sql.genealogy.suspects import Suspect, suspects_of
from sql.warehouse.editions import Edition


@dataclass(frozen=True)
class CommonAncestors:
    """The answer.

    Attributes:
        bad_codes: Bad lots found in the edition.
        good_codes: Lots they were compared with.
        unknown_codes: What was typed and is no lot of the edition.
        in_both_codes: Named as bad and as good; counted as bad.
        left_out_codes: Asked about, but the closure of this edition is partial and lacks their
            ancestors: what they share is not in the answer.
        suspects: The surest first: by p, then lift, then steps.
        tests_count: How many tests the correction is for.
        next_lots: What to test next: lots still on hand first, among them the test that is
            expected to tell most; empty where no test is worth the trouble.
    """

    bad_codes: list[str]
    good_codes: list[str]
    unknown_codes: list[str]
    in_both_codes: list[str]
    left_out_codes: list[str]
    suspects: list[Suspect]
    tests_count: int
    next_lots: list[NextLot]


def common_ancestors(
    edition: Edition, bad: Sequence[str], good: Sequence[str] | None
) -> CommonAncestors:
    """Rank what the bad lots share.

    Args:
        edition: The edition to read.
        bad: Codes of bad lots.
        good: Codes of good ones; None: all other lots of the same products and types that were
            made on the same days.
    """
    bad_rows, unknown = _known(edition, bad)
    bad_ids = bad_rows["lot_id"].to_list()
    if good is None:
        good_rows = edition.named("lots_made_alongside", lot_ids=bad_ids)
    else:
        good_rows, unknown_good = _known(edition, good)
        unknown += unknown_good
    is_both = pl.col("lot_id").is_in(bad_ids)
    both, good_rows = good_rows.filter(is_both), good_rows.filter(~is_both)
    good_ids = good_rows["lot_id"].to_list()
    asked = pl.concat([bad_rows, good_rows], how="diagonal")
    suspects, tests_count = suspects_of(edition, bad_ids, good_ids)
    tested = bad_ids if good is None else bad_ids + good_ids
    return CommonAncestors(
        bad_codes=bad_rows["lot_code"].to_list(),
        good_codes=good_rows["lot_code"].to_list(),
        unknown_codes=unknown,
        in_both_codes=both["lot_code"].to_list(),
        left_out_codes=asked.filter(pl.col("is_left_out"))["lot_code"].to_list(),
        suspects=suspects,
        tests_count=tests_count,
        next_lots=next_lots(edition, suspects, len(bad_ids), len(good_ids), tested),
    )


def _known(edition: Edition, codes: Sequence[str]) -> tuple[pl.DataFrame, list[str]]:
    """Find the lots with these codes, each once, and the codes that are none."""
    found = edition.named("lots_by_code", codes=list(codes))
    typed = set(found["typed"])
    unknown = [code for code in dict.fromkeys(codes) if code not in typed]
    return found.unique("lot_id", maintain_order=True), unknown
