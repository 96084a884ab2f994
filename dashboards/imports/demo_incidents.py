"""What quality decides in the demo plant, what goes wrong there, and where its book ends.

The incidents, and nothing else, break a rule; `incidents` finds them again from the facts:

warm_receipt       a RAW at 6.x °C, on HOLD for good, from which one DEB was made all the same
bad_supplier_lot   RAW lots of one supplier lot, rejected two weeks later: used and shipped by then
held_mix           a MIX on HOLD for good, skewered all the same; its rods were shipped
late_record        an FG whose decision is dated nine days after it was made
yield_out          a MIX about 12 % lighter than what went in
over_consumption   a spice lot that gives out a few hundred grams more than it weighed
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import polars

from dashboards.imports.demo_masters import SITE_ZONE, Book, Lot, kg, local, local_date

LATE_DAYS = 9
REJECTED_AFTER_DAYS = 14
REFERENCE_DAYS_AGO = 40
UNDECIDED_COUNTS = {"RAW": 3, "DEB": 2, "BULK": 1, "MIX": 1, "SKW": 5, "FRZ": 2, "FG": 6}


def planned(working_days: int) -> dict[tuple[str, int], str]:
    """Give what befalls the first lot of a type on a day, by type and day number."""
    return {
        ("MIX", working_days - 34): "yield_out",
        ("RAW", working_days - 24): "bad_supplier_lot",
        ("FG", working_days - 20): "late_record",
        ("MIX", working_days - 17): "held_mix",
        ("RAW", working_days - 13): "warm_receipt",
        ("RAW", working_days - 10): "open_hold",
        ("FRZ", working_days - 7): "open_hold",
        ("SKW", working_days - 5): "open_hold",
    }


def over_consumption_from(working_days: int) -> int:
    """Give the day number from which the next spice lot to run out gives out too much."""
    return working_days - 28


def incidents(frames: dict[str, polars.DataFrame]) -> dict[str, list[str]]:
    """Find the incidents' lot codes from the facts alone, by incident."""
    kind = dict(frames["lots"].select("lot_code", "lot_type").iter_rows())
    made_at = {code: datetime.fromisoformat(at) for code, at in _pairs(frames, "happened_at")}
    weight_kg = {code: Decimal(kilograms) for code, kilograms in _pairs(frames, "weight_kg")}
    given_kg, taken_kg = _flows(frames["genealogy"])
    latest = {row["lot_code"]: row for row in _decisions(frames)}
    parents = set(frames["genealogy"]["parent_lot_code"])
    used_on_hold = [
        code for code, row in latest.items() if row["decision"] == "HOLD" and code in parents
    ]
    late = [
        (row["lot_code"], row["decision"]) for row in _decisions(frames)
        if _age(row, made_at) >= timedelta(days=LATE_DAYS)
    ]  # fmt: skip
    return {
        "warm_receipt": sorted(code for code in used_on_hold if kind[code] == "RAW"),
        "bad_supplier_lot": sorted(code for code, word in late if word == "FAIL"),
        "held_mix": sorted(code for code in used_on_hold if kind[code] == "MIX"),
        "late_record": sorted(code for code, word in late if word == "PASS"),
        "yield_out": sorted(
            code for code, taken in taken_kg.items()
            if kind[code] == "MIX" and weight_kg[code] < taken * Decimal("0.95")
        ),
        "over_consumption": sorted(
            code for code, given in given_kg.items() if given > weight_kg[code]
        ),
    }  # fmt: skip


def _pairs(frames: dict[str, polars.DataFrame], column: str):
    return frames["lots"].select("lot_code", column).iter_rows()


def _decisions(frames: dict[str, polars.DataFrame]) -> list[dict]:
    return frames["qc_decisions"].sort("happened_at", maintain_order=True).to_dicts()


def _age(row: dict, made_at: dict[str, datetime]) -> timedelta:
    return datetime.fromisoformat(row["happened_at"]) - made_at[row["lot_code"]]


