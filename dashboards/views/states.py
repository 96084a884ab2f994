"""States people must not mistake: a mark, a word and a colour, never colour alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.words import (
    DECISIONS,
    DISPOSITIONS,
    SIGNED,
    SIGNED_BY,
    TICKS,
    UNKNOWN,
    WITHIN,
    plural,
)
from dashboards.words import saying as words
from dashboards.words.nouns import DAY
from sql.stretches import spelled_in
from sql.vocabulary import LATE_AFTER


def disposition_badge(disposition: str) -> None:
    """Draw a lot's disposition as a badge."""
    mark, word, colour = DISPOSITIONS[disposition]
    st.badge(f"{mark} {word}", color=colour)


def disposition_words(disposition: str | None) -> str:
    """Say a disposition with its mark."""
    if disposition is None:
        return UNKNOWN
    mark, word, _colour = DISPOSITIONS[disposition]
    return f"{mark} {word}"


def decision_words(decision: str) -> str:
    """Say a decision with its mark."""
    mark, word, _colour = DECISIONS[decision]
    return f"{mark} {word}"


def said_before(before: Mapping[str, Any] | None, zone: ZoneInfo) -> str | None:
    """Say the decision that was there before, by whom and when."""
    if before is None:
        return None
    when = spelled_in(before, "happened_at", zone)
    when = when or f"{before['happened_at'].astimezone(zone):%Y-%m-%d %H:%M}"
    return words.DECIDED_BEFORE.format(
        decision=before["decision"], by=before["decided_by"] or words.AN_IMPORT, when=when
    )


def signature_words(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Say who signed a decision, when, meaning what, how, and the beginning of its hash."""
    if row.get("meaning") is None:
        return words.NOT_SIGNED
    when = f"{row['signed_at'].astimezone(zone):%Y-%m-%d %H:%M}"
    return words.SIGNATURE.format(
        name=row["signed_name"],
        meaning=SIGNED[row["meaning"]],
        when=when,
        method=SIGNED_BY[row["method"]],
        hash=row["signed_hash"][:12],
    )


def withdrawn_words(row: Mapping[str, Any], zone: ZoneInfo) -> str | None:
    """Say that a decision was withdrawn, why, by whom and when; None: it stands."""
    if row.get("withdrawn_at") is None:
        return None
    when = f"{row['withdrawn_at'].astimezone(zone):%Y-%m-%d %H:%M}"
    late = late_by(row["withdrawn_at"], row["withdrawal_entered_at"])
    entered = f" {late}" if late else ""
    return f"✕ {row['withdrawn_by']}, {when}{entered}: {row['withdrawn_reason']}"


def checklist_words(checklist: Sequence[Mapping[str, Any]] | None) -> str | None:
    """Say what was ticked of a checklist and what was left; None: nobody was asked."""
    if checklist is None:
        return None
    return " · ".join(f"{TICKS[point['is_ticked']]} {point['point']}" for point in checklist)


def late_words(row: Mapping[str, Any]) -> str | None:
    """Say how long after it happened a person entered it; None: soon enough, or it was imported."""
    return late_by(row.get("happened_until") or row["happened_at"], row.get("entered_at"))


def void_late_words(row: Mapping[str, Any]) -> str | None:
    """Say the same of a void: how long after the mistake was found somebody entered it."""
    return late_by(row["voided_at"], row["void_entered_at"])


def assessment_late_words(row: Mapping[str, Any]) -> str | None:
    """Say the same of an assessment."""
    return late_by(row["assessed_at"], row["assessment_entered_at"])


def late_by(happened_at: datetime, entered_at: datetime | None) -> str | None:
    """Say how much later something was entered than it happened, where that is late."""
    if entered_at is None or entered_at - happened_at <= LATE_AFTER:
        return None
    return words.LATER.format(age=age((entered_at - happened_at).total_seconds() / 3600))


def age(hours: Decimal | float | None) -> str:
    """Say an age in the largest unit that fits."""
    if hours is None:
        return UNKNOWN
    if hours < 48:
        return words.HOURS.format(hours=number(hours, ".1f"))
    return plural(round(float(hours) / 24), DAY)


def within_words(reading: Mapping[str, Any]) -> str:
    """Say whether a result keeps its limit, has none, or leaves it open."""
    is_within = reading["within"]
    is_open = is_within is None and reading.get("is_limited")
    return WITHIN["unsaid" if is_open else is_within]
