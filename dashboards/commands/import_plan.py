"""What an import would do: told before anything is written, and where it is refused too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboards.commands.import_changes import LOTS, Change
from dashboards.commands.import_files import CODES, Known, Rejection, Rows, Sorted
from dashboards.commands.import_masters import MasterRow


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
    """

    rows: dict[str, int] = field(default_factory=dict)
    added: dict[str, list[int]] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    corrections: list[Rejection] = field(default_factory=list)

    def known(self, stem: str) -> int:
        """Count the rows that the record holds as they are."""
        new = len(self.added[stem]) + self.corrected[stem] + self.refused[stem]
        return max(self.rows[stem] - new, 0)

    def fill(
        self,
        files: Mapping[str, Rows],
        known: Known,
        facts: Mapping[str, Sorted],
        changes: Sequence[Change],
        masters: Sequence[MasterRow],
        found: Sequence[Rejection],
        corrections: Sequence[Rejection],
    ) -> None:
        """Note what each row of the files is: new, a correction, or known."""
        wrong = {(one.file, one.line) for one in found}
        for stem, rows in files.items():
            self.rows[stem] = len(rows.lines)
            if stem in CODES:
                codes = zip(rows.lines, rows.columns[CODES[stem]], strict=True)
                new = [line for line, code in codes if code not in known[stem]]
                corrected = len(changes) if stem == LOTS else 0
                corrected += sum(row.stem == stem for row in masters)
            else:
                keys = {key for _, key in facts[stem].replaced}
                given = rows.columns.get("source_key") or [None] * len(rows.lines)
                new = [rows.lines[at] for at in facts[stem].new if given[at] not in keys]
                corrected = len(keys)
            self.added[stem] = [line for line in new if (f"{stem}.csv", line) not in wrong]
            self.corrected[stem] = corrected
            self.refused[stem] = sum(file == f"{stem}.csv" for file, _ in wrong)
        self.corrections = list(corrections)
