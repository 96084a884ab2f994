"""The demo plant's raw store: meat and spices are received, kept by species and given out.

What is made from them belongs to the floor; no lot of another type is made here.
"""

from datetime import datetime, timedelta

from dashboards.demo.book import Lot
from dashboards.demo.incidents import over_consumption_from
from dashboards.demo.masters import MEAT_SUPPLIERS, MEATS, SKUS, SPICE_SUPPLIERS
from dashboards.demo.shift import Inputs, Shift, take
from dashboards.demo.site_time import local

RAW_GRAMS_PER_WAVE = 1_230_000
RAW_GRAMS_IN_RESERVE = 2_300_000
CRUMB_GRAMS = 40_000  # so little is not left behind in a RAW lot


class RawStore:
    """Where meat and spices wait, oldest lot first."""

    def __init__(self, shift: Shift):
        """Start empty."""
        self.shift, self.chance, self.quality = shift, shift.chance, shift.quality
        self.meat: dict[str, list[Lot]] = {species: [] for species in SKUS}
        self.spices: dict[str, list[Lot]] = {spice: [] for spice in SPICE_SUPPLIERS}
        self.supplier_lots: dict[str, tuple[str, str, int]] = {}  # code, product, deliveries left
        self.overdraws_from = over_consumption_from(len(shift.days))

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
        if ("RAW", self.shift.index) in self.quality.plan:
            self.supplier_lots = {}
        for number, (species, grams) in enumerate(arriving, start=1):
            minute = first + (last - first) * (number - self.chance.random() / 3) / len(arriving)
            supplier = self.chance.choice(MEAT_SUPPLIERS[species])
            code, product, left = self.supplier_lots.get(supplier, ("", "", 0))
            if not left:
                code = f"{supplier[2:5]}{self.shift.day:%y%m%d}{number:02d}"
                product, left = self.chance.choice(MEATS[species]), self.chance.randint(2, 3)
            self.supplier_lots[supplier] = (code, product, left - 1)
            self.meat[species].append(
                self.shift.make(
                    "RAW",
                    product,
                    grams,
                    local(self.shift.day, minute),
                    species=species,
                    supplier=supplier,
                    supplier_lot=code,
                    expires_on=self.shift.day + timedelta(days=8),
                )
            )

    def receive_spices(self) -> None:
        """Receive a spice when less than two days' use of it is left."""
        for number, (spice, supplier) in enumerate(SPICE_SUPPLIERS.items()):
            self.spices[spice] = [lot for lot in self.spices[spice] if lot.left > 0]
            if sum(lot.left for lot in self.spices[spice]) >= 22_000:
                continue
            grams = 500 * self.chance.randint(100, 200)
            if self.shift.index == 0:  # so that the spices don't run out on one day
                grams = 30_000 + 22_000 * number
            self.spices[spice].append(
                self.shift.make(
                    "RAW",
                    spice,
                    grams,
                    local(self.shift.day, 3 + number),
                    supplier=supplier,
                    supplier_lot=f"{supplier[2:5]}{self.shift.day:%y%m%d}S{number}",
                    expires_on=self.shift.day + timedelta(days=540),
                )
            )

    def usable(self, species: str, at: datetime, *, grams: bool = False) -> list:
        """List the meat that quality has passed by a moment, oldest first; or only its grams."""
        lots = [lot for lot in self.meat[species] if lot.left and lot.is_usable(at)]
        return [lot.left for lot in lots] if grams else lots

    def meat_inputs(self, species: str, wanted: int, at: datetime) -> Inputs:
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

    def spice_inputs(self, spice: str, wanted: int, at: datetime) -> Inputs:
        """Take a spice, oldest lot first; once, a lot gives out more than it weighed."""
        lots = [lot for lot in self.spices[spice] if lot.left > 0 and lot.is_usable(at)]
        oldest = lots[0]
        if self.shift.index >= self.overdraws_from > 0 and oldest.left < wanted:
            self.overdraws_from = len(self.shift.days)
            return [(oldest, oldest.left + self.chance.randint(250, 450))]
        return take(lots, wanted)
