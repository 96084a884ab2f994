"""The lots of the demo plant, and the book that holds what happened to them.

Weights are whole grams.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(eq=False)
class Lot:
    """One lot; `ready_at` is when it may be used, None: never."""

    kind: str
    product: str
    grams: int
    at: datetime
    species: str | None = None
    supplier: str | None = None
    supplier_lot: str | None = None
    temperature_c: Decimal | None = None
    expires_on: date | None = None
    code: str = ""
    left: int = 0
    ready_at: datetime | None = None
    stays: bool = False
    decisions: list[tuple] = field(default_factory=list)  # at, decision, notes, °C, by
    readings: list[tuple] = field(default_factory=list)  # at, characteristic, value, unit

    def __post_init__(self):
        """Start with nothing given out."""
        self.left = self.grams

    @property
    def usable_from(self) -> datetime:
        """The moment it may be used from; a lot that quality stopped has none."""
        if self.ready_at is None:
            raise LookupError(f"lot {self.code} may never be used")
        return self.ready_at

    def is_usable(self, at: datetime) -> bool:
        """Tell whether quality has passed it before a moment."""
        return self.ready_at is not None and self.ready_at < at


@dataclass
class Book:
    """The facts of the plant: lots, links (parent, child, grams, at) and shipment lines."""

    lots: list[Lot] = field(default_factory=list)
    links: list[tuple[Lot, Lot, int, datetime]] = field(default_factory=list)
    shipments: list[tuple] = field(default_factory=list)  # code, lot, customer, grams, at, DN, SSCC
