"""Lots that their source calls otherwise now: the same key, another code.

A lot is carried to its new code (`commands.carrying`): whoever holds a label with the old one is
told of both. What people signed, decided or packed stays with the code they saw: such a lot is not
renamed here, but by a manager; where rows may be set aside it goes on under its old code.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.import_known import look_up
from dashboards.commands.import_setting_aside import Aside
from dashboards.commands.import_tables import REFERENCES
from sql.record.transactions import Transaction

_BINDING = {
    "decisions_count": "decisions of people",
    "packings_count": "packings",
    "returns_count": "returned or signed movements",
}


@dataclass(frozen=True)
class Rename:
    """One lot under another code.

    Attributes:
        line: The line that says so.
        lot_id: The lot as it is registered.
        old: Its code.
        new: What its source calls it now.
    """

    line: int
    lot_id: int
    old: str
    new: str

    def told(self) -> Rejection:
        """Say what is to be confirmed."""
        reason = (
            f"is {self.old} in the record, by its key. Import with --correct to rename it, with "
            "all that is recorded about it."
        )
        return rejected_cell(LOTS, self.line, "lot_code", self.new, reason, is_change=True)


def find_renames(
    transaction: Transaction, files: Mapping[str, Rows], found: Sequence[Rejection]
) -> tuple[list[Rename], list[tuple[Rename, Rejection]]]:
    """Find the rows of lots whose key the record knows under another code.

    Returns:
        The renames, and those that can't be done, each with its reason.
    """
    wrong = {one.line for one in found if one.file == f"{LOTS}.csv"}
    renames = [one for one in otherwise_called(transaction, files) if one.line not in wrong]
    taken = look_up(transaction, LOTS, [one.new for one in renames])
    possible, refused = [], []
    for one in renames:
        why = _refused(transaction, one, one.new in taken)
        if why is None:
            possible.append(one)
        else:
            refused.append((one, rejected_cell(LOTS, one.line, "lot_code", one.new, why)))
    return possible, refused


def otherwise_called(transaction: Transaction, files: Mapping[str, Rows]) -> list[Rename]:
    """Find the rows of lots whose key the record knows under another code."""
    if LOTS not in files or "source_key" not in files[LOTS].given:
        return []
    rows = files[LOTS]
    keys = [key for _line, key in rows.cells("source_key")]
    keys = [key for key, count in Counter(keys).items() if count == 1]
    held = {row["source_key"]: row for row in transaction.all("lots_by_keys", keys=keys)}
    cells = zip(rows.lines, rows.columns["lot_code"], rows.columns["source_key"], strict=True)
    return [
        Rename(line, held[key]["lot_id"], held[key]["lot_code"], code)
        for line, code, key in cells
        if key in held and code not in (None, held[key]["lot_code"])
    ]


def called_as_held(files: Mapping[str, Rows], renames: Sequence[Rename]) -> dict[str, Rows]:
    """Return the files with these lots under the codes that they keep."""
    old = {one.new: one.old for one in renames}
    columns = {stem: [*refers] for stem, refers in REFERENCES.items()}
    columns[LOTS] = ["lot_code"]
    called = dict(files)
    for stem, rows in files.items():
        cells = {
            name: [old.get(code, code) for code in rows.columns[name]]
            for name in columns.get(stem, ())
            if name.endswith("lot_code")
        }
        called[stem] = replace(rows, columns={**rows.columns, **cells}) if old else rows
    return called


def keeping(rename: Rename, why: Rejection) -> Aside:
    """Set the new name of a lot aside that keeps its old one."""
    return Aside(LOTS, rename.line, (why,), lots=(rename.old,))


def _refused(transaction: Transaction, rename: Rename, is_taken: bool) -> str | None:
    """Say why a lot can't be renamed; None: it can."""
    if is_taken:
        return (
            f"is another lot of the record already, and {rename.old} has this key there. Give one "
            "of them another code."
        )
    bound = transaction.one("bound_to_lot", lot_id=rename.lot_id) or {}
    said = [words for count, words in _BINDING.items() if bound[count]]
    if said:
        return (
            f"is {rename.old} in the record, by its key, and has {' and '.join(said)} there: it "
            "keeps that code. Say so where the file comes from."
        )
    return None
