"""What an import hands over: checked rows, and the refusal that names every rejected cell.

Nothing here asks the record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.commands.import_tables import TABLES
from dashboards.commands.refusals import Refusal
from dashboards.commands.wording import cell_said
from sql.record.transactions import Row

SHOWN_REJECTIONS, SHOWN_CHARACTERS = 5, 40
HEADER_LINE = 1
NOWHERE = 0  # the line of what a file doesn't have
Known = dict[str, dict[Any, Row]]


@dataclass(frozen=True)
class Rejection:
    """One cell that can't be taken, or not before somebody confirms that it corrects the record.

    Attributes:
        file: As whoever sent it calls it.
        line: 1 is the header, or the file as a whole; 0: what isn't there.
        column: Its heading.
        value: What stands there.
        reason: Why not, and the way out.
        is_change: It is taken where whoever imports confirms corrections.
    """

    file: str
    line: int
    column: str
    value: str | None
    reason: str
    is_change: bool = False

    def __str__(self) -> str:
        """Say where, what and why in one line."""
        value = "" if self.value is None else f" {self.value[:SHOWN_CHARACTERS]!r}"
        where = [self.file, f"line {self.line}" if self.line else "", f"{self.column}{value}"]
        return f"{' '.join(filter(None, map(str.strip, where)))}: {self.reason}"


def rejected_cell(
    stem: str, line: int, column: str, value: Any, reason: str, *, is_change: bool = False
) -> Rejection:
    """Reject one cell of a file."""
    said = None if value is None else cell_said(value)
    return Rejection(f"{stem}.csv", line, column, said, reason, is_change)


class ImportRejected(Refusal):
    """Rows of the import can't be taken; nothing was saved."""

    code = "IMPORT"

    def __init__(self, rejections: Iterable[Rejection]) -> None:
        """Keep every rejection, in the order of the files; the text shows the first few."""
        places = {f"{stem}.csv": place for place, stem in enumerate(TABLES)}
        self.rejections = sorted(
            rejections, key=lambda one: (places.get(one.file, -1), one.file, one.line)
        )
        shown = [str(rejection) for rejection in self.rejections[:SHOWN_REJECTIONS]]
        if (more := len(self.rejections) - SHOWN_REJECTIONS) > 0:
            shown.append(f"and {more} more")
        count = f"{len(self.rejections)} value{'s' * (len(self.rejections) != 1)}"
        super().__init__("\n".join([f"{count} can't be imported; nothing was saved.", *shown]))


@dataclass(frozen=True)
class Rows:
    """Checked rows of one file, column by column; None where a cell is empty or was rejected."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    given: frozenset[str]  # the columns the file really has; the others are empty throughout
    counted: frozenset[int] = frozenset()  # places of rows whose kilograms their product tells

    def cells(self, column: str) -> Iterator[tuple[int, Any]]:
        """Yield each filled cell of a column with its line."""
        for line, value in zip(self.lines, self.columns[column], strict=True):
            if value is not None:
                yield line, value


@dataclass
class Sorted:
    """What is to be done about a file's facts.

    Attributes:
        new: Places of the rows to write.
        replaced: Held facts to void first: id and the key that names them.
        corrections: The rows that replace them, to be confirmed.
        rejections: Rows that can't be taken as they are.
        passed_over: Rows that say what was voided or withdrawn since: known, and not taken.
        gone: Held facts that came by an import and that a whole export has no more.
        stuck: Of these what can't go, each with why.
    """

    new: list[int] = field(default_factory=list)
    replaced: list[tuple[int, str]] = field(default_factory=list)
    corrections: list[Rejection] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    passed_over: list[Rejection] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    stuck: list[tuple[Row, str]] = field(default_factory=list)
