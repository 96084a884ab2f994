"""What an import would do: told before anything is written, and where it is refused too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Rejection
from dashboards.commands.import_looked import Looked
from dashboards.commands.import_productions import PRODUCTIONS
from dashboards.commands.import_renames import Rename
from dashboards.commands.import_tables import CODES


@dataclass
class Plan:
    """What an import would do, told whether it does it or is refused.

    Attributes:
        rows: How many rows each file has, by stem.
        added: The lines of rows that are new, by stem.
        corrected: How many rows correct what the record holds, by stem.
        refused: How many rows can't be taken, by stem.
        held: Lots that it puts on HOLD for results outside their limit, a sentence each.
        corrections: Cells that correct it, once confirmed: with what stands there now.
        voided: How many facts and lots vanished, by table.
        aside: What is set aside, a cell each.
        aside_rows: How many rows are set aside, by table.
    """

    rows: dict[str, int] = field(default_factory=dict)
    added: dict[str, list[int]] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    corrections: list[Rejection] = field(default_factory=list)
    voided: dict[str, int] = field(default_factory=dict)
    aside: list[Rejection] = field(default_factory=list)
    aside_rows: dict[str, int] = field(default_factory=dict)

    def known(self, stem: str) -> int:
        """Count the rows that the record holds as they are."""
        new = len(self.added[stem]) + self.corrected[stem] + self.refused[stem]
        return max(self.rows[stem] - new - self.aside_rows.get(stem, 0), 0)

    def fill(
        self, looked: Looked, renames: Sequence[Rename], corrections: Sequence[Rejection]
    ) -> None:
        """Note what each row of the files is: new, a correction, or known."""
        self.note_aside(looked)
        wrong = {(one.file, one.line) for one in looked.found}
        for stem, rows in looked.files.items():
            self.rows[stem] = len(rows.lines) + self.aside_rows.get(stem, 0)
            if stem in CODES:
                codes = zip(rows.lines, rows.columns[CODES[stem]], strict=True)
                known = {*looked.known[stem], *(looked.revised if stem == PRODUCTIONS else ())}
                new = [line for line, code in codes if code not in known]
                corrected = _corrected(stem, looked, renames)
            else:
                keys = {key for _, key in looked.facts[stem].replaced}
                given = rows.columns.get("source_key") or [None] * len(rows.lines)
                new = [rows.lines[at] for at in looked.facts[stem].new if given[at] not in keys]
                corrected = len(keys)
            self.added[stem] = [line for line in new if (f"{stem}.csv", line) not in wrong]
            self.corrected[stem] = corrected
            self.refused[stem] = sum(file == f"{stem}.csv" for file, _ in wrong)
        self.voided = looked.gone.counts()
        self.corrections = list(corrections)

    def note_aside(self, looked: Looked) -> None:
        """Note what is set aside."""
        self.aside = [cell for one in looked.aside for cell in one.cells]
        self.aside_rows = dict(Counter(one.stem for one in looked.aside if one.line))


def _corrected(stem: str, looked: Looked, renames: Sequence[Rename]) -> int:
    """Count the rows of lots, productions and masters that correct what is held."""
    if stem == LOTS:
        lines = {looked.files[LOTS].lines[change.at] for change in looked.changes}
        return len(lines | {one.line for one in renames})
    if stem == PRODUCTIONS:
        return len(looked.revised)
    return sum(row.stem == stem for row in looked.masters)
