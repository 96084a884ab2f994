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
from dashboards.commands.import_decisions import DECISIONS, SIGNED, must_be_signed
from dashboards.commands.import_files import Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_likeness import IDENTITIES, KEY, content, identities, is_compared
from dashboards.commands.import_wording import OF_PACKINGS, WAY_OUT, held_words, passed_words
from sql.record.transactions import Row


class Matching:
    """One file's facts beside those the record holds about the same lots or under the same keys."""

    def __init__(
        self,
        stem: str,
        rows: Rows,
        columns: Columns,
        held: Sequence[Row],
        again: bool,
        is_whole: bool = False,
    ) -> None:
        """Sort the held facts by what a row may share with them."""
        self.stem, self.rows, self.columns = stem, rows, columns
        self.again, self.is_whole, self.result = again, is_whole, Sorted()
        self.held = held
        self.names = [name for name in columns if is_compared(stem, name, rows.given)]
        self.keys = columns[KEY]
        self.by_content: dict[Any, list[Row]] = defaultdict(list)
        self.by_key: dict[str, list[Row]] = defaultdict(list)
        self.by_identity: dict[Any, list[Row]] = defaultdict(list)
        self.matched: set[int] = set()
        for fact in held:
            self.by_content[content(self.names, fact)].append(fact)
            if fact["stands"]:
                for identity in identities(self.stem, fact):
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
                way_out = OF_PACKINGS if self.stem == "packings" else WAY_OUT
                self._reject(at, column, f"{held_words(self.stem, fact, column)}. {way_out}")
        if self.is_whole:
            came = (one for one in self.held if one["stands"] and one["is_imported"])
            # A production's links came with it, and go with it alone.
            rows_of = (one for one in came if one.get("production_id") is None)
            self.result.gone = [one for one in rows_of if one["fact_id"] not in self.matched]
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
        """Settle a row by its key: known, or a correction of what stands under it.

        Where nothing stands, what was voided last is known; no earlier value ever is.
        """
        key = self.keys[at]
        held = self.by_key.get(key) if key is not None else None
        if not held:
            return False
        fact = held[0] if held[0]["stands"] else held[-1]
        if content(self.names, fact) == content(self.names, row):
            return self._knows(at, fact)
        if not fact["stands"]:
            return False
        self.matched.add(fact["fact_id"])
        words = held_words(self.stem, fact)
        if must_be_signed(self.stem, fact, is_whole=self.is_whole):
            self._reject(at, KEY, f"{words}. {SIGNED}")
        else:
            said = f"{words}. Import with --correct to void that and take this row."
            self.result.corrections.append(self._cell(at, KEY, said, is_change=True))
            self.result.replaced.append((fact["fact_id"], str(key)))
            self.result.new.append(at)
        return True

    def _is_held(self, at: int, row: Mapping[str, Any]) -> bool:
        """Tell whether the record holds just this fact; each that it holds counts once."""
        for fact in self.by_content.get(content(self.names, row), []):
            if fact["fact_id"] not in self.matched and None in (self.keys[at], fact[KEY]):
                return self._knows(at, fact)
        return False

    def _knows(self, at: int, fact: Row) -> bool:
        """Match a row with its equal; one that was voided is said, or taken again where asked."""
        self.matched.add(fact["fact_id"])
        if not fact["stands"]:
            if fact["is_gone"] or (self.again and self.stem != DECISIONS):
                return False  # what only vanished from an export may be in it again
            column = next(iter(IDENTITIES[self.stem]))
            self.result.passed_over.append(self._cell(at, column, passed_words(self.stem, fact)))
        return True

    def _held_like(self, at: int, row: Mapping[str, Any]) -> tuple[str, Row] | None:
        """Find a fact that stands, is none of the file's, and differs in one column; with that."""
        for column, identity in identities(self.stem, row):
            for fact in self.by_identity.get((column, identity), []):
                pallets = {fact.get("sscc"), row.get("sscc")} - {None}
                if self.is_whole and fact["is_imported"]:
                    continue  # the export says what there is, and that it isn't
                if (
                    fact["fact_id"] not in self.matched
                    and None in (self.keys[at], fact[KEY])
                    and len(pallets) < 2
                ):
                    return column, fact
        return None

    def _reject(self, at: int, column: str, reason: str) -> None:
        self.result.rejections.append(self._cell(at, column, reason))

    def _cell(self, at: int, column: str, reason: str, *, is_change: bool = False) -> Rejection:
        cell, line = self.rows.columns[column][at], self.rows.lines[at]
        return rejected_cell(self.stem, line, column, cell, reason, is_change=is_change)
