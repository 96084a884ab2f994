"""Match one file's facts with those the record holds: by their source's key, content or identity.

A fact has an identity of its own. A source's key is one: the same key with other content corrects
that fact. Without a key, a row that equals a fact but for what was measured, or a link but for its
time, is taken for a correction too and refused, unless the file repeats that fact as well. Nothing
is written here, and nothing asked of the record.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboards.commands.import_columns import Columns
from dashboards.commands.import_files import Rows, Sorted, rejected_cell
from dashboards.commands.import_wording import WAY_OUT, held_words
from sql.record.transactions import Row

# What tells facts of a kind apart where their source gives them no key, by the column in which a
# correction differs. Equal values measured at two times are two facts; equal kilograms may be one.
IDENTITIES = {
    "genealogy": {
        "quantity_kg": ("parent_lot_id", "child_lot_id", "happened_at"),
        "happened_at": ("parent_lot_id", "child_lot_id", "quantity_kg"),
    },
    "readings": {"value": ("lot_id", "characteristic", "unit", "happened_at", "gate_id")},
    "qc_decisions": {"decision": ("lot_id", "decision", "happened_at", "gate_id", "decided_by")},
    "shipments": {"quantity_kg": ("shipment_code", "lot_id")},
}
KEY = "source_key"
# A file that doesn't know of it says nothing against a reason that somebody gave on a screen.
REASON = "expiry_reason"


class Matching:
    """One file's facts beside those the record holds about the same lots or under the same keys."""

    def __init__(
        self, stem: str, rows: Rows, columns: Columns, held: Sequence[Row], corrects: bool
    ) -> None:
        """Sort the held facts by what a row may share with them."""
        self.stem, self.rows, self.columns = stem, rows, columns
        self.corrects, self.result = corrects, Sorted()
        self.names = [
            name for name in columns if name != KEY and (name != REASON or name in rows.given)
        ]
        self.keys = columns[KEY]
        self.by_content: dict[Any, list[Row]] = defaultdict(list)
        self.by_key: dict[str, list[Row]] = defaultdict(list)
        self.by_identity: dict[Any, list[Row]] = defaultdict(list)
        self.matched: set[int] = set()
        for fact in held:
            self.by_content[self._content(fact)].append(fact)
            if fact["stands"]:
                for identity in self._identities(fact):
                    self.by_identity[identity].append(fact)
            if fact[KEY] is not None:
                self.by_key[fact[KEY]].append(fact)

    def sort(self, places: Sequence[int]) -> Sorted:
        """Match the rows first by key, then by content, then by identity."""
        rows = {at: {name: self.columns[name][at] for name in self.names} for at in places}
        open_ = [at for at in self._first_of_each_key(places) if not self._is_settled(at, rows[at])]
        left = [at for at in open_ if not self._is_held(at, rows[at])]
        for at in left:
            like = self._held_like(at, rows[at])
            if like is None:
                self.result.new.append(at)
            else:
                column, fact = like
                self._reject(at, column, f"{held_words(self.stem, fact, column)}. {WAY_OUT}")
        return self.result

    def _first_of_each_key(self, places: Sequence[int]) -> Iterator[int]:
        """Yield the rows, but for those whose key stands in the file already."""
        first: dict[str, int] = {}
        for at in places:
            key = self.keys[at]
            if key is not None and first.setdefault(key, at) != at:
                line = self.rows.lines[first[key]]
                self._reject(at, KEY, f"stands on line {line} already. A key names one fact.")
            else:
                yield at

    def _is_settled(self, at: int, row: Mapping[str, Any]) -> bool:
        """Settle a row by its key: known, or a correction of what stands under it."""
        key = self.keys[at]
        held = self.by_key.get(key, []) if key is not None else []
        for fact in held:
            if self._content(fact) == self._content(row):
                self.matched.add(fact["fact_id"])
                return True
        standing = [fact for fact in held if fact["stands"]]
        if not standing:
            return False
        self.matched.add(standing[0]["fact_id"])
        words = held_words(self.stem, standing[0])
        if self.stem == "qc_decisions":
            self._reject(at, KEY, f"{words}. A decision is withdrawn on its lot's page, signed.")
        elif not self.corrects:
            self._reject(at, KEY, f"{words}. Import with --correct to void that and take this row.")
        else:
            self.result.replaced.append((standing[0]["fact_id"], str(key)))
            self.result.new.append(at)
        return True

    def _is_held(self, at: int, row: Mapping[str, Any]) -> bool:
        """Tell whether the record holds just this fact; each that it holds counts once."""
        for fact in self.by_content.get(self._content(row), []):
            if fact["fact_id"] not in self.matched and None in (self.keys[at], fact[KEY]):
                self.matched.add(fact["fact_id"])
                return True
        return False

    def _held_like(self, at: int, row: Mapping[str, Any]) -> tuple[str, Row] | None:
        """Find a fact that stands, is none of the file's, and differs in one column; with that."""
        for column, identity in self._identities(row):
            for fact in self.by_identity.get((column, identity), []):
                pallets = {fact.get("sscc"), row.get("sscc")} - {None}
                if (
                    fact["fact_id"] not in self.matched
                    and None in (self.keys[at], fact[KEY])
                    and len(pallets) < 2
                ):
                    return column, fact
        return None

    def _content(self, fact: Mapping[str, Any]) -> tuple[Any, ...]:
        """Reduce a fact to what makes two facts the same one; a decider is one in any case."""
        return tuple(
            value.lower() if name == "decided_by" and value is not None else value
            for name, value in ((name, fact[name]) for name in self.names)
        )

    def _identities(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Reduce a fact to what a correction of it shares, by the column in which it differs."""
        for column, names in IDENTITIES[self.stem].items():
            yield (
                column,
                tuple(
                    str(fact[name]).lower() if name == "decided_by" else fact[name]
                    for name in names
                ),
            )

    def _reject(self, at: int, column: str, reason: str) -> None:
        cell = self.rows.columns[column][at]
        self.result.rejections.append(
            rejected_cell(self.stem, self.rows.lines[at], column, cell, reason)
        )
