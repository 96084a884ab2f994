"""The demo plant's cold store: rods are frozen by SKU, packed one by one, and sent out.

It begins with a skewered rod and ends with a shipment's line; meat before the rod belongs to the
floor.
"""

from datetime import datetime, timedelta

from dashboards.demo.book import Lot
from dashboards.demo.check_digits import with_check_digit
from dashboards.demo.masters import COMPANY_PREFIX, CUSTOMERS, SKUS
from dashboards.demo.quality import in_shift
from dashboards.demo.shift import Shift
from dashboards.demo.site_time import local

MOST_RODS_A_PALLET = {"15": 30, "30": 16}


class ColdStore:
    """Where rods wait to be frozen, and packed rods for a customer."""

    def __init__(self, shift: Shift):
        """Start empty."""
        self.shift, self.chance = shift, shift.chance
        skus = [sku for by_kg in SKUS.values() for sku in by_kg.values()]
        self.rods: dict[str, list[Lot]] = {sku: [] for sku in skus}
        self.packed: dict[str, list[Lot]] = {sku: [] for sku in skus}
        self.pallets = 0

    def freeze(self, at: datetime) -> None:
        """Freeze the rods that wait, four to ten of one SKU a cycle, and pack them."""
        for sku, waiting in self.rods.items():
            waiting = [rod for rod in waiting if rod.ready_at]
            ready = [rod for rod in waiting if rod.is_usable(at - timedelta(minutes=45))]
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
        species, expires_on = rods[0].species, self.shift.day + timedelta(days=365)
        cycle = self.shift.make("FRZ", sku, sum(frozen_g), at, inputs, species=species)
        if cycle.ready_at is None:
            return
        for number, grams in enumerate(frozen_g, start=1):
            packed_at = in_shift(cycle.ready_at + timedelta(minutes=18, seconds=75 * number))
            trimmed = grams - self.chance.randint(0, 40)
            lot = self.shift.make(
                "FG",
                sku,
                trimmed,
                packed_at,
                [(cycle, grams)],
                species=species,
                expires_on=expires_on,
            )
            lot.stays = self.chance.random() < 0.06
            self.packed[sku].append(lot)

    def ship(self) -> None:
        """Send what was released a day ago to three customers, on pallets of one SKU."""
        loads = [
            (number, customer, local(self.shift.day, 470 + 40 * number))
            for number, customer in enumerate(self.chance.sample(CUSTOMERS, 3), start=1)
        ]
        released_by = local(self.shift.day, 470) - timedelta(hours=24)
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
        code = f"SHP-{self.shift.day:%Y%m%d}-{number:04d}"
        document = f"DN-{self.shift.day:%Y-%m%d}-{number:03d}"
        for lot in lots:
            grams = lot.left // 2 if self.chance.random() < 0.015 else lot.left
            lot.left -= grams
            self.shift.book.shipments.append((code, lot, customer, grams, at, document, sscc))
