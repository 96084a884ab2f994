"""What an import tells beside what it does: spoilt cells, and rows that are passed over."""

from collections.abc import Callable, Iterator, Mapping

from dashboards.commands.import_changes import LOTS, held_value
from dashboards.commands.import_damage import damaged_cells
from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.import_looked import Looked
from dashboards.commands.import_weights import otherwise_weighed
from dashboards.commands.import_wording import PASSED, ended_words
from sql.record.transactions import Row, Transaction

Warn = Callable[[Rejection], object]


def tell(
    transaction: Transaction, looked: Looked, warn: Warn | None, pass_over: Warn | None
) -> None:
    """Tell what is taken although it is spoilt, and what is passed over."""
    files, known, facts = looked.files, looked.known, looked.facts
    if warn is not None:
        for spoilt in damaged_cells(transaction, files):
            warn(spoilt)
        for weighed in otherwise_weighed(transaction, files, known, facts):
            warn(weighed)
    if pass_over is not None:
        for one in _restated(files[LOTS], known[LOTS]) if LOTS in files else ():
            pass_over(one)
        for one in (one for found in facts.values() for one in found.passed_over):
            pass_over(one)


def _restated(lots: Rows, known: Mapping[str, Row]) -> Iterator[Rejection]:
    """Find rows of lots that the record knows, but voided or corrected since: nothing is taken."""
    for index, code in enumerate(lots.columns["lot_code"]):
        if code not in known:
            continue
        line, held = lots.lines[index], known[code]
        if held["is_voided"]:
            was = "voided" if held["renamed_to"] is None else f"renamed to {held['renamed_to']}"
            reason = f"was {was} in the record, {ended_words(held)} Its code is not given again."
            yield rejected_cell("lots", line, "lot_code", code, reason)
            continue
        for column in lots.given:
            value = lots.columns[column][index]
            if value != held[column] and value == held.get(f"registered_{column}"):
                reason = (
                    f"was corrected in the record since, to {held_value(held[column])}. {PASSED}"
                )
                yield rejected_cell("lots", line, column, value, reason)
