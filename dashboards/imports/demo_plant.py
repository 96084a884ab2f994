"""A demo plant that makes frozen kebab rods, for people to look around in.

`demo_plant` lets the plant work day by day and writes what happened in the import folder's
shape. The same seed and moment give the same plant. What goes wrong in it on purpose is told
in `demo_incidents`; `incidents(frames)` names those lots:

warm_receipt, bad_supplier_lot, held_mix, late_record, yield_out, over_consumption

A day on the floor: meat received yesterday is deboned in three waves, each of one species;
a wave fills two bulk buffers (with what is left of yesterday's, but not over a weekend), mixes
once and skewers rods of 30 and 15 kg. Rods freeze by SKU and are packed one by one.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

import polars

from dashboards.imports.demo_incidents import (
    Quality,
    add_reference,
    cut,
    in_shift,
    incidents,
    last_shift_moment,
    name_lots,
    over_consumption_from,
    planned,
)
from dashboards.imports.demo_masters import (
    COMPANY_PREFIX,
    CUSTOMERS,
    MEAT_SUPPLIERS,
    MEATS,
    SKUS,
    SPICE_SUPPLIERS,
    Book,
    Lot,
    frames,
    local,
    local_date,
    with_check_digit,
)

__all__ = ["demo_plant", "incidents"]

FRIDAY, MONDAY = 4, 0
WAVES = [("CHICKEN", "TURKEY", "CHICKEN"), ("TURKEY", "CHICKEN", "TURKEY")]
WAVE_STARTS = [15, 150, 285]  # minutes into the shift
RAW_GRAMS_PER_WAVE = 1_230_000
RAW_GRAMS_IN_RESERVE = 2_300_000
CRUMB_GRAMS = 40_000  # so little is not left behind in a RAW lot
FREEZE_STARTS = [225, 340, 450, 560, 640, 695]  # minutes into the shift
MOST_RODS_A_PALLET = {"15": 30, "30": 16}
Inputs = Sequence[tuple[Lot, int]]  # lots that went in, grams of each


def demo_plant(
    *, until: datetime, working_days: int = 60, seed: int = 20260115
) -> dict[str, polars.DataFrame]:
    """Make up a plant's last working days, as frames in the import folder's shape.

    Args:
        until: Nothing is later; the last working day is its day or the weekday before.
        working_days: Mondays to Fridays to work; all incidents need 35 or more.
        seed: Another seed is another plant.

    Returns:
        Frames by file name without `.csv`; every value is text or null.

    Raises:
        ValueError: `until` has no zone, or there is no day to work.

    """
    if until.tzinfo is None:
        raise ValueError("until needs a zone: 18:00 is not the same moment everywhere")
    if working_days < 1:
        raise ValueError(f"working_days must be 1 or more, not {working_days}")
    days = _working_days(local_date(until), working_days)
    floor = Floor(Random(seed), days, until)
    for index in range(working_days):
        floor.work(index)
    floor.start_a_wave_and_stop(last_shift_moment(days, until))
    name_lots(floor.book)
    add_reference(floor.book, until)
    cut(floor.book, until)
    return frames(floor.book, days, until)


def _working_days(last: date, count: int) -> list[date]:
    """Give the last weekdays up to a day, oldest first."""
    days: list[date] = []
    while len(days) < count:
        if last.weekday() <= FRIDAY:
            days.insert(0, last)
        last -= timedelta(days=1)
    return days


class Floor:
    """The plant's floor: what lies where, and the work of one day after another."""

    def __init__(self, chance: Random, days: list[date], until: datetime):
        """Start with an empty plant; what begins after `until` need not be played."""
        self.chance, self.days, self.until, self.book = chance, days, until, Book()
        self.quality = Quality(chance, planned(len(days)))
        self.meat: dict[str, list[Lot]] = {species: [] for species in SKUS}
        self.spices: dict[str, list[Lot]] = {spice: [] for spice in SPICE_SUPPLIERS}
        self.bulks: dict[str, list[Lot]] = {species: [] for species in SKUS}
        self.left_over: dict[str, list[Lot]] = {species: [] for species in SKUS}
        skus = [sku for by_kg in SKUS.values() for sku in by_kg.values()]
        self.rods: dict[str, list[Lot]] = {sku: [] for sku in skus}
        self.packed: dict[str, list[Lot]] = {sku: [] for sku in skus}
        self.supplier_lots: dict[str, tuple[str, str, int]] = {}  # code, product, deliveries left
        self.overdraws_from = over_consumption_from(len(days))
        self.pallets = 0

    def work(self, index: int) -> None:
        """Let the plant work one day."""
        self.index, self.day, self.quality.index = index, self.days[index], index
        monday = self.day.weekday() == MONDAY
        for species, bulks in self.bulks.items():
            self.left_over[species] = [] if monday else [lot for lot in bulks if lot.left]
            self.bulks[species] = []
        self.receive_spices()
        if index == 0:
            self.receive_meat(WAVES[0], 2, 9)
        for start, species in zip(WAVE_STARTS, WAVES[index % 2], strict=True):
            at = local(self.day, start + self.chance.uniform(-8, 8) + 45 * (index == 0))
            if at <= self.until:
                self.work_wave(species, at)
        self.receive_meat(WAVES[(index + 1) % 2], 60, 708)
        for start in FREEZE_STARTS:
            self.freeze(local(self.day, start))
        self.ship()

    def work_wave(self, species: str, at: datetime) -> None:
        """Debone, fill two bulk buffers, mix once and skewer the mix."""
        friday = self.day.weekday() == FRIDAY
        wanted = [self.chance.randint(408_000, 418_000 if friday else 440_000) for _ in range(2)]
        carried = self.left_over[species]
        need = sum(wanted) - sum(lot.left for lot in carried)
        debs = self.debone(species, need, at)
        bulks = self.fill_bulks(species, carried + debs, wanted, at + timedelta(minutes=30))
        self.left_over[species] = []
        self.bulks[species] += bulks
        meat_most = 872_000 if friday else self.chance.randint(725_000, 785_000)
        mix = self.mix(species, self.bulks[species], meat_most, at + timedelta(minutes=75))
        self.skewer(mix)

    def start_a_wave_and_stop(self, end: datetime) -> None:
        """Leave lots at the first gates that nobody has used or decided about yet."""
        before = {minutes: end - timedelta(minutes=minutes) for minutes in (112, 70, 42, 28, 24, 6)}
        species = max(self.meat, key=lambda name: sum(self.usable(name, before[112], grams=True)))
        debs = self.debone(species, 820_000, before[112], calm=True)
        bulks = self.fill_bulks(species, debs, [410_000, 410_000], before[70], calm=True)
        self.mix(species, bulks, 800_000, before[24], calm=True)
        debs = self.debone(species, 411_000, before[42], calm=True)
        self.fill_bulks(species, debs, [411_000], before[6], calm=True)
        self.debone(species, 180_000, before[6], calm=True)

    def make(
        self, kind: str, product: str, grams: int, at: datetime, inputs: Inputs = (), **facts
    ) -> Lot:
        """Write a lot with what went into it, and let quality judge it."""
        incident, calm = facts.pop("incident", None), facts.pop("calm", False)
        lot = Lot(kind, product, grams, at, **facts)
        for parent, taken in inputs:
            parent.left -= taken
            self.book.links.append((parent, lot, taken, at))
        self.quality.judge(lot, incident, calm=calm)
        self.book.lots.append(lot)
        return lot

    def receive_meat(self, waves: tuple[str, ...], first: float, last: float) -> None:
        """Receive meat, from one minute of the shift to another, until the waves can be fed."""
        arriving = []
        for species in SKUS:
            need = RAW_GRAMS_PER_WAVE * waves.count(species) + RAW_GRAMS_IN_RESERVE
            need -= sum(lot.left for lot in self.meat[species] if lot.ready_at)
            while need > 0:
                arriving.append((species, round(self.chance.triangular(200_000, 500_000, 220_000))))
                need -= arriving[-1][1]
        self.chance.shuffle(arriving)
        if ("RAW", self.index) in self.quality.plan:
            self.supplier_lots = {}
        for number, (species, grams) in enumerate(arriving, start=1):
            minute = first + (last - first) * (number - self.chance.random() / 3) / len(arriving)
            supplier = self.chance.choice(MEAT_SUPPLIERS[species])
            code, product, left = self.supplier_lots.get(supplier, ("", "", 0))
            if not left:
                code = f"{supplier[2:5]}{self.day:%y%m%d}{number:02d}"
                product, left = self.chance.choice(MEATS[species]), self.chance.randint(2, 3)
            self.supplier_lots[supplier] = (code, product, left - 1)
            self.meat[species].append(
                self.make("RAW", product, grams, local(self.day, minute), species=species,
                          supplier=supplier, supplier_lot=code,
                          expires_on=self.day + timedelta(days=8))
            )  # fmt: skip

    def receive_spices(self) -> None:
        """Receive a spice when less than two days' use of it is left."""
        for number, (spice, supplier) in enumerate(SPICE_SUPPLIERS.items()):
            self.spices[spice] = [lot for lot in self.spices[spice] if lot.left > 0]
            if sum(lot.left for lot in self.spices[spice]) >= 22_000:
                continue
            grams = 500 * self.chance.randint(100, 200)
            if self.index == 0:  # so that the spices don't run out on one day
                grams = 30_000 + 22_000 * number
            self.spices[spice].append(
                self.make("RAW", spice, grams, local(self.day, 3 + number), supplier=supplier,
                          supplier_lot=f"{supplier[2:5]}{self.day:%y%m%d}S{number}",
                          expires_on=self.day + timedelta(days=540))
            )  # fmt: skip

    def usable(self, species: str, at: datetime, *, grams: bool = False) -> list:
        """Give the meat quality has passed by a moment, oldest first; or only its grams."""
        passed = [lot for lot in self.meat[species] if lot.left and lot.ready_at]
        lots = [lot for lot in passed if lot.ready_at < at]
        return [lot.left for lot in lots] if grams else lots

    def debone(self, species: str, need: int, at: datetime, *, calm: bool = False) -> list[Lot]:
        """Debone so many grams of meat from one or two RAW lots each; gives what quality passed."""
        made = []
        while need > 0:
            piece = max(need // -(-need // 330_000), 150_000)
            yield_ratio = self.chance.uniform(0.66, 0.72)
            inputs = self.raw_inputs(species, round(piece / yield_ratio), at)
            grams = min(piece, int(sum(taken for _, taken in inputs) * 0.76))
            lot = self.make("DEB", f"DEB-{species}", grams, at, inputs, species=species, calm=calm)
            if lot.ready_at:
                made.append(lot)
                need -= grams
            at += timedelta(seconds=self.chance.randint(480, 720))
        return made

    def raw_inputs(self, species: str, wanted: int, at: datetime) -> Inputs:
        """Take meat from the oldest RAW and, if it isn't enough, one more; leave no crumbs."""
        warm = self.quality.warm
        if warm and warm.species == species:
            self.quality.warm = None
            return [(warm, min(wanted, warm.left))]
        self.meat[species] = [lot for lot in self.meat[species] if lot.left]
        oldest, *others = self.usable(species, at)
        enough = [lot for lot in others if oldest.left + lot.left >= wanted]
        enough = enough or sorted(others, key=lambda lot: -lot.left)
        inputs = []
        for lot in [oldest, *enough[:1]]:
            taken = lot.left if lot.left - wanted < CRUMB_GRAMS else wanted
            inputs.append((lot, taken))
            wanted -= taken
            if wanted <= 0:
                break
        return inputs

    def fill_bulks(
        self, species: str, sources: list[Lot], wanted: list[int], at: datetime, **facts
    ) -> list[Lot]:
        """Fill bulk buffers from left-overs and deboned meat; the last takes the rest."""
        bulks = []
        for number, grams in enumerate(wanted, start=1):
            inputs = take(sources, grams if number < len(wanted) else 600_000)
            ready_at = max([at, *(lot.ready_at for lot, _ in inputs)])
            at = ready_at + timedelta(minutes=self.chance.randint(2, 5))
            product, total = f"BULK-{species}", sum(taken for _, taken in inputs)
            grams = round(total * self.chance.uniform(0.988, 0.997))
            bulks.append(self.make("BULK", product, grams, at, inputs, species=species, **facts))
        return bulks

    def mix(
        self, species: str, bulks: list[Lot], meat_most: int, at: datetime, *, calm: bool = False
    ) -> Lot:
        """Mix the day's buffers with three or four spices."""
        incident = None if calm else self.quality.befalls("MIX")
        if incident == "yield_out":
            meat_most = 872_000
        inputs = take(bulks, meat_most)
        at = max([at, *(lot.ready_at + timedelta(minutes=4) for lot, _ in inputs)])
        for spice in self.chance.sample(sorted(self.spices), self.chance.randint(3, 4)):
            inputs += self.spice_inputs(spice, self.chance.randint(2_200, 3_900), at)
        ratio = 0.88 if incident == "yield_out" else self.chance.uniform(0.978, 0.996)
        grams = round(sum(taken for _, taken in inputs) * ratio)
        return self.make("MIX", f"MIX-{species}", grams, at, inputs, species=species,
                         incident=incident, calm=calm)  # fmt: skip

    def spice_inputs(self, spice: str, wanted: int, at: datetime) -> Inputs:
        """Take a spice, oldest lot first; once, a lot gives out more than it weighed."""
        lots = [lot for lot in self.spices[spice] if lot.left > 0 and lot.ready_at < at]
        oldest = lots[0]
        if self.index >= self.overdraws_from > 0 and oldest.left < wanted:
            self.overdraws_from = len(self.days)
            return [(oldest, oldest.left + self.chance.randint(250, 450))]
        return take(lots, wanted)

    def skewer(self, mix: Lot) -> None:
        """Make rods of 30 kg from about seven tenths of the mix, then of 15 kg."""
        at = mix.ready_at + timedelta(minutes=10)
        large_until = mix.grams * self.chance.uniform(0.36, 0.52)
        while mix.left > 15_700:
            rod_kg = 30 if mix.left > max(large_until, 31_000) else 15
            off_g = max(-240, min(240, round(self.chance.gauss(0, 85))))
            grams = rod_kg * 1000 + off_g
            inputs = [(mix, round(grams * self.chance.uniform(1.003, 1.012)))]
            sku = SKUS[mix.species][rod_kg]
            self.rods[sku].append(self.make("SKW", sku, grams, at, inputs, species=mix.species))
            at += timedelta(seconds=self.chance.randint(120, 190))

    def freeze(self, at: datetime) -> None:
        """Freeze the rods that wait, four to ten of one SKU a cycle, and pack them."""
        for sku, waiting in self.rods.items():
            waiting = [rod for rod in waiting if rod.ready_at]
            ready = [rod for rod in waiting if rod.ready_at < at - timedelta(minutes=45)]
            while len(ready) >= 4:
                count = len(ready) // -(-len(ready) // 10)
                cycle, ready = ready[:count], ready[count:]
                waiting = [rod for rod in waiting if rod not in cycle]
                at += timedelta(seconds=self.chance.randint(40, 100))
                self.freeze_cycle(sku, cycle, at)
            self.rods[sku] = waiting

    def freeze_cycle(self, sku: str, rods: list[Lot], at: datetime) -> None:
        """Freeze one cycle and, once it has passed, pack its rods one by one."""
        frozen_g = [round(rod.grams * self.chance.uniform(0.986, 0.994)) for rod in rods]
        inputs = [(rod, rod.grams) for rod in rods]
        species, expires_on = rods[0].species, self.day + timedelta(days=365)
        cycle = self.make("FRZ", sku, sum(frozen_g), at, inputs, species=species)
        if cycle.ready_at is None:
            return
        for number, grams in enumerate(frozen_g, start=1):
            packed_at = in_shift(cycle.ready_at + timedelta(minutes=18, seconds=75 * number))
            trimmed = grams - self.chance.randint(0, 40)
            lot = self.make("FG", sku, trimmed, packed_at, [(cycle, grams)], species=species,
                            expires_on=expires_on)  # fmt: skip
            lot.stays = self.chance.random() < 0.06
            self.packed[sku].append(lot)

    def ship(self) -> None:
        """Send what was released a day ago to three customers, on pallets of one SKU."""
        loads = [
            (number, customer, local(self.day, 470 + 40 * number))
            for number, customer in enumerate(self.chance.sample(CUSTOMERS, 3), start=1)
        ]
        released_by = local(self.day, 470) - timedelta(hours=24)
        for sku, packed in self.packed.items():
            going = [lot for lot in packed if lot.ready_at and lot.ready_at <= released_by]
            self.packed[sku] = [lot for lot in packed if lot not in going]
            going = [lot for lot in going if not lot.stays]
            most = MOST_RODS_A_PALLET[sku[-2:]]
            for first in range(0, len(going), most):
                self.pallets += 1
                load = loads[self.pallets % len(loads)]
                self.load_pallet(going[first : first + most], *load)

    def load_pallet(self, lots: list[Lot], number: int, customer: str, at: datetime) -> None:
        """Write a pallet's lots; now and then half a rod stays behind."""
        sscc = with_check_digit(f"0{COMPANY_PREFIX}{self.pallets:09d}")
        code = f"SHP-{self.day:%Y%m%d}-{number:04d}"
        document = f"DN-{self.day:%Y-%m%d}-{number:03d}"
        for lot in lots:
            grams = lot.left // 2 if self.chance.random() < 0.015 else lot.left
            lot.left -= grams
            self.book.shipments.append((code, lot, customer, grams, at, document, sscc))


def take(lots: list[Lot], wanted: int) -> Inputs:
    """Give which lots to take so many grams from, first ones first; all of them at most."""
    inputs = []
    for lot in lots:
        taken = min(lot.left, wanted)
        if taken > 0:
            inputs.append((lot, taken))
            wanted -= taken
    return inputs
