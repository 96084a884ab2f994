"""A trace's verdict in words: is the list whole, are the kilograms known, and what else is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dashboards.words import (
    GAPS,
    SETTLED_FINDING,
    SETTLEMENTS,
    UNLISTED,
    VERDICTS,
    VERDICTS_STAMPED,
    plural,
)
from dashboards.words.nouns import LOT, MORE_MATCH
from sql.genealogy.gaps import Bearing, Gap, SettledFinding, Verdict


def sentence(gap: Gap) -> str:
    """Say what is open, about how many lots, and which checks say so."""
    lots, checks = plural(len(gap.lot_codes), LOT), _named(gap.checks)
    if gap.unlisted_count:
        lots += UNLISTED.format(matches=plural(gap.unlisted_count, MORE_MATCH, "es"))
    behind = f": {checks}" if checks else ""
    return f"{GAPS[gap.kind]} ({lots}){behind}."


def answer_lines(verdict: Verdict) -> list[str]:
    """Return what is said of the answer itself: whether it is complete, and else what is open."""
    if verdict.is_complete:
        return [VERDICTS["complete"]]
    said = [VERDICTS["whole"]] if verdict.is_whole else []
    for bearing in (Bearing.LIST, Bearing.KILOGRAMS):
        if gaps := verdict.about(bearing):
            said += [VERDICTS[bearing], *_points(gaps)]
    return said


def lot_lines(verdict: Verdict) -> list[str]:
    """Return what else is known about the lots, and what was settled; empty: nothing is."""
    said = [*_points(verdict.about(Bearing.LOTS)), *map(settled_words, verdict.settled)]
    return [VERDICTS[Bearing.LOTS], *said] if said else []


def settled_words(finding: SettledFinding) -> str:
    """Say which rule is broken at which lots, and who settled that, when and why."""
    settlement = finding.settlement
    return SETTLED_FINDING.format(
        rule=finding.check.replace("_", " "),
        lots=", ".join(finding.lot_codes),
        settled=SETTLEMENTS[settlement.kind],
        by=settlement.settled_by,
        day=f"{settlement.settled_at:%Y-%m-%d}",
        reason=settlement.reason,
    )


def lines(verdict: Verdict) -> list[str]:
    """Return the verdict as lines of text, what matters most first."""
    return [*answer_lines(verdict), *lot_lines(verdict)]


def rows(verdict: Verdict) -> list[dict[str, str]]:
    """Return one row for each lot and each thing open at it: what, lot_code, and broken_rule."""
    return [
        {"what": GAPS[gap.kind], "lot_code": code, "broken_rule": _named(gap.checks_of.get(code))}
        for gap in verdict.gaps
        for code in gap.lot_codes
    ]


def verdict_stamp(verdict: Verdict, as_known_at: datetime) -> dict[str, Any]:
    """Return what each row of a file says of the answer it is of: verdict, as_known_at.

    A file of rows goes on by itself, without the page that it was taken from.
    """
    doubt = Bearing.KILOGRAMS if verdict.is_whole else Bearing.LIST
    stamp = VERDICTS_STAMPED["complete" if verdict.is_complete else doubt]
    return {"verdict": stamp, "as_known_at": as_known_at}


def _named(checks: Iterable[str] | None) -> str:
    """Name rules; nothing where there are none."""
    return ", ".join(f"“{check.replace('_', ' ')}”" for check in checks or ())


def _points(gaps: Iterable[Gap]) -> list[str]:
    return [f"– {sentence(gap)}" for gap in gaps]