def _flows(genealogy: polars.DataFrame) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    given_kg: dict[str, Decimal] = {}
    taken_kg: dict[str, Decimal] = {}
    for parent, child, quantity, _ in genealogy.iter_rows():
        given_kg[parent] = given_kg.get(parent, Decimal(0)) + Decimal(quantity)
        taken_kg[child] = taken_kg.get(child, Decimal(0)) + Decimal(quantity)
    return given_kg, taken_kg


def add_reference(book: Book, until: datetime) -> None:
    """Add the reference answer: 500 kg beef and 40 of 50 kg spice, 540 kg mix, 530 kg doner."""
    day = local_date(until - timedelta(days=REFERENCE_DAYS_AGO))
    day -= timedelta(days=max(0, day.weekday() - 4))
    expires_on = day + timedelta(days=365)
    beef = Lot("RAW", "RAW-BEEF", 500_000, local(day, 40), "BEEF", "S-ALFOLD", "ALF-REF-01",
               Decimal("2.4"), day + timedelta(days=6), "RAW-BEEF-001")  # fmt: skip
    spice = Lot("RAW", "SPICE-DONER", 50_000, local(day, 50), None, "S-ORIENT", "ORI-REF-01",
                Decimal("3.1"), expires_on, "RAW-SPICE-001")  # fmt: skip
    mix = Lot("MIX", "MIX-BEEF", 540_000, local(day, 180), "BEEF", temperature_c=Decimal("2.8"),
              code="MIX-BATCH-88")  # fmt: skip
    doner = Lot("FG", "DONER-BEEF", 530_000, local(day, 480), "BEEF",
                temperature_c=Decimal("-20.5"), expires_on=expires_on,
                code="FG-DONER-X1")  # fmt: skip
    for lot in (beef, spice, mix, doner):
        measured_c = lot.temperature_c if lot.kind == "RAW" else None
        who = "manager" if lot.kind == "FG" else "operator"
        at = lot.at + timedelta(minutes=25)
        lot.decisions.append((at, "PASS", None, measured_c, f"{who}@demo.example"))
        if lot.kind == "RAW":
            lot.readings.append((lot.at, "surface_temperature", measured_c, "C"))
    mix.readings.append((mix.at, "mix_temperature", mix.temperature_c, "C"))
    mix.readings.append((mix.at, "mix_time", 45, "min"))
    for parent, child, grams in ((beef, mix, 500_000), (spice, mix, 40_000), (mix, doner, 530_000)):
        book.links.append((parent, child, grams, child.at))
    book.lots += [beef, spice, mix, doner]


def cut(book: Book, until: datetime) -> None:
    """Take out what happened after a moment; the last lots of each type wait for a decision."""
    book.lots = sorted((lot for lot in book.lots if lot.at <= until), key=lambda lot: lot.at)
    for lot in book.lots:
        lot.decisions = [row for row in lot.decisions if row[0] <= until]
        lot.readings = [row for row in lot.readings if row[0] <= until]
    book.shipments = [row for row in book.shipments if row[4] <= until]
    _keep_known(book)
    for kind in ("SKW", "FRZ"):
        _take_out_descendants(book, _last(book, kind))
    used = {parent for parent, *_ in book.links} | {row[1] for row in book.shipments}
    for kind in UNDECIDED_COUNTS:
        for lot in _last(book, kind, besides=used):
            lot.decisions = []


def _last(book: Book, kind: str, besides: set[Lot] = frozenset()) -> list[Lot]:
    ours = [lot for lot in book.lots if lot.kind == kind and lot not in besides]
    return ours[-UNDECIDED_COUNTS[kind] :]


def _take_out_descendants(book: Book, lots: list[Lot]) -> None:
    children: dict[Lot, list[Lot]] = {}
    for parent, child, *_ in book.links:
        children.setdefault(parent, []).append(child)
    waiting, gone = list(lots), set()
    while waiting:
        below = children.get(waiting.pop(), [])
        gone.update(below)
        waiting += below
    book.lots = [lot for lot in book.lots if lot not in gone]
    book.shipments = [row for row in book.shipments if row[1] not in gone]
    _keep_known(book)


