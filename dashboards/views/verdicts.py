"""A trace's verdict in words: complete, or what is open and at which lots."""

from dashboards.words import GAPS, plural
from sql.genealogy.verdicts import Gap, Verdict

COMPLETE = "✓ Complete: the record leaves nothing open about these lots."
NOT_COMPLETE = "⚠ Not complete. Every linked lot is here, but:"


def sentence(gap: Gap) -> str:
    """Say what is open, about how many lots, and which checks say so."""
    checks = ", ".join(f"“{check.replace('_', ' ')}”" for check in gap.checks)
    return (
        f"{GAPS[gap.kind]} ({plural(len(gap.lot_codes), 'lot')})"
        + (f": {checks}" if checks else "")
        + "."
    )


def lines(verdict: Verdict) -> list[str]:
    """Return the verdict as lines of text, what matters most first."""
    if verdict.is_complete:
        return [COMPLETE]
    return [NOT_COMPLETE, *(f"– {sentence(gap)}" for gap in verdict.gaps)]


def rows(verdict: Verdict) -> list[dict[str, str]]:
    """Return one row for each lot and each thing open at it: what, lot_code."""
    return [
        {"what": GAPS[gap.kind], "lot_code": code} for gap in verdict.gaps for code in gap.lot_codes
    ]
