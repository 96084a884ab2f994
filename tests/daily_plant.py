"""A plant whose ERP exports everything it has each evening: grown, corrected, renamed, and spoilt.

What the record should hold after each day is kept beside the files, by no code of the product's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

BEGAN = datetime(2026, 9, 1, 6, tzinfo=UTC)
HEADERS = {
    "products": "product_code name",
    "partners": "partner_code name role",
    "production_runs": "run_code status",
    "lots": "lot_code lot_type product_code weight_kg happened_at run_code "
    "supplier_code source_key",
    "productions": "production_code happened_at",
    "production_inputs": "production_code lot_code quantity_kg",
    "production_outputs": "production_code lot_code quantity_kg",
    "genealogy": "parent_lot_code child_lot_code quantity_kg happened_at source_key",
    "readings": "lot_code characteristic value unit happened_at source_key",
    "shipments": "shipment_code lot_code customer_code quantity_kg happened_at source_key",
    "packings": "sscc lot_code quantity_kg happened_at source_key",
}
DAYS = 30
TYPES = ["RAW", "DEB", "MIX"]
UNTRACKED = "untracked"  # stands for a lot that nobody wrote down


@dataclass
class Lot:
    """One lot as the ERP has it."""

    code: str
    weight: int
    at: datetime
    parents: set[str] = field(default_factory=set)
    grown: list[int] = field(default_factory=list)
    kind: str = "RAW"
    named: dict[str, str] = field(default_factory=dict)  # product, supplier and run
    was_packed: bool = False  # since when it keeps its code

    @property
    def kg(self) -> int:
        """Return what it weighs with all deliveries."""
        return self.weight + sum(self.grown)


@dataclass
class DailyPlant:
    """What the ERP holds, by its own keys: rows that are right, and rows that are not."""

    random: Random
    day: int = 0
    count: int = 0
    lots: dict[str, Lot] = field(default_factory=dict)
    links: dict[str, list[Any]] = field(default_factory=dict)
    shipments: dict[str, list[Any]] = field(default_factory=dict)
    readings: dict[str, list[Any]] = field(default_factory=dict)
    packings: dict[str, list[Any]] = field(default_factory=dict)
    masters: dict[str, list[str]] = field(
        default_factory=lambda: {name: [f"{name}1", f"{name}2"] for name in ("P", "S", "R")}
    )
    productions: dict[str, list[Any]] = field(default_factory=dict)
    bad: dict[str, tuple[str, list[Any]]] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)
    was: dict[str, int] = field(default_factory=dict)  # kilograms of links as last said well

    def key(self) -> str:
        """Return a key that was never given."""
        self.count += 1
        return f"K{self.count}"

    def live_a_day(self) -> None:
        """Let a day pass: some of everything that happens to a plant's files."""
        self.day += 1
        self.bad = {key: row for key, row in self.bad.items() if self.random.random() < 0.7}
        told = {key: row[2] for key, row in self.links.items() if key not in self.spoilt}
        self.was = {key: told.get(key, self.was.get(key)) for key in self.links}
        self.spoilt = set()
        for _ in range(3):
            self._make()
        for happens in (
            *[
                self._correct,
                self._grow,
                self._spoil,
                self._untracked,
                self._produce,
                self._measure,
                self._pack,
                self._change_kind,
                self._begin,
                self._retire,
            ],
            *self.random.sample([self._rename, self._cancel, self._delete, self._revise], 3),
            *[self._circle, self._impossible, self._into_itself, self._unknown],
        ):
            if self.random.random() < 0.7:
                happens()
        self.bad = {key: row for key, row in self.bad.items() if self._is_bad(*row)}

    def _is_bad(self, stem: str, row: list[Any]) -> bool:
        """Tell whether a link still closes a cycle, or can't be for something else."""
        parent, child, *_ = row
        if stem != "genealogy" or parent not in self.lots or child not in self.lots:
            return True
        reached, left = set(), [parent]
        while left:
            lot = left.pop()
            reached.add(lot)
            left += [one for one in self._standing(lot) if one not in reached]
        return child in reached

    def _at(self) -> datetime:
        return BEGAN + timedelta(days=self.day, minutes=self.random.randrange(600))

    def _any(self) -> str:
        return self.random.choice([*self.lots])

    def _make(self) -> None:
        key, at = self.key(), self._at()
        made = Lot(f"L-{self.day}-{self.count}", self.random.randrange(5000, 9000), at)
        for parent in self.random.sample([*self.lots], min(len(self.lots), 2)):
            made.parents |= {parent} | self.lots[parent].parents
            self.links[self.key()] = [parent, key, self.random.randrange(1, 60), at]
        self.lots[key] = made
        made.named = {name: self.random.choice(codes) for name, codes in self.masters.items()}
        if self.random.random() < 0.5:
            self.shipments[self.key()] = [f"S{self.count}", key, self.random.randrange(1, 90), at]

    def _measure(self) -> None:
        self.readings[self.key()] = [self._any(), self.random.randrange(40, 70), self._at()]
        key = self.random.choice([*self.readings])
        self.readings[key][1] = self.random.randrange(40, 70)

    def _correct(self) -> None:
        for rows in (self.links, self.shipments):
            if rows:
                row = rows[self.random.choice([*rows])]
                row[2] = self.random.randrange(1, 60)

    def _grow(self) -> None:
        """A silo's weight grows with its next delivery; another's goes back to what it was."""
        lot = self.lots[self._any()]
        lot.grown.append(self.random.randrange(1, 50))
        for other in self.lots.values():
            if len(other.grown) > 1:
                del other.grown[-2:]
                return

    def _change_kind(self) -> None:
        self.lots[self._any()].kind = self.random.choice(TYPES)

    def _begin(self) -> None:
        """A product, supplier or run begins, or one that vanished is back."""
        name = self.random.choice([*self.masters])
        code = f"{name}{self.random.randrange(1, 9)}"
        if code not in self.masters[name]:
            self.masters[name].append(code)

    def _retire(self) -> None:
        """One goes; its lots are of another, or those of the last alone would be of none."""
        name = self.random.choice([*self.masters])
        if len(self.masters[name]) > 1:
            gone = self.masters[name].pop(0)
            for lot in self.lots.values():
                if lot.named.get(name) == gone:
                    lot.named[name] = self.masters[name][0]

    def _pack(self) -> None:
        key = self._any()
        self.lots[key].was_packed = True
        sscc = f"34012345{self.random.randrange(10**10):010}"
        self.packings[self.key()] = [sscc, key, self.random.randrange(1, 30), self._at()]
        changed = self.packings[self.random.choice([*self.packings])]
        changed[2] = self.random.randrange(1, 30)

    def _rename(self) -> None:
        lot = self.lots[self._any()]
        if lot.was_packed:
            return
        lot.code = f"{lot.code}/R{self.day}"

    def _cancel(self) -> None:
        """Of each kind one goes, never the last: a file without a row is refused."""
        for rows in (self.shipments, self.links, self.productions, self.packings):
            if len(rows) > 1:
                del rows[self.random.choice([*rows])]

    def _delete(self) -> None:
        """A lot goes, with every row that names it."""
        gone = self._any()
        going = [
            (rows, [key for key, row in rows.items() if any(gone in part for part in named(row))])
            for rows, named in (
                (self.links, lambda row: [row[:2]]),
                (self.shipments, lambda row: [row[:2]]),
                (self.readings, lambda row: [row[:1]]),
                (self.productions, lambda row: row[:2]),
                (self.packings, lambda row: [row[1:2]]),
            )
        ]
        if any(keys and len(keys) == len(rows) for rows, keys in going):
            return  # see `_cancel`
        del self.lots[gone]
        for rows, keys in going:
            for key in keys:
                del rows[key]

    def _produce(self) -> None:
        """Two lots of some others, which have no links yet: no cycle comes of it."""
        code, at = f"P{self.key()}", self._at()
        outs = {}
        ins = {lot: self.random.randrange(1, 40) for lot in self.random.sample([*self.lots], 2)}
        for _ in range(2):
            key = self.key()
            parents = set(ins).union(*(self.lots[lot].parents for lot in ins))
            self.lots[key] = Lot(f"L-{self.day}-{self.count}", 5000, at, parents)
            outs[key] = self.random.randrange(1, 40)
        self.productions[code] = [ins, outs, at]

    def _revise(self) -> None:
        if self.productions:
            ins = self.productions[self.random.choice([*self.productions])][0]
            ins[next(iter(ins))] += 1

    def _untracked(self) -> None:
        self.links[self.key()] = [UNTRACKED, self._any(), 40, self._at()]

    def _spoil(self) -> None:
        """A good row reads badly for a day; what it said stands."""
        known = [key for key in self.links if key in self.was]
        if known and self.day < DAYS:
            self.spoilt.add(self.random.choice(known))

    def _circle(self) -> None:
        for key, lot in self.lots.items():
            ancestors = sorted(lot.parents & self._standing(key))
            if ancestors:
                self.bad[self.key()] = ("genealogy", [key, ancestors[0], 5, self._at()])
                return

    def _standing(self, key: str) -> set[str]:
        """Return the lots that are in a lot by links and productions now."""
        made = {lot for ins, outs, _at in self.productions.values() if key in outs for lot in ins}
        return made | {row[0] for row in self.links.values() if row[1] == key}

    def _into_itself(self) -> None:
        lot = self._any()
        self.bad[self.key()] = ("genealogy", [lot, lot, 5, self._at()])

    def _unknown(self) -> None:
        self.bad[self.key()] = ("shipments", ["SX", "no such lot", 5, self._at()])

    def _impossible(self) -> None:
        """A lot that weighs less than nothing, and what is said of it."""
        key = self.key()
        self.bad[key] = ("lots", [f"B-{self.count}", -5, self._at()])
        self.bad[self.key()] = ("genealogy", [self._any(), key, 5, self._at()])

    def _code(self, key: str) -> str:
        if key in self.lots:
            return self.lots[key].code
        if key in self.bad:
            return self.bad[key][1][0]
        return "" if key == UNTRACKED else f"gone {key}"

    def files(self) -> dict[str, str]:
        """Write this evening's export."""
        rows: dict[str, list[list[Any]]] = {stem: [] for stem in HEADERS}
        rows["products"] = [[code, f"Product {code}"] for code in self.masters["P"]]
        rows["partners"] = [["C1", "Shop", "CUSTOMER"]]
        rows["partners"] += [[code, code, "SUPPLIER"] for code in self.masters["S"]]
        rows["production_runs"] = [["RX", "ACTIVE" if self.day < 9 else "COMPLETED"]]
        rows["production_runs"] += [[code, "ACTIVE"] for code in self.masters["R"]]
        for key, lot in self.lots.items():
            product, supplier, run = (lot.named.get(name, "") for name in ("P", "S", "R"))
            cells = [lot.code, lot.kind, product, lot.kg, lot.at, run, supplier, key]
            rows["lots"].append(cells)
        for code, (ins, outs, at) in self.productions.items():
            rows["productions"].append([code, at])
            rows["production_inputs"] += [[code, self._code(lot), kg] for lot, kg in ins.items()]
            rows["production_outputs"] += [[code, self._code(lot), kg] for lot, kg in outs.items()]
        links = {key: [*row] for key, row in self.links.items()}
        for key in self.spoilt & {*links}:
            links[key][2] = "4O"
        links |= {key: row for key, (stem, row) in self.bad.items() if stem == "genealogy"}
        for key, (parent, child, kg, at) in links.items():
            rows["genealogy"].append([self._code(parent), self._code(child), kg, at, key])
        for key, (lot, value, at) in self.readings.items():
            rows["readings"].append([self._code(lot), "moisture", value, "%", at, key])
        for key, (sscc, lot, kg, at) in self.packings.items():
            rows["packings"].append([sscc, self._code(lot), kg, at, key])
        ships = self.shipments | {
            k: row for k, (stem, row) in self.bad.items() if stem == "shipments"
        }
        for key, (code, lot, kg, at) in ships.items():
            rows["shipments"].append([code, self._code(lot), "C1", kg, at, key])
        for key, (stem, row) in self.bad.items():
            if stem == "lots":
                rows["lots"].append([row[0], "RAW", "", row[1], row[2], "", "", key])
        return {stem: _csv(HEADERS[stem], cells) for stem, cells in rows.items()}

    def expected(self) -> Mapping[str, list[Any]]:
        """Return what the record should hold of it."""
        lots = [(lot.code, lot.kg, lot.at) for lot in self.lots.values()]
        links = []
        for key, (parent, child, today, _at) in self.links.items():
            kg, into = self.was[key] if key in self.spoilt else today, self.lots[child].code
            nowhere = f"untracked:{into}#{key}"
            links.append((self.lots[parent].code if parent in self.lots else nowhere, into, kg))
        unknown = {row[0] for row in links if row[0].startswith("untracked:")}
        return {
            "lots": sorted([code for code, *_ in lots] + [*unknown]),
            "weights": sorted((code, weight) for code, weight, _at in lots),
            "kinds": sorted((lot.code, lot.kind) for lot in self.lots.values()),
            "named": sorted(
                (lot.code, *(lot.named.get(name) or "" for name in ("P", "S", "R")))
                for lot in self.lots.values()
            ),
            "masters": sorted((code,) for codes in self.masters.values() for code in codes),
            "packed": sorted(
                (sscc, self.lots[lot].code, kg) for sscc, lot, kg, _at in self.packings.values()
            ),
            "links": sorted(links),
            "shipments": sorted(
                (code, self.lots[lot].code, kg) for code, lot, kg, _at in self.shipments.values()
            ),
            "readings": sorted(
                (self.lots[lot].code, value) for lot, value, _ in self.readings.values()
            ),
            "inputs": sorted(
                (code, self.lots[lot].code, kg)
                for code, (ins, _outs, _at) in self.productions.items()
                for lot, kg in ins.items()
            ),
            "made": sorted(
                (self.lots[lot].code, self.lots[made].code)
                for ins, outs, _at in self.productions.values()
                for lot in ins
                for made in outs
            ),
        }


def _csv(header: str, rows: list[list[Any]]) -> str:
    lines = [header.replace(" ", ",")]
    for row in rows:
        cells = (cell.isoformat() if isinstance(cell, datetime) else str(cell) for cell in row)
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"
