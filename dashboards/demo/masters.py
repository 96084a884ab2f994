"""What the demo plant is made of: products, partners, a lot, and the book that holds the facts.

Everything here is fiction; the identifiers only have valid check digits. Weights are whole
grams inside and become kilograms as text in `frames`.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars

SITE_CODE = "DUNA"
SITE_ZONE = ZoneInfo("Europe/Budapest")
SHIFT_START, SHIFT_END = time(6), time(18)
COMPANY_PREFIX = "5991234"
SKUS = {"CHICKEN": {30: "CHK30", 15: "CHK15"}, "TURKEY": {30: "TUR30", 15: "TUR15"}}
MEATS = {"CHICKEN": ["CHK-LEG", "CHK-BREAST"], "TURKEY": ["TUR-THIGH", "TUR-BREAST"]}
MEAT_SUPPLIERS = {"CHICKEN": ["S-ALFOLD", "S-BAKONY", "S-MECSEK"], "TURKEY": ["S-TISZA", "S-ZALA"]}
SPICE_SUPPLIERS = {
    "SPICE-PAPRIKA": "S-KALOCSA",
    "SPICE-CUMIN": "S-ORIENT",
    "SPICE-SALT": "S-SOMOGY",
    "SPICE-GARLIC": "S-KALOCSA",
}
CUSTOMERS = ["C-BUDA", "C-PEST", "C-GYOR", "C-SZEGED", "C-WIEN", "C-BRNO", "C-GRAZ"]
GATES = {"RAW": 1, "DEB": 3, "BULK": 4, "MIX": 5, "SKW": 6, "FRZ": 7, "FG": 8}

COLUMNS = {
    "products": "product_code name gtin",
    "partners": "partner_code name role gln address phone email",
    "production_runs": "run_code status daily_target_kg started_at ended_at",
    "lots": "lot_code lot_type product_code weight_kg happened_at supplier_code supplier_lot_code"
    " run_code temperature_c expires_on metadata",
    "genealogy": "parent_lot_code child_lot_code quantity_kg happened_at",
    "readings": "lot_code characteristic value unit happened_at gate_number",
    "qc_decisions": "lot_code decision happened_at gate_number notes temperature_c decided_by",
    "shipments": "shipment_code lot_code customer_code quantity_kg happened_at document sscc",
}

_PRODUCTS = {
    "CHK15": "Chicken kebab rod 15 kg",
    "CHK30": "Chicken kebab rod 30 kg",
    "TUR15": "Turkey kebab rod 15 kg",
    "TUR30": "Turkey kebab rod 30 kg",
    "CHK-LEG": "Chicken leg, bone in",
    "CHK-BREAST": "Chicken breast, bone in",
    "TUR-THIGH": "Turkey thigh, bone in",
    "TUR-BREAST": "Turkey breast, bone in",
    "DEB-CHICKEN": "Chicken, deboned",
    "DEB-TURKEY": "Turkey, deboned",
    "BULK-CHICKEN": "Chicken, bulk buffer",
    "BULK-TURKEY": "Turkey, bulk buffer",
    "MIX-CHICKEN": "Chicken kebab mix",
    "MIX-TURKEY": "Turkey kebab mix",
    "SPICE-PAPRIKA": "Paprika, sweet, ground",
    "SPICE-CUMIN": "Cumin, ground",
    "SPICE-SALT": "Salt and curing blend",
    "SPICE-GARLIC": "Garlic, granulated",
    "RAW-BEEF": "Beef, boneless",
    "SPICE-DONER": "Doner spice blend",
    "MIX-BEEF": "Beef doner mix",
    "DONER-BEEF": "Beef doner, finished",
}
_SELLABLE = ["CHK15", "CHK30", "TUR15", "TUR30", "DONER-BEEF"]

_PARTNERS = [
    (SITE_CODE, "SITE", "Duna Kebab Kft.", "1 Minta rakpart, 2400 Dunaminta, HU", "duna.example"),
    ("S-ALFOLD", "SUPPLIER", "Alföldi Minta Baromfi Kft.", "12 Fő út, Mintahalom, HU", "alfold"),
    ("S-BAKONY", "SUPPLIER", "Bakonyalja Csirke Bt.", "3 Erdő sor, Bakonyminta, HU", "bakony"),
    ("S-MECSEK", "SUPPLIER", "Mecsekvölgyi Szárnyas Zrt.", "8 Völgy út, Mecsekminta, HU", "mecsek"),
    ("S-TISZA", "SUPPLIER", "Tiszakanyar Pulyka Kft.", "21 Gát utca, Tiszaminta, HU", "tisza"),
    ("S-ZALA", "SUPPLIER", "Zalamenti Pulykahús Kft.", "5 Domb utca, Zalaminta, HU", "zala"),
    ("S-KALOCSA", "SUPPLIER", "Pirosarany Fűszer Kft.", "2 Paprika tér, Pirosminta, HU", "piros"),
    ("S-ORIENT", "SUPPLIER", "Keleti Illat Fűszerház", "14 Bazár utca, Keletminta, HU", "keleti"),
    ("S-SOMOGY", "SUPPLIER", "Sóhíd Adalék Bt.", "7 Híd utca, Sóminta, HU", "sohid"),
    ("C-BUDA", "CUSTOMER", "Budai Nyárs Nagyker", "40 Hegy út, 1000 Budaminta, HU", "budanyars"),
    ("C-PEST", "CUSTOMER", "Pesti Gyors Büfélánc", "9 Tér utca, 1000 Pestminta, HU", "pestigyors"),
    ("C-GYOR", "CUSTOMER", "Kisalföld Fagyasztott Kft.", "33 Rába sor, Rábaminta, HU", "kisalfold"),
    ("C-SZEGED", "CUSTOMER", "Napfény Gasztro Kft.", "6 Nap utca, Napminta, HU", "napfeny"),
    ("C-WIEN", "CUSTOMER", "Musterspieß Handels GmbH", "18 Musterweg, 1000 Wien, AT", "spiess"),
    ("C-BRNO", "CUSTOMER", "Vzorový Kebab s.r.o.", "4 Vzorová, 600 00 Brno, CZ", "vzorovy"),
    ("C-GRAZ", "CUSTOMER", "Steirische Drehspieß OG", "27 Probegasse, 8000 Graz, AT", "drehspiess"),
]


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


@dataclass
class Book:
    """The facts of the plant: lots, links (parent, child, grams, at) and shipment lines."""

    lots: list[Lot] = field(default_factory=list)
    links: list[tuple[Lot, Lot, int, datetime]] = field(default_factory=list)
    shipments: list[tuple] = field(default_factory=list)  # code, lot, customer, grams, at, DN, SSCC


def check_digit(digits: str) -> str:
    """Give the GS1 check digit: from the right, weights 3, 1, 3, 1, …."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def with_check_digit(digits: str) -> str:
    """Give the digits with their check digit behind them."""
    return digits + check_digit(digits)


