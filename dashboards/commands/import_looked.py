"""What was found of an import beside the record, and how whoever imports wants it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboards.commands.import_changes import LOTS, Change, to_confirm
from dashboards.commands.import_files import Known, Rejection, Rows, Sorted
from dashboards.commands.import_gone import Gone
from dashboards.commands.import_masters import MasterRow, masters_to_confirm
from dashboards.commands.import_setting_aside import Aside
from dashboards.commands.import_source import Source
from sql.record.transactions import Row


@dataclass(frozen=True)
class Asked:
    """How whoever imports wants it.

    Attributes:
        again: Rows that equal what was voided are recorded anew.
        is_whole: The files are all there is of their tables: what they don't have is voided.
        sets_aside: Rows that can't be taken are set aside, and the rest comes in.
        source: Where the rows come from.
    """

    again: bool
    is_whole: bool
    sets_aside: bool
    source: Source


@dataclass
class Looked:
    """The rows of an import beside the record.

    Attributes:
        files: The rows that may be taken, with the weights that their products tell.
        known: What the record holds under their codes.
        found: What can't be taken.
        facts: What is to be done about each table's facts.
        changes: Lots that read otherwise.
        masters: Products, partners and runs that read otherwise.
        revised: Productions that read otherwise.
        revisions: In what they do, a cell each.
        gone: What the files don't have any more.
        aside: The rows that are set aside.
    """

    files: Mapping[str, Rows]
    known: Known
    found: list[Rejection]
    facts: dict[str, Sorted]
    changes: list[Change]
    masters: list[MasterRow]
    revised: dict[str, Row]
    revisions: list[Rejection]
    gone: Gone
    aside: list[Aside] = field(default_factory=list)

    def corrections(self) -> list[Rejection]:
        """Say all that is to be confirmed."""
        said = [cell for one in self.facts.values() for cell in one.corrections]
        said += to_confirm(self.files[LOTS], self.changes) if self.changes else ()
        said += masters_to_confirm(self.masters)
        return [*said, *self.revisions, *self.gone.voids]
