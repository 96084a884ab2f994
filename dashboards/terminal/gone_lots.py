"""What the terminal says of codes that are no lot's any more."""

from collections.abc import Mapping
from typing import Any

from sql.record.transactions import Transaction


def gone_said(lot: Mapping[str, Any]) -> str:
    """Say who voided a lot, or renamed it to what, when and why."""
    from dashboards.words.renames import gone_words

    return gone_words(lot, f"{lot['voided_at']:%Y-%m-%d %H:%M} UTC")


def why_gone(snapshot: Transaction, code: str) -> str:
    """Say why no lot stands under a code, as a sentence more; empty: there never was one."""
    voided = snapshot.one("lot_voided", lot_code=code)
    return "" if voided is None else f"{gone_said(voided).rstrip('. ')}. "