def _keep_known(book: Book) -> None:
    known = set(book.lots)
    book.links = [row for row in book.links if row[0] in known and row[1] in known]


def name_lots(book: Book) -> None:
    """Give each lot without a code TYPE-YYYYMMDD-DUNA-NNNN, numbered in the order of time."""
    counts: dict[str, int] = {}
    for lot in sorted(book.lots, key=lambda lot: lot.at):
        stem = f"{lot.kind}-{local_date(lot.at):%Y%m%d}-DUNA"
        counts[stem] = counts.get(stem, 0) + 1
        lot.code = f"{stem}-{counts[stem]:04d}"


def last_shift_moment(days: list, until: datetime) -> datetime:
    """Give the last moment people worked, at least two hours into a shift."""
    for day in reversed(days):
        if until >= local(day, 120):
            return min(until.astimezone(UTC).replace(microsecond=0), local(day, 12 * 60))
    return local(days[0], 120)


REASONS = {
    "RAW": "Delivery note and label differ; supplier asked",
    "DEB": "Bone splinter on the check table; box gone through again",
    "BULK": "Container label unreadable; tare weighed again",
    "MIX": "Second signature of the weighing is missing",
    "SKW": "Film torn at the foot of the rod; wrapped again",
    "FRZ": "Chart recorder skipped five minutes; probes read again",
    "FG": "Best-before date printed on the seam; label replaced",
}
HOLD_MINUTES = {"DEB": (28, 42), "BULK": (40, 80), "MIX": (60, 110)}  # others: hours
COLDEST_WARMEST_C = {
    "RAW": (1.4, 3.8), "DEB": (2.2, 3.9), "BULK": (1.5, 3.8), "MIX": (2.1, 3.8),
    "SKW": (2.2, 3.9), "FRZ": (-23.0, -18.4), "FG": (-21.8, -18.3),
}  # fmt: skip
HOLD_RATIO, FAIL_RATIO = 0.02, 0.003


