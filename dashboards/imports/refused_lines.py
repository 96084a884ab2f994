"""Refusals as a person reads them: one line for one cause, with how many and the first lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.commands.import_files import SHOWN_CHARACTERS, Rejection

FIRST_LINES = 5
ALONE = 3  # so many of one cause are told one by one


@dataclass(frozen=True)
class Cause:
    """Refusals of one column for one reason.

    Attributes:
        first: The first of them.
        lines: Their lines, in order.
        values: How many values differ.
    """

    first: Rejection
    lines: Sequence[int]
    values: int

    def __str__(self) -> str:
        """Say where, what and why in one line."""
        shown = ", ".join(str(line) for line in self.lines[:FIRST_LINES] if line)
        more = len(self.lines) - FIRST_LINES
        where = f"{self.first.file}:{shown}".removesuffix(":") + (
            f" and {more:,} more" if more > 0 else ""
        )
        value = ""
        if self.first.value is not None:
            others = f" and {self.values - 1:,} other" if self.values > 1 else ""
            value = f' "{self.first.value[:SHOWN_CHARACTERS]}"{others}'
        return f"{where}: {self.first.column or '-'}{value}: {self.first.reason}"


def causes(refusals: Iterable[Rejection]) -> list[Cause]:
    """Bring together what one cause refused, in the order of the first of each.

    Reasons are one where they differ only in the value that was refused. Up to three of a cause
    stay apart, so that each shows its value.
    """
    by_cause: dict[tuple[str, str, str], list[Rejection]] = {}
    for one in refusals:
        reason = one.reason if one.value is None else one.reason.replace(one.value, "…")
        by_cause.setdefault((one.file, one.column, _shape(reason)), []).append(one)
    found = []
    for alike in by_cause.values():
        if len(alike) <= ALONE:
            found += [Cause(one, [one.line], 1) for one in alike]
        else:
            lines = sorted({one.line for one in alike})
            found.append(Cause(alike[0], lines, len({one.value for one in alike})))
    return found


def _shape(reason: str) -> str:
    """Reduce a reason to its words: figures in it follow from the value."""
    return "".join("0" if sign.isdigit() else sign for sign in reason).replace("00", "0")
