"""The demo plant's floor: one day of work after another, from deboning to skewering.

Meat received yesterday is deboned in three waves, each of one species; a wave fills two bulk
buffers (with what is left of yesterday's, but not over a weekend), mixes once and skewers rods of
30 and 15 kg. What lies before and after is in `demo_raw_store` and `demo_cold_store`.
"""

from datetime import date, datetime, timedelta
from random import Random

from dashboards.demo.book import Lot
from dashboards.demo.cold_store import ColdStore
from dashboards.demo.masters import SKUS
from dashboards.demo.raw_store import RawStore
from dashboards.demo.shift import Shift, take
from dashboards.demo.site_time import local

FRIDAY, MONDAY = 4, 0
WAVES = [("CHICKEN", "TURKEY", "CHICKEN"), ("TURKEY", "CHICKEN", "TURKEY")]
WAVE_STARTS = [15, 150, 285]  # minutes into the shift
FREEZE_STARTS = [225, 340, 450, 560, 640, 695]  # minutes into the shift


class Floor:
    """The plant's floor between its two stores: what lies where, and each day's work."""

    def __init__(self, chance: Random, days: list[date], until: datetime):
        """Start with an empty plant."""
        self.shift = Shift(chance, days, until)
        self.chance, self.quality = chance, self.shift.quality
        self.raw, self.cold = RawStore(self.shift), ColdStore(self.shift)
        self.bulks: dict[str, list[Lot]] = {species: [] for species in SKUS}
        self.left_over: dict[str, list[Lot]] = {species: [] for species in SKUS}

    def work(self, index: int) -> None:
        """Let the plant work one day."""
        self.shift.begin(index)
        monday = self.shift.day.weekday() == MONDAY
        for species, bulks in self.bulks.items():
            self.left_over[species] = [] if monday else [lot for lot in bulks if lot.left]
            self.bulks[species] = []
        self.raw.receive_spices()
        if index == 0:
            self.raw.receive_meat(WAVES[0], 2, 9)
        for start, species in zip(WAVE_STARTS, WAVES[index % 2], strict=True):
            at = local(self.shift.day, start + self.chance.uniform(-8, 8) + 45 * (index == 0))
            if at <= self.shift.until:
                self.work_wave(species, at)
        self.raw.receive_meat(WAVES[(index + 1) % 2], 60, 708)
        for start in FREEZE_STARTS:
            self.cold.freeze(local(self.shift.day, start))
        self.cold.ship()

    def work_wave(self, species: str, at: datetime) -> None:
        """Debone, fill two bulk buffers, mix once and skewer the mix."""
        friday = self.shift.day.weekday() == FRIDAY
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
        species = max(
            self.raw.meat, key=lambda name: sum(self.raw.usable(name, before[112], grams=True))
        )
        debs = self.debone(species, 820_000, before[112], calm=True)
        bulks = self.fill_bulks(species, debs, [410_000, 410_000], before[70], calm=True)
        self.mix(species, bulks, 800_000, before[24], calm=True)
        debs = self.debone(species, 411_000, before[42], calm=True)
        self.fill_bulks(species, debs, [411_000], before[6], calm=True)
        self.debone(species, 180_000, before[6], calm=True)

    def debone(self, species: str, need: int, at: datetime, *, calm: bool = False) -> list[Lot]:
        """Debone so many grams, from one or two RAW lots each; return what quality passed."""
        made = []
        while need > 0:
            piece = max(need // -(-need // 330_000), 150_000)
            yield_ratio = self.chance.uniform(0.66, 0.72)
            inputs = self.raw.meat_inputs(species, round(piece / yield_ratio), at)
            grams = min(piece, int(sum(taken for _, taken in inputs) * 0.76))
            lot = self.shift.make(
                "DEB", f"DEB-{species}", grams, at, inputs, species=species, calm=calm
            )
            if lot.ready_at:
                made.append(lot)
                need -= grams
            at += timedelta(seconds=self.chance.randint(480, 720))
        return made

    def fill_bulks(
        self, species: str, sources: list[Lot], wanted: list[int], at: datetime, **facts
    ) -> list[Lot]:
        """Fill bulk buffers from left-overs and deboned meat; the last takes the rest."""
        bulks = []
        for number, grams in enumerate(wanted, start=1):
            inputs = take(sources, grams if number < len(wanted) else 600_000)
            at = max([at, *(lot.usable_from for lot, _ in inputs)])
            at += timedelta(minutes=self.chance.randint(2, 5))
            product, total = f"BULK-{species}", sum(taken for _, taken in inputs)
            grams = round(total * self.chance.uniform(0.988, 0.997))
            bulks.append(
                self.shift.make("BULK", product, grams, at, inputs, species=species, **facts)
            )
        return bulks

    def mix(
        self, species: str, bulks: list[Lot], meat_most: int, at: datetime, *, calm: bool = False
    ) -> Lot:
        """Mix the day's buffers with three or four spices."""
        incident = None if calm else self.quality.befalls("MIX")
        if incident == "yield_out":
            meat_most = 872_000
        inputs = take(bulks, meat_most)
        at = max([at, *(lot.usable_from + timedelta(minutes=4) for lot, _ in inputs)])
        for spice in self.chance.sample(sorted(self.raw.spices), self.chance.randint(3, 4)):
            inputs += self.raw.spice_inputs(spice, self.chance.randint(2_200, 3_900), at)
        ratio = 0.88 if incident == "yield_out" else self.chance.uniform(0.978, 0.996)
        grams = round(sum(taken for _, taken in inputs) * ratio)
        return self.shift.make(
            "MIX",
            f"MIX-{species}",
            grams,
            at,
            inputs,
            species=species,
            incident=incident,
            calm=calm,
        )

    def skewer(self, mix: Lot) -> None:
        """Make rods of 30 kg from about seven tenths of the mix, then of 15 kg."""
        at = mix.usable_from + timedelta(minutes=10)
        large_until = mix.grams * self.chance.uniform(0.36, 0.52)
        while mix.left > 15_700:
            rod_kg = 30 if mix.left > max(large_until, 31_000) else 15
            grams = rod_kg * 1000 + max(-240, min(240, round(self.chance.gauss(0, 85))))
            inputs = [(mix, round(grams * self.chance.uniform(1.003, 1.012)))]
            sku = SKUS[mix.product.removeprefix("MIX-")][rod_kg]
            self.cold.rods[sku].append(
                self.shift.make("SKW", sku, grams, at, inputs, species=mix.species)
            )
            at += timedelta(seconds=self.chance.randint(120, 190))
