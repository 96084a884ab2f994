"""How one process differs from another, part by part, and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboards.commands.process.parts import KINDS, Key, Part, Process
from dashboards.commands.wording import site_minute
from dashboards.reader.parts import with_unit


class Act(StrEnum):
    """What a new version does to a part."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    ENDED = "ended"  # a limit: what it judged stays judged by it


@dataclass(frozen=True)
class Difference:
    """One part that a new version brings, states anew, or ends."""

    kind: str
    key: Key
    act: Act
    before: Part | None
    after: Part | None

    def __str__(self) -> str:
        """Say it in one sentence."""
        named = f"{KINDS[self.kind].thing} {named_part(self.kind, self.after or self.before or {})}"
        if self.act is Act.ADDED:
            return f"New: {named}{_said_of(self.kind, self.after)}."
        if self.act is Act.RETIRED:
            return f"Retired: {named}."
        if self.act is Act.ENDED:
            return f"Ended: {named}{_said_of(self.kind, self.before)}; what it judged stays judged."
        if self.kind == "limits" and self.before and self.after:
            was, now = bounds_said(self.before), bounds_said(self.after)
            return f"Changed: {named}, {was} → {now}."
        changes = [
            f"{column} {_said(_of(self.before, column))} → {_said(_of(self.after, column))}"
            for column in KINDS[self.kind].columns
            if _of(self.before, column) != _of(self.after, column)
        ]
        return f"Changed: {named}, {', '.join(changes)}."


def differences(was: Process, wanted: Process) -> list[Difference]:
    """Say what a new version would change, kind by kind, in the order of the wanted process.

    A limit that the wanted process lacks has ended; where another one for the same lots follows it,
    or it had ended before, it stays as it is. What it judged is judged by it for ever.
    """
    found: list[Difference] = []
    for kind in KINDS:
        before, after = was.of(kind), wanted.of(kind)
        for key, part in after.items():
            if key not in before:
                found.append(Difference(kind, key, Act.ADDED, None, part))
            elif dict(part) != dict(before[key]):
                found.append(Difference(kind, key, Act.CHANGED, before[key], part))
        gone = [key for key in before if key not in after]
        if kind == "limits":
            found += _ended(gone, was, wanted)
        else:
            found += [Difference(kind, key, Act.RETIRED, before[key], None) for key in gone]
    return found


def _ended(gone: Sequence[Key], was: Process, wanted: Process) -> Iterator[Difference]:
    """Find limits that the wanted process lacks and that nothing follows."""
    followed = {key[:-1] for key in wanted.of("limits")}
    for key in gone:
        limit = was.of("limits")[key]
        if key[:-1] not in followed and limit["in_force_until"] is None:
            yield Difference("limits", key, Act.ENDED, limit, None)


def named_part(kind: str, part: Part) -> str:
    """Name a part as people do."""
    if kind == "gates":
        return f"{_said(part['gate_number'])} {part['name_en']}"
    if kind == "lot_types":
        return f"{part['lot_type']} ({part['name_en']})"
    if kind == "phases":
        return f"{part['phase_number']} {part['name_en']}"
    if kind == "limits":
        applies = [str(part[name]) for name in ("lot_type", "product_code", "storage_class")]
        of_lots = ", ".join(word for word in applies if word != "None") or "all lots"
        since = part["in_force_from"]
        return (
            f"{part['characteristic'].replace('_', ' ')} at gate {_said(part['gate_number'])} for "
            f"{of_lots}" + ("" if since is None else f", from {site_minute(since)}")
        )
    return " ".join(_said(part[column]) for column in KINDS[kind].key if part[column] is not None)


def _said_of(kind: str, part: Part | None) -> str:
    if part is None:
        return ""
    if kind == "limits":
        return f", {bounds_said(part)}"
    if kind == "gates":
        return f" for {' '.join(part['lot_types']) or 'no type in particular'}"
    if kind == "decisions":
        return f", counts as {part['counts_as']}"
    if kind == "settings":
        return f" {_said(part['value'])}"
    return ""


def bounds_said(limit: Part) -> str:
    """Say what a limit asks for, and until when."""
    bounds = [
        f"{sign} {_said(limit[name])}"
        for sign, name in (("≥", "lower_bound"), ("≤", "upper_bound"))
        if limit[name] is not None
    ]
    if limit["word"] is not None:
        return with_unit(limit["word"], limit["unit"])
    until = limit["in_force_until"]
    ends = "" if until is None else f" until {site_minute(until)}"
    return (with_unit(" and ".join(bounds), limit["unit"]) if bounds else "no bound") + ends


def _of(part: Part | None, column: str) -> Any:
    return None if part is None else part[column]


def _said(value: Any) -> str:
    """Say a value as it is typed."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return site_minute(value)
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "nothing"
    return str(value)