def local(day: date, minutes: float) -> datetime:
    """Give the UTC moment so many minutes after the shift started on a day."""
    start = datetime.combine(day, SHIFT_START, SITE_ZONE).astimezone(UTC)
    return (start + timedelta(minutes=minutes)).replace(microsecond=0)


def local_date(moment: datetime) -> date:
    """Give the site's calendar day of a moment."""
    return moment.astimezone(SITE_ZONE).date()


def run_code(day: date) -> str:
    """Give the code of the day's production run."""
    return f"PRD-{day:%Y%m%d}-0001"


def kg(grams: int) -> str:
    """Write grams as kilograms, 3 places at most."""
    return f"{Decimal(grams).scaleb(-3).normalize():f}"


def iso(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def frames(book: Book, days: list[date], until: datetime) -> dict[str, polars.DataFrame]:
    """Write the book as the import folder's frames, every value text or null."""
    runs = [row for day in days if (row := _run(day, until))]
    known_runs = {row[0] for row in runs}
    rows = {
        "products": [_product(*item, number) for number, item in enumerate(_PRODUCTS.items())],
        "partners": [_partner(row, number) for number, row in enumerate(_PARTNERS)],
        "production_runs": runs,
        "lots": [_lot(lot, known_runs) for lot in book.lots],
        "genealogy": [(p.code, c.code, kg(grams), iso(at)) for p, c, grams, at in book.links],
        "readings": [
            (lot.code, name, str(value), unit, iso(at), str(GATES[lot.kind]))
            for lot in book.lots
            for at, name, value, unit in lot.readings
        ],
        "qc_decisions": [
            (lot.code, word, iso(at), str(GATES[lot.kind]), notes, _text(temperature_c), by)
            for lot in book.lots
            for at, word, notes, temperature_c, by in lot.decisions
        ],
        "shipments": [
            (code, lot.code, customer, kg(grams), iso(at), document, sscc)
            for code, lot, customer, grams, at, document, sscc in book.shipments
        ],
    }
    return {
        name: polars.DataFrame(
            rows[name], schema=dict.fromkeys(columns.split(), polars.String), orient="row"
        )
        for name, columns in COLUMNS.items()
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _product(code: str, name: str, number: int) -> tuple:
    gtin = with_check_digit(f"{COMPANY_PREFIX}{number + 101:05d}") if code in _SELLABLE else None
    return (code, name, gtin)


def _partner(row: tuple, number: int) -> tuple:
    code, role, name, address, domain = row
    gln = with_check_digit(f"{COMPANY_PREFIX}{number + 501:05d}")
    email = f"quality@{domain.removesuffix('.example')}.example"
    return (code, name, role, gln, address, f"+36 1 555 {number + 100:04d}", email)


def _run(day: date, until: datetime) -> tuple | None:
    started_at, ended_at = local(day, 0), local(day, 12 * 60)
    if started_at > until:
        return None
    if until < ended_at:
        return (run_code(day), "ACTIVE", "1000", iso(started_at), None)
    return (run_code(day), "COMPLETED", "1000", iso(started_at), iso(ended_at))


def _lot(lot: Lot, known_runs: set[str]) -> tuple:
    run = run_code(local_date(lot.at))
    metadata = json.dumps({"species": lot.species}) if lot.species else None
    return (
        lot.code,
        lot.kind,
        lot.product,
        kg(lot.grams),
        iso(lot.at),
        lot.supplier,
        lot.supplier_lot,
        run if run in known_runs else None,
        _text(lot.temperature_c),
        _text(lot.expires_on),
        metadata,
    )
