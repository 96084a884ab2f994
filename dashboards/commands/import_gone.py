"""What a whole export no longer has: voided, where nothing that stands hangs on it.

Only what came by an import, or is known by a source's key, can vanish from one; what people entered
on screens stands. Products, partners and runs are retired or closed (`import_retiring`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_decisions import DECISIONS, SIGNED, must_be_signed
from dashboards.commands.import_files import NOWHERE, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_masters import MasterRow
from dashboards.commands.import_productions import PRODUCTIONS
from dashboards.commands.import_retiring import said_gone, way_out
from dashboards.commands.import_setting_aside import Kept
from dashboards.commands.import_source import Source
from dashboards.commands.import_tables import CODES
from dashboards.commands.import_vanished import bound_lot
from dashboards.commands.import_wording import gone_words
from sql.record.transactions import Row, Transaction

_CONFIRM = "Import with --correct to void it."


@dataclass
class Gone:
    """What vanished.

    Attributes:
        facts: Ids of facts to void, by table.
        lots: Ids of lots to void, with their decisions and readings.
        masters: Products, partners and runs to retire or close, by table.
        voids: What is to be confirmed, each as a row that isn't there.
        blocked: What can't be voided, and why.
    """

    facts: dict[str, list[int]] = field(default_factory=dict)
    lots: list[int] = field(default_factory=list)
    masters: dict[str, list[MasterRow]] = field(default_factory=dict)
    voids: list[Rejection] = field(default_factory=list)
    blocked: list[Rejection] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Count what is to be voided, by table."""
        counts = {stem: len(ids) for stem, ids in self.facts.items()} | {"lots": len(self.lots)}
        counts |= {stem: len(rows) for stem, rows in self.masters.items()}
        return {stem: count for stem, count in counts.items() if count}

    def note_masters(self, masters: list[MasterRow], source: Source) -> None:
        """Note the products, partners and runs that vanished."""
        for row in masters:
            self.masters.setdefault(row.stem, []).append(row)
            reason = f"{said_gone(row)} and {source.gone(row.stem)}. {way_out(row)}"
            cell = rejected_cell(row.stem, NOWHERE, CODES[row.stem], row.code, reason)
            self.voids.append(replace(cell, is_change=True))


def find_gone(
    transaction: Transaction,
    files: Mapping[str, Rows],
    facts: Mapping[str, Sorted],
    lots: Mapping[int, Row],
    kept: Kept,
    source: Source,
) -> Gone:
    """Find what came from files like these and is in them no more; of `lots`, those that can go."""
    gone = Gone()
    _productions(transaction, files, kept, source, gone)
    for stem, found in facts.items():
        is_kept = kept.keeper(stem)
        for fact in found.gone:
            if is_kept(fact) or (stem == DECISIONS and fact["lot_id"] in lots):
                continue
            if not must_be_signed(stem, fact):
                gone.facts.setdefault(stem, []).append(fact["fact_id"])
                gone.voids.append(_told(stem, fact[KEY], gone_words(stem, fact), source))
            else:
                said = f"{gone_words(stem, fact)} and {source.gone(stem)}. {SIGNED}"
                gone.blocked.append(rejected_cell(stem, NOWHERE, KEY, fact[KEY], said))
        for fact, why in found.stuck:
            said = f"{gone_words(stem, fact)} and {source.gone(stem)}, but {why}"
            gone.blocked.append(rejected_cell(stem, NOWHERE, KEY, fact[KEY], said))
    _returned(transaction, source, gone)
    bound = _standing(transaction, facts, lots, gone) if lots else set()
    for lot_id, lot in lots.items():
        if lot_id in bound and lot["is_untracked"]:
            continue  # the row of its link is set aside
        if lot_id in bound:
            gone.blocked.append(bound_lot(lot, source))
        else:
            gone.lots.append(lot_id)
            said = f"lot {lot['lot_code']} is in the record"
            gone.voids.append(_told(LOTS, lot["lot_code"], said, source))
    return gone


def _productions(
    transaction: Transaction, files: Mapping[str, Rows], kept: Kept, source: Source, gone: Gone
) -> None:
    if PRODUCTIONS not in files:
        return
    there = {*files[PRODUCTIONS].columns["production_code"], *kept.codes(PRODUCTIONS)}
    for row in transaction.all("imported_productions"):
        if row["production_code"] not in there:
            gone.facts.setdefault(PRODUCTIONS, []).append(row["production_id"])
            said = f"production {row['production_code']} is in the record"
            gone.voids.append(_told(PRODUCTIONS, row["production_code"], said, source))


def _returned(transaction: Transaction, source: Source, gone: Gone) -> None:
    """Keep shipment lines of which something came back that stays."""
    lines = gone.facts.get("shipments")
    if not lines:
        return
    voided = set(gone.facts.get("movements", ()))
    rows = transaction.all("returns_of_lines", shipment_ids=lines)
    stay = {row["shipment_id"] for row in rows if row["movement_id"] not in voided}
    if stay:
        gone.facts["shipments"] = [line for line in lines if line not in stay]
        reason = f"{len(stay)} lines are {source.gone('shipments')}, of which something came back."
        gone.blocked.append(rejected_cell("shipments", NOWHERE, "", None, reason))


def _standing(
    transaction: Transaction, facts: Mapping[str, Sorted], lots: Mapping[int, Row], gone: Gone
) -> set[int]:
    """Return the lots about which something stands that this import doesn't take back."""
    taken_back = {(stem, fact_id) for stem, ids in gone.facts.items() for fact_id in ids}
    taken_back |= {
        (stem, fact_id) for stem, found in facts.items() for fact_id, _key in found.replaced
    }
    events = [fact_id for stem, fact_id in taken_back if stem == PRODUCTIONS]
    for row in transaction.all("links_of_productions", production_ids=events) if events else ():
        taken_back.add(("genealogy", row["link_id"]))
    return {
        row["lot_id"]
        for row in transaction.all("facts_about_lots", lot_ids=list(lots))
        if (row["kind"], row["fact_id"]) not in taken_back
    }


def _told(stem: str, value: str | None, said: str, source: Source) -> Rejection:
    reason = f"{said} and {source.gone(stem)}. {_CONFIRM}"
    column = CODES.get(stem, KEY)
    return rejected_cell(stem, NOWHERE, column, value, reason, is_change=True)
