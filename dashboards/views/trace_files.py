"""What a trace's files say of the whole answer: each row, and of which record the checks spoke."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.views.tables import local
from dashboards.views.verdicts import verdict_stamp
from dashboards.words import CHECKS_AS_OF, CHECKS_INCOMPLETE, CHECKS_NOT_OF_ALL
from sql.genealogy.gaps import GapKind, Verdict
from sql.genealogy.trace import Trace
from sql.warehouse.open_findings import OpenFindings

STAMP = ["verdict", "as_known_at"]


def stamped(
    found: Trace, rows: Iterable[Mapping[str, Any]], as_known_at: datetime
) -> list[dict[str, Any]]:
    """Return rows of an answer with the columns of `STAMP`: they go on without its page.

    Args:
        found: The answer.
        rows: Rows of it.
        as_known_at: The moment it is as of; of now, when it was asked.
    """
    stamp = verdict_stamp(found.verdict, as_known_at)
    return [{**row, **stamp} for row in rows]


def checks_said(known: OpenFindings | None, verdict: Verdict, zone: ZoneInfo) -> str:
    """Say of which record every check has spoken, if there is one, and what bears on it beyond.

    Args:
        known: What the checks said last; None: none ever ran.
        verdict: The answer's.
        zone: In which zone to say times.
    """
    if known is None or known.looked_at is None:
        return CHECKS_INCOMPLETE
    is_beyond = any(gap.kind is GapKind.NOT_CHECKED for gap in verdict.gaps)
    said = CHECKS_NOT_OF_ALL if is_beyond else CHECKS_AS_OF
    return said.format(moment=local(known.looked_at.record_as_of, zone))