class Quality:
    """The people at the gates: they measure a lot, decide about it, and say when it is ready."""

    def __init__(self, chance: Random, plan: dict[tuple[str, int], str]):
        """Know what is bound to happen; chance decides about all other lots."""
        self.chance, self.plan, self.index = chance, plan, 0
        self.bad_supplier_lot: str | None = None
        self.warm: Lot | None = None

    def befalls(self, kind: str) -> str | None:
        """Tell, once, what today has in store for the first lot of a type."""
        return self.plan.pop((kind, self.index), None)

    def judge(self, lot: Lot, incident: str | None = None, *, calm: bool = False) -> None:
        """Measure a lot and write what its gate decides; nothing befalls it while all is calm."""
        spice = lot.product.startswith("SPICE")
        if not (incident or calm or spice or lot.kind == "MIX"):
            incident = self.befalls(lot.kind)
        low_c, high_c = COLDEST_WARMEST_C[lot.kind]
        warm = incident == "warm_receipt"
        lot.temperature_c = self._decimal(6.1 if warm else low_c, 6.8 if warm else high_c)
        self._measure(lot)
        first_at = in_shift(lot.at + self._minutes(4, 10 if lot.kind == "DEB" else 35))
        if incident == "bad_supplier_lot":
            self.bad_supplier_lot = lot.supplier_lot
        if incident or lot.supplier_lot is not None and lot.supplier_lot == self.bad_supplier_lot:
            self._decide_incident(lot, incident or "bad_supplier_lot", first_at)
        else:
            self._decide_by_chance(lot, first_at, calm or spice)

    def _decide_by_chance(self, lot: Lot, first_at: datetime, calm: bool) -> None:
        dice = self.chance.random()
        may_wait = lot.kind not in ("BULK", "MIX") or local_date_hour(lot.at) < 11
        if calm or not may_wait:
            dice = 1.0
        if dice < FAIL_RATIO and lot.kind not in ("BULK", "MIX"):
            self._write(lot, first_at, "FAIL", f"{REASONS[lot.kind]}; rejected", "manager")
        elif dice < FAIL_RATIO + HOLD_RATIO:
            self._write(lot, first_at, "HOLD", REASONS[lot.kind], "operator")
            lifted_at = first_at + self._minutes(*HOLD_MINUTES.get(lot.kind, (130, 400)))
            lot.ready_at = lifted_at if lot.kind in HOLD_MINUTES else in_shift(lifted_at)
            self._write(lot, lot.ready_at, "PASS", "Looked into and mended; released", "manager")
        else:
            lot.ready_at = first_at
            self._write(lot, first_at, "PASS", None, self._releaser(lot))

    def _decide_incident(self, lot: Lot, incident: str, first_at: datetime) -> None:
        if incident == "open_hold":
            self._write(lot, first_at, "HOLD", REASONS[lot.kind] + "; no answer yet", "operator")
        elif incident == "warm_receipt":
            self.warm = lot
            self._write(lot, first_at, "HOLD", "Surface above 4 °C in the middle", "operator")
        elif incident == "held_mix":
            lot.ready_at = first_at
            self._write(lot, first_at, "HOLD", "Allergen check of the spice is missing", "operator")
        elif incident == "late_record":
            lot.ready_at = lot.at + timedelta(days=LATE_DAYS, minutes=20)
            note = "Entered late from the paper form"
            self._write(lot, lot.ready_at, "PASS", note, self._releaser(lot))
        else:
            lot.ready_at = first_at
            self._write(lot, first_at, "PASS", None, "operator")
        if incident == "bad_supplier_lot":
            at = lot.at + timedelta(days=REJECTED_AFTER_DAYS, minutes=30)
            self._write(lot, at, "FAIL", "Supplier reports Salmonella in this lot", "manager")

    def _write(self, lot: Lot, at: datetime, word: str, notes: str | None, who: str) -> None:
        measured_c = lot.temperature_c if lot.kind in ("RAW", "FRZ") else None
        lot.decisions.append((at, word, notes, measured_c, f"{who}@demo.example"))

    def _releaser(self, lot: Lot) -> str:
        return self.chance.choice(("manager", "auditor")) if lot.kind == "FG" else "operator"

    def _measure(self, lot: Lot) -> None:
        at = lot.at + timedelta(minutes=2)
        values = {
            "RAW": [("surface_temperature", lot.temperature_c, "C")],
            "DEB": [("wip_time", self._decimal(0.4, 1.8), "h")],
            "MIX": [
                ("mix_temperature", lot.temperature_c, "C"),
                ("mix_time", self.chance.randint(41, 52), "min"),
            ],
            "SKW": [("rod_weight", kg(lot.grams), "kg")],
            "FRZ": [
                ("core_temperature", (lot.temperature_c or 0) - self._decimal(*below_c), "C")
                for below_c in ((0, 0), (0.1, 0.8), (0.1, 0.8))
            ],
        }
        lot.readings = [(at, *value) for value in values.get(lot.kind, [])]

    def _decimal(self, low: float, high: float) -> Decimal:
        return Decimal(f"{self.chance.uniform(low, high):.1f}")

    def _minutes(self, low: float, high: float) -> timedelta:
        return timedelta(seconds=round(self.chance.uniform(low, high) * 60))


def local_date_hour(moment: datetime) -> int:
    """Give the hour on the site's wall."""
    return moment.astimezone(SITE_ZONE).hour


def in_shift(moment: datetime) -> datetime:
    """Give the moment, or the same spacing into the next shift when nobody works then."""
    day = local_date(moment)
    start, end = local(day, 0), local(day, 12 * 60)
    if day.weekday() <= 4 and start <= moment <= end:
        return moment
    after = moment - end if day.weekday() <= 4 and moment > end else timedelta(0)
    day += timedelta(days=1 if moment > end or day.weekday() > 4 else 0)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return local(day, 4) + min(after, timedelta(hours=10))
