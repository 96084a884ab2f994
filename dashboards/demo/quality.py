"""What quality does in the demo plant: measures a lot, decides about it, says when it is ready.

What goes wrong on purpose is planned in `demo_incidents`; all else here is chance. No lot is
made, moved or weighed here.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from dashboards.demo.book import Lot
from dashboards.demo.frames import kg
from dashboards.demo.incidents import LATE_DAYS, REJECTED_AFTER_DAYS
from dashboards.demo.site_time import SITE_ZONE, local, local_date

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
    "RAW": (1.4, 3.8),
    "DEB": (2.2, 3.9),
    "BULK": (1.5, 3.8),
    "MIX": (2.1, 3.8),
    "SKW": (2.2, 3.9),
    "FRZ": (-23.0, -18.4),
    "FG": (-21.8, -18.3),
}
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
    """Tell the hour on the site's clock."""
    return moment.astimezone(SITE_ZONE).hour


def in_shift(moment: datetime) -> datetime:
    """Return the moment, or one as far into the next shift when nobody works then."""
    day = local_date(moment)
    start, end = local(day, 0), local(day, 12 * 60)
    if day.weekday() <= 4 and start <= moment <= end:
        return moment
    after = moment - end if day.weekday() <= 4 and moment > end else timedelta(0)
    day += timedelta(days=1 if moment > end or day.weekday() > 4 else 0)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return local(day, 4) + min(after, timedelta(hours=10))
